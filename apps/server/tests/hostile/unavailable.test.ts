import {
  createTestDatabase,
  openSql,
  PASSWORD,
  type Person,
  signUp,
  startPgBouncer,
  type TestDatabase,
  type TestPgBouncer,
  waitUntil,
} from '@latchkey/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

/** The deadline of a server, which a test core does not have. */
const POOL = { deadlineMilliseconds: 5000 }

let server: TestServer
let person: Person

/**
 * Calls operations that read, write and refresh, through both doors, until all are 503.
 *
 * @param state - the code in the log
 * @param canRead - whether the database still answers what only reads
 */
async function expectUnavailable(state: string, canRead = false): Promise<void> {
  const { email, tokens } = person
  const json = { email, password: PASSWORD }
  const ask = () =>
    Promise.all([
      call(`${server.url}/login/`, { json }),
      ...(canRead ? [] : [call(`${server.url}/user/`, { token: tokens.access })]),
      call(`${server.url}/refresh/`, { json: { refresh: tokens.refresh } }),
      callTrpc(server.url, { path: 'auth.login', type: 'mutation' }, { input: json }),
    ])
  // A call that was on its way when the connections ended learns only that.
  await ask()
  for (const answer of await ask()) {
    expect(answer.status, answer.text).toBe(503)
    expect(answer.text).toContain('"unavailable"')
    expect(answer.text).not.toMatch(/database|role|table|permission|pgbouncer/i)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(server.logLines.join('')).toContain(`"code":"${state}"`)
}

async function expectRecovery(): Promise<void> {
  const login = () => call(`${server.url}/login/`, { json: { email: person.email, password: PASSWORD } })
  await waitUntil(async () => (await login()).status === 200, 'a sign-in to succeed again')
}

describe('a database that an operator or a fail-over has changed', () => {
  const suffix = crypto.randomUUID().replaceAll('-', '')
  const role = `app_${suffix}`
  let database: TestDatabase
  let name: string
  let admin: TestDatabase['sql']

  beforeAll(async () => {
    database = await createTestDatabase()
    name = new URL(database.url).pathname.slice(1)
    admin = openSql(Object.assign(new URL(database.url), { pathname: '/postgres' }).href)
    await admin.unsafe(`create role ${role} login password 'first';
      revoke connect on database ${name} from public; grant connect, create on database ${name} to ${role}`)
    await database.sql.unsafe(`do $$ declare one name; begin
      for one in select nspname from pg_namespace where nspname !~ '^(pg_|information_schema)' loop
        execute format('grant all on schema %1$I to ${role}; grant all on all tables in schema %1$I to ${role};
          grant all on all sequences in schema %1$I to ${role}', one);
      end loop; end $$`)
    const url = Object.assign(new URL(database.url), { username: role, password: 'first' }).href
    server = await startTestServer({ core: { database: { ...database, url }, pool: POOL } })
    person = await signUp(server.ctx)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
    await admin.unsafe(`drop role ${role}`)
    await admin.end()
  })

  /** Ends the connections of the server, so that it has to connect again. */
  const cut = () =>
    admin`select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = ${name}`

  it.each([
    [
      'accepts no connections',
      '55000',
      'alter database $db allow_connections false',
      'alter database $db allow_connections true',
    ],
    ['refuses the role', '28000', `alter role ${role} nologin`, `alter role ${role} login`],
    [
      'has another password for the role',
      '28P01',
      `alter role ${role} password 'second'`,
      `alter role ${role} password 'first'`,
    ],
    [
      'lets the role no longer connect',
      '42501',
      `revoke connect on database $db from ${role}`,
      `grant connect on database $db to ${role}`,
    ],
    [
      'takes no writes',
      '25006',
      'alter database $db set default_transaction_read_only = on',
      'alter database $db reset default_transaction_read_only',
    ],
    [
      'has another name',
      '3D000',
      `alter database $db rename to gone_${suffix}`,
      `alter database gone_${suffix} rename to $db`,
    ],
  ])('is 503 while it %s: %s', async (_, state, change, undo) => {
    await cut()
    await admin.unsafe(change.replaceAll('$db', name))
    await expectUnavailable(state, state === '25006').finally(async () => {
      await cut()
      await admin.unsafe(undo.replaceAll('$db', name))
    })
    await expectRecovery()
  })

  it('is 503 while grants are revoked: 42501', async () => {
    await database.sql.unsafe(`revoke select, update on sessions, users from ${role}`)
    const grant = () => database.sql.unsafe(`grant select, update on sessions, users to ${role}`)
    await expectUnavailable('42501').finally(grant)
    await expectRecovery()
  })

  it('is 503 while a lock lasts longer than a statement may take: 57014', async () => {
    const [held, locked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const holder = database.sql.begin(async (tx) => {
      await tx`lock table users, sessions in access exclusive mode`
      locked.resolve()
      await held.promise
    })
    await locked.promise
    await expectUnavailable('57014').finally(held.resolve)
    await holder
    await expectRecovery()
  })
})

/** A start needs two connections at once. */
const POOL_SIZE = 2

describe('PgBouncer', () => {
  let database: TestDatabase
  let pgbouncer: TestPgBouncer
  beforeAll(async () => {
    database = await createTestDatabase()
    pgbouncer = await startPgBouncer(database.url, { poolSize: POOL_SIZE })
    const behind = { ...database, url: pgbouncer.url }
    server = await startTestServer({ core: { database: behind, prepare: false, pool: POOL } })
    person = await signUp(server.ctx)
    await pgbouncer.setQueryWait(1)
  })
  afterEach(expectRecovery)
  afterAll(async () => {
    await server.close()
    await pgbouncer.close()
    await database.drop()
  })

  it('that is paused is 503', async () => {
    pgbouncer.pause()
    await expectUnavailable('08P01').finally(() => pgbouncer.resume())
  })

  /**
   * Takes one connection of PgBouncer and holds it in a transaction.
   *
   * PgBouncer opens it, and on a busy machine gives up after the second that a statement may wait. It is then asked again.
   */
  async function holdConnection(): Promise<() => Promise<void>> {
    const greedy = openSql(pgbouncer.url)
    const [held, taken] = [Promise.withResolvers<void>(), Promise.withResolvers<true>()]
    const holder = greedy.begin(async (tx) => {
      await tx.unsafe('select 1')
      taken.resolve(true)
      await held.promise
    })
    const isTaken = await Promise.race([taken.promise, holder.catch(() => false)])
    if (isTaken !== true) {
      await greedy.end({ timeout: 0 })
      return holdConnection()
    }
    return async () => {
      held.resolve()
      await holder
      await greedy.end()
    }
  }

  it('with a full pool is 503', async () => {
    const releases = await Promise.all(Array.from({ length: POOL_SIZE }, holdConnection))
    await expectUnavailable('08P01').finally(() => Promise.all(releases.map((release) => release())))
  })

  it('that restarts is 503', async () => {
    await pgbouncer.kill()
    await expectUnavailable('ECONNREFUSED').finally(() => pgbouncer.restart())
  })
})
