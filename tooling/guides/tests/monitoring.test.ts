import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSnippets, run, type Snippets } from '../src/deployment.ts'
import { expectRun } from '../src/runs.ts'

const RULES = new URL('../../../docs/operations/alerts.yml', import.meta.url)

let monitoring: Snippets
beforeAll(async () => {
  monitoring = await readSnippets('monitoring')
})
afterAll(() => monitoring.close())

it('Prometheus accepts the configuration of the page beside our rules', async () => {
  await monitoring.write('alerts.yml', await readFile(RULES, 'utf8'))
  const config = await monitoring.write('prometheus.yml', monitoring.read('prometheus.yml'))
  const checked = await run(['promtool', 'check', 'config', config])
  expect(checked.code, checked.output).toBe(0)
})

it('every block for this test was run', () => expectRun('monitoring.test.ts'))
