import { listCodes, readTables } from '@latchkey/testkit'
import { expect, it } from 'vitest'
import { writeMetricsTable } from '../../src/process/telemetry/documentation.ts'
import { createMetrics } from '../../src/process/telemetry/metrics.ts'
import { ALERTS, MONITORING_GUIDE, namesIn, PANELS, QUERIES, RULES } from './operations-files.ts'

const codesOf = (heading: string) =>
  readTables(MONITORING_GUIDE)
    .filter((table) => table.heading === heading)
    .flatMap(({ rows }) => rows.map(([name = '']) => listCodes(name)[0] ?? ''))

/** The names of all metrics, from the lines that describe them. */
async function listExported(): Promise<string[]> {
  const { text } = await createMetrics(null).render()
  return [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name = '']) => name)
}

it('the table of the metrics is that which npm run generate writes', async () => {
  expect(await writeMetricsTable(MONITORING_GUIDE)).toBe(MONITORING_GUIDE)
})

it('every exported metric is documented, and no other', async () => {
  const own = (await listExported()).filter((name) => !/^(?:process|nodejs)_/.test(name))
  expect(codesOf('Every metric').toSorted()).toEqual(own.toSorted())
})

it('every metric of the rules, the dashboard and the guide is exported', async () => {
  const exported = await listExported()
  const named = [RULES, MONITORING_GUIDE, ...QUERIES.map(([, query]) => query)].flatMap(namesIn)
  const families = named.map((name) => name.replace(/_(?:bucket|count|sum)$/, ''))
  expect(families.filter((name) => name !== 'process_' && !exported.includes(name))).toEqual([])
})

it('the guide has a row for every alert, in their order', () => {
  expect(codesOf('Every alert')).toEqual(ALERTS)
})

it('every alert has a severity, and says what is wrong and what to do', () => {
  for (const rule of RULES.split('- alert: ').slice(1)) {
    expect(rule).toMatch(/severity: (?:page|ticket) /)
    expect(rule).toMatch(/summary: .+\.\n {10}description: .+\.\n/)
  }
})

it('every panel of the dashboard has a query, and a number and a title of its own', () => {
  expect(new Set(PANELS.map(({ id }) => id)).size).toBe(PANELS.length)
  expect(new Set(PANELS.map(({ title }) => title)).size).toBe(PANELS.length)
  expect(PANELS.filter(({ targets = [] }) => targets.length === 0)).toEqual([])
})
