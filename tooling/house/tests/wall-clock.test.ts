import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { listNodes, parseSource, readSources, type Source } from '../src/read-sources.ts'

const ROOT = join(import.meta.dirname, '../../..')
const SERVER = ['apps/server/src', 'packages/core/src', 'packages/embedded-postgres/src']

/**
 * The files that ask what time it is. Setting the clock of a machine moves that time, so no age, pause or deadline is
 * measured by it: `performance.now()` or `ctx.clock.steadySeconds()` measures those.
 */
const TIMES_OF_DAY: Record<string, string> = {
  'apps/server/src/process/cli/doctor/exam.ts': 'compared with the clocks of other machines',
  'apps/server/src/process/cli/drafts.ts':
    'compared with the time of a file, which another machine may have written',
  'packages/core/src/database/clock-watch.ts': 'compared with the clock of the database',
  'packages/core/src/database/clock.ts': '`iat` and `exp` of a token',
  'packages/core/src/services/mail/compose-mail.ts': 'the `Date` of a mail',
}

function readsTimeOfDay(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.getText() === 'Date.now'
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false
  return node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0
}

function isMeasuring({ tree }: Source): boolean {
  return listNodes(tree).some(readsTimeOfDay)
}

it('the server measures no age by the time of day: only the named files ask for that', () => {
  const found = readSources(ROOT, SERVER).filter((source) => !source.isTest && isMeasuring(source))
  expect(found.map(({ path }) => path)).toEqual(Object.keys(TIMES_OF_DAY))
})

it.each([
  ['const since = Date.now()', true],
  ['const now = new Date()', true],
  ['const text = Date()', true],
  ['const ask = { now: Date.now }', true],
  ['const then = new Date(row.at)', false],
  ['const since = performance.now()', false],
  ['// Date.now() in words', false],
])('the time of day is found in code alone: %s', (text, expected) => {
  expect(isMeasuring(parseSource('a.ts', text))).toBe(expected)
})
