import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')

it('every file that begins first exists', () => {
  const text = readFileSync(join(ROOT, 'tooling/longest-first.ts'), 'utf8')
  const files = [...text.matchAll(/'(\S+\.test\.ts)'/g)].map(([, file = '']) => file)
  expect(files).not.toEqual([])
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
})
