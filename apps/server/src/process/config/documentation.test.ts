import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { writeTables } from './documentation.ts'
import { CHAPTERS, loadConfig, SECRET_NAMES, VARIABLE_NAMES } from './index.ts'
import { fileVariableOf } from './secret-files.ts'
import { readWords } from './setting.ts'

const PAGE = readFileSync(new URL('../../../../../docs/configuration.md', import.meta.url), 'utf8')

it('every variable has one row in docs/configuration.md, and every row has a variable', () => {
  const rows = PAGE.matchAll(/^\| (`[A-Z][^|]*)\|/gm)
  const documented = [...rows].flatMap(([, names = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  )
  const known = [...VARIABLE_NAMES, ...SECRET_NAMES.map(fileVariableOf)]
  expect(documented.toSorted()).toEqual(known.toSorted())
})

it('the tables of docs/configuration.md are those that npm run generate writes', () => {
  expect(writeTables(PAGE)).toBe(PAGE)
})

const defaults = Object.values(CHAPTERS)
  .flatMap((variables) => Object.entries(variables))
  .flatMap(([name, setting]) => {
    const [, value] = /^`([^`$]*)`$/.exec(readWords(setting).default) ?? []
    return value === undefined ? [] : [[name, value]]
  })

it.each(defaults)('%s is %s when it is not set', (name, value) => {
  expect(loadConfig({ [name]: value }).config).toEqual(loadConfig({}).config)
})
