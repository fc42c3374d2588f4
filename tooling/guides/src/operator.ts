import { chmod } from 'node:fs/promises'
import { type OwnPostgres, openSql } from '@latchkey/testkit'
import { type Answer, call } from '../../../apps/server/tests/call.ts'
import { type Run, runServer, waitForAddress } from '../../../apps/server/tests/run-server.ts'
import { bundleServer } from '../../../apps/server/tests/server-bundle.ts'
import { type Done, readSnippets, run, type Snippets } from './deployment.ts'

/** The name of the database in tests, because a PostgreSQL of a test has one with the name of the page. */
const DATABASE = { 'database latchkey': 'database guide' }

/** What an operator has: a PostgreSQL with the two roles of the deployment page, and servers on it. */
export interface Operator {
  /** The URL of the database for a role. */
  urlOf(role: 'owner' | 'server'): string
  /** The URL of the database for a superuser. */
  adminUrl: string
  /** The settings of a server. */
  settings: Record<string, string>
  /** Makes the roles unless they are there, the database and its schemas, as on the deployment page. */
  makeDatabase(): Promise<void>
  start(env?: Record<string, string>): Promise<{ url: string; server: Run }>
  /** Stops the servers. */
  stop(): Promise<void>
}

export function createOperator(postgres: Pick<OwnPostgres, 'url' | 'port'>, deployment: Snippets): Operator {
  const servers: Run[] = []
  const adminUrl = Object.assign(new URL(postgres.url), { pathname: '/guide' }).href
  const urlOf = (role: string) =>
    `postgres://latchkey_${role}:change-this-${role}@127.0.0.1:${postgres.port}/guide?sslmode=disable`
  const settings = { SECRET_KEY: 'x'.repeat(40), DATABASE_URL: urlOf('server'), MIGRATE_ON_START: 'false' }
  return {
    urlOf,
    adminUrl,
    settings,
    makeDatabase: () => makeDatabase({ url: postgres.url, adminUrl }, deployment),
    start: async (env = {}) => {
      const server = runServer({ ...settings, ...env })
      servers.push(server)
      return { url: await waitForAddress(server), server }
    },
    stop: async () => {
      for (const server of servers) server.process.kill('SIGTERM')
      for (const server of servers.splice(0)) await server.exit
    },
  }
}

async function makeDatabase(urls: { url: string; adminUrl: string }, deployment: Snippets): Promise<void> {
  const whole = openSql(urls.url)
  const roles = await whole`select rolname from pg_roles`
  for (const statement of deployment.read('database.sql', DATABASE).split(';\n')) {
    const isThere = roles.some(({ rolname }) => statement.includes(`create role ${rolname} `))
    if (statement.trim() && !isThere) await whole.unsafe(statement)
  }
  await whole.end()
  const own = openSql(urls.adminUrl)
  await own.unsafe(deployment.read('schema.sql', DATABASE))
  await own.end()
}

/**
 * Runs commands of a page in its folder, where `latchkey` is the command line of the server.
 *
 * @param replace - the addresses and paths of the test, in place of those of the page
 */
export async function runCommands(
  page: Snippets,
  file: string,
  { env, replace = {} }: { env: Record<string, string>; replace?: Record<string, string> },
): Promise<Done> {
  const program = await page.write(
    'latchkey',
    `#!/bin/sh\nexec "${process.execPath}" "${(await bundleServer()).cli}" "$@"\n`,
  )
  await chmod(program, 0o755)
  const commands = `cd "${page.folder}"\n${page.read(file, replace)}`
  return run(['bash', '--norc', '-euo', 'pipefail', '-c', commands], {
    PATH: `${page.folder}:${process.env.PATH}`,
    ...env,
  })
}

/** Sends fields. A server without processor time answers 503 and has done nothing: then they are sent again. */
export async function send(url: string, json: object, token?: string): Promise<Answer> {
  for (;;) {
    const answer = await call(url, { json, ...(token && { token }) })
    if (answer.status !== 503) return answer
  }
}

/** Reads pages of the operator's guides. */
export function readPages(...names: string[]): Promise<Snippets[]> {
  return Promise.all(names.map(readSnippets))
}
