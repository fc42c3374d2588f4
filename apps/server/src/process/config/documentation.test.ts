import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { VARIABLE_NAMES } from './index.ts'

const PAGE = new URL('../../../../../docs/configuration.md', import.meta.url)

it('every variable has one row in docs/configuration.md, and every row a variable', () => {
  const rows = readFileSync(PAGE, 'utf8').matchAll(/^\| (`[A-Z][^|]*)\|/gm)
  const documented = [...rows].flatMap(([, names = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  )
  expect(documented.toSorted()).toEqual(VARIABLE_NAMES.toSorted())
})
