import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listCodes, readPage, readTables } from '@latchkey/testkit'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
const LEVELS: Record<string, string> = { info: '30', warn: '40', error: '50' }

const sources = globSync('{packages/core,apps/server}/src/**/*.ts', { cwd: ROOT })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))

/** The event and the level of each line that has an event. */
const lines = sources.flatMap((source) =>
  [...source.matchAll(/\blog\s*\.(info|warn|error)\(\s*\{\s*event: '(\w+)'/g)].map(
    ([, level = '', event = '']) => [event, LEVELS[level]] as const,
  ),
)
/** The lines of the page that have an event, and not a sentence. */
const rows = readTables(readPage('docs/guides/monitoring.md'))
  .filter(({ heading }) => heading === 'The log')
  .flatMap((table) => table.rows.map(([name = '', level = '']) => [listCodes(name)[0] ?? '', level] as const))

it('the page about watching names each event of the log above information', () => {
  const above = lines.filter(([, level]) => level !== LEVELS.info)
  expect(above.length).toBeGreaterThan(4)
  const named = rows.map(([event]) => event)
  expect(above.map(([event]) => event).filter((event) => !named.includes(event))).toEqual([])
})

it.each(rows)('%s is a line of the log, at the level %s', (name, level) => {
  const isEvent = /^\w+$/.test(name)
  if (isEvent) expect(lines).toContainEqual([name, level])
  else expect(sources.some((source) => source.includes(`'${name}'`))).toBe(true)
})
