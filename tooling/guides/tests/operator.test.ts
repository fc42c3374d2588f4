import { chmod } from 'node:fs/promises'
import { newEmail, type OwnPostgres, openSql, PASSWORD, startOwnPostgres } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Answer, call } from '../../../apps/server/tests/call.ts'
import { type Run, runServer, waitForAddress } from '../../../apps/server/tests/run-server.ts'
import { bundleServer } from '../../../apps/server/tests/server-bundle.ts'
import { type Done, readSnippets, run, type Snippets } from '../src/deployment.ts'
import { expectRun } from '../src/runs.ts'

/** The name of the database in this test, because a PostgreSQL of a test has one with the name of the page. */
const DATABASE = { 'database latchkey': 'database guide' }

let postgres: OwnPostgres
let deployment: Snippets
let upgrade: Snippets
let backup: Snippets
let monitoring: Snippets
let operations: Snippets
const servers: Run[] = []
beforeAll(async () => {
  // The programs of Debian copy a PostgreSQL that is not newer than they are.
  postgres = await startOwnPostgres(14)
  ;[deployment, upgrade, backup, monitoring, operations] = (await Promise.all(
    ['deployment', 'upgrade', 'backup', 'monitoring', 'operations'].map(readSnippets),
  )) as [Snippets, Snippets, Snippets, Snippets, Snippets]
})
afterAll(async () => {
  for (const server of servers) server.process.kill('SIGKILL')
  for (const server of servers) await server.exit
  await postgres?.stop()
  for (const page of [deployment, upgrade, backup, monitoring, operations]) await page?.close()
})

function urlOf(role: string): string {
  return `postgres://latchkey_${role}:change-this-${role}@127.0.0.1:${postgres.port}/guide?sslmode=disable`
}

/** The URL of a superuser for the database. */
const adminUrl = () => Object.assign(new URL(postgres.url), { pathname: '/guide' }).href

const settings = () => ({
  SECRET_KEY: 'x'.repeat(40),
  DATABASE_URL: urlOf('server'),
  MIGRATE_ON_START: 'false',
})

/** Runs commands of a page in its folder, where `latchkey` is the command line of the server. */
async function runCommands(page: Snippets, file: string, env: Record<string, string>): Promise<Done> {
  const program = await page.write(
    'latchkey',
    `#!/bin/sh\nexec "${process.execPath}" "${(await bundleServer()).cli}" "$@"\n`,
  )
  await chmod(program, 0o755)
  const commands = `cd "${page.folder}"\n${page.read(file)}`
  return run(['bash', '--norc', '-uo', 'pipefail', '-c', commands], {
    PATH: `${page.folder}:${process.env.PATH}`,
    ...env,
  })
}

async function start(): Promise<{ url: string; server: Run }> {
  const server = runServer(settings())
  servers.push(server)
  return { url: await waitForAddress(server), server }
}

/** Sends fields. A server without processor time answers 503 and has done nothing: then they are sent again. */
async function send(url: string, json: object): Promise<Answer> {
  for (;;) {
    const answer = await call(url, { json })
    if (answer.status !== 503) return answer
  }
}

/** Makes the roles unless they are there, the database and its schemas, as on the deployment page. */
async function makeDatabase(): Promise<void> {
  const roles = await postgres.sql`select rolname from pg_roles`
  for (const statement of deployment.read('database.sql', DATABASE).split(';\n')) {
    const isThere = roles.some(({ rolname }) => statement.includes(`create role ${rolname} `))
    if (statement.trim() && !isThere) await postgres.sql.unsafe(statement)
  }
  const sql = openSql(adminUrl())
  await sql.unsafe(deployment.read('schema.sql', DATABASE))
  await sql.end()
}

it('an empty database is migrated by the commands of the page, and then there is nothing to migrate', async () => {
  await makeDatabase()
  const first = await runCommands(upgrade, 'migrate.sh', { DATABASE_URL: urlOf('owner') })
  expect(first.code, first.output).toBe(0)
  const again = await runCommands(upgrade, 'migrate.sh', { DATABASE_URL: urlOf('owner') })
  expect(again.code, again.output).toBe(0)
})

it('a copy of the database starts in an empty PostgreSQL, where users sign in again', async () => {
  const { url, server } = await start()
  const email = newEmail()
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const fields = { email, password1: PASSWORD, password2: PASSWORD, ...names }
  const signedUp = await send(`${url}/registration/`, fields)
  expect(signedUp.status).toBe(201)
  const copied = await runCommands(backup, 'backup.sh', { OWNER_URL: urlOf('owner') })
  expect(copied, copied.output).toMatchObject({ code: 0 })

  server.process.kill('SIGTERM')
  await server.exit
  await postgres.sql.unsafe('drop database guide')
  await makeDatabase()
  const restored = await runCommands(backup, 'restore.sh', { ADMIN_URL: adminUrl() })
  expect(restored, restored.output).toMatchObject({ code: 0 })
  const ended = await runCommands(backup, 'end-sessions.sh', { OWNER_URL: urlOf('owner') })
  expect(ended.output).toContain('DELETE 1')

  const { url: again } = await start()
  const { refresh } = signedUp.body as { refresh: string }
  expect((await send(`${again}/refresh/`, { refresh })).status).toBe(401)
  expect((await send(`${again}/login/`, { email, password: PASSWORD })).status).toBe(200)
})

it('the commands and the queries of the pages about watching answer beside a server', async () => {
  const watched = await runCommands(monitoring, 'watch.sh', settings())
  expect(watched.code, watched.output).toBe(0)
  expect(watched.output).toContain('"verdict"')
  const sql = openSql(urlOf('owner'))
  const [numbers] = await sql.unsafe(monitoring.read('numbers.sql'))
  const sweeps = await sql.unsafe(operations.read('sweeps.sql'))
  await sql.end()
  expect(sweeps.columns.map(({ name }) => name)).toContain('complete_since')
  expect(numbers).toMatchObject({ users: '1', sessions: '1', sign_ups_waiting: '0', refused_sign_ins: '0' })
})

it('every block for this test was run', () => expectRun('operator.test.ts'))
