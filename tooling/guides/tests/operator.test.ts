import { newEmail, type OwnPostgres, openSql, PASSWORD, startOwnPostgres } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Snippets } from '../src/deployment.ts'
import { createOperator, type Operator, readPages, runCommands, send } from '../src/operator.ts'
import { expectRun } from '../src/runs.ts'

let postgres: OwnPostgres
let operator: Operator
let pages: Snippets[]
let upgrade: Snippets
let monitoring: Snippets
let operations: Snippets
beforeAll(async () => {
  postgres = await startOwnPostgres()
  pages = await readPages('deployment', 'upgrade', 'monitoring', 'operations')
  const [deployment, ...others] = pages as [Snippets, Snippets, Snippets, Snippets]
  ;[upgrade, monitoring, operations] = others
  operator = createOperator(postgres, deployment)
})
afterAll(async () => {
  await operator?.stop()
  await postgres?.stop()
  for (const page of pages) await page.close()
})

it('an empty database is migrated by the commands of the page, and then there is nothing to migrate', async () => {
  await operator.makeDatabase()
  const env = { DATABASE_URL: operator.urlOf('owner') }
  const first = await runCommands(upgrade, 'migrate.sh', { env })
  expect(first.code, first.output).toBe(0)
  const again = await runCommands(upgrade, 'migrate.sh', { env })
  expect(again.code, again.output).toBe(0)
  expect(again.output).toBe('The database is up to date.\n')
})

it('the commands and the queries of the pages about watching answer beside a server', async () => {
  const { url } = await operator.start()
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const fields = { email: newEmail(), password1: PASSWORD, password2: PASSWORD, ...names }
  expect((await send(`${url}/registration/`, fields)).status).toBe(201)
  const watched = await runCommands(monitoring, 'watch.sh', { env: operator.settings })
  expect(watched.code, watched.output).toBe(0)
  expect(watched.output).toContain('"verdict"')
  const sql = openSql(operator.urlOf('owner'))
  const [numbers] = await sql.unsafe(monitoring.read('numbers.sql'))
  const sweeps = await sql.unsafe(operations.read('sweeps.sql'))
  await sql.end()
  expect(sweeps.columns.map(({ name }) => name)).toContain('complete_since')
  expect(numbers).toMatchObject({ users: '1', sessions: '1', sign_ups_waiting: '0', refused_sign_ins: '0' })
})

it('every block for this test was run', () => expectRun('operator.test.ts'))
