import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listCodes, readPage, readTables } from '@latchkey/testkit'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
const FOLDERS = '{packages/core/src/{imports,tables/imports},apps/server/src/process/cli/commands/import}'
/** The places where the code writes a word: of a source, of a hash, of a verdict. */
const WRITTEN = [
  /\bword: (?:[^'\n]*\? )?'(\w+)'(?: : '(\w+)')?/g,
  /\b(?:found|unusable)\('(\w+)'/g,
  /\brefused: '(\w+)'/g,
  /\? '(\w+)' : /g,
  /\bverdict = '(\w+)'/g,
  /(?:\?|:) \['(\w+)'\]/g,
]

const sources = globSync(`${FOLDERS}/**/*.ts`, { cwd: ROOT })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .concat(readFileSync(join(ROOT, 'packages/core/src/words/foreign-hashes/foreign-hash.ts'), 'utf8'))
const listed = readTables(readPage('docs/guides/moving-in.md'))
  .filter(({ head }) => head[0] === 'word')
  .flatMap(({ rows }) => rows.flatMap(([words]) => listCodes(words)))

it('the page of an import explains each word that a report can have', () => {
  const words = sources.flatMap((source) =>
    WRITTEN.flatMap((pattern) => [...source.matchAll(pattern)].flatMap(([, ...found]) => found)),
  )
  const written = [...new Set(words)].filter((word) => word?.includes('_'))
  expect(written.length).toBeGreaterThan(20)
  expect(written.filter((word) => !listed.includes(word ?? ''))).toEqual([])
})

it.each(listed)('%s is a word of the code', (word) => {
  expect(sources.some((source) => source.includes(`'${word}'`))).toBe(true)
})
