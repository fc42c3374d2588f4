import { createTestDatabase, openTlsFront, type TestDatabase } from '@latchkey/testkit'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DatabaseSilence } from './deadline.ts'
import { isDatabaseFault, isUnavailable, UNAVAILABLE_STATES } from './unavailable.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
})
afterAll(() => database.drop())

function faultOf(work: PromiseLike<unknown>): PromiseLike<unknown> {
  return work.then(
    () => expect.fail('The statement did not fail.'),
    (error: unknown) => error,
  )
}

/** Lets PostgreSQL raise an error with this SQLSTATE. */
function raise(state: string): PromiseLike<unknown> {
  return faultOf(database.sql.unsafe(`do $$ begin raise 'no' using errcode = '${state}'; end $$`))
}

async function failToConnect(options: postgres.Options<never>): Promise<unknown> {
  const client = postgres(database.url, { max: 1, connect_timeout: 3, ...options })
  const fault = await faultOf(client`select 1`)
  await client.end()
  return fault
}

/** A class with each of its endings that PostgreSQL uses, or one state. A pooler alone raises a protocol violation. */
const listed = UNAVAILABLE_STATES.flatMap(({ state }) =>
  state.length === 5 ? [state] : ['000', '001', '006', 'P02', 'P03'].map((ending) => state + ending),
)

describe('the database cannot work now', () => {
  it.each(listed)('when PostgreSQL says %s', async (state) => {
    expect(isUnavailable(await raise(state))).toBe(true)
  })

  it('by a list of states with a reason and a source, each once', () => {
    for (const { state, reason, source } of UNAVAILABLE_STATES) {
      expect(state).toMatch(/^[0-9A-Z]{2}(?:[0-9A-Z]{3})?$/)
      expect(reason).toMatch(/\.$/)
      expect(source).toMatch(/PostgreSQL/)
    }
    expect(new Set(UNAVAILABLE_STATES.map(({ state }) => state)).size).toBe(UNAVAILABLE_STATES.length)
  })

  it.each<[string, postgres.Options<never>]>([
    ['a wrong password', { password: 'wrong' }],
    ['a database that does not exist', { database: 'nowhere' }],
    ['a parameter that PostgreSQL does not know', { connection: { nonsense: 'x' } as never }],
    ['a parameter with a wrong value', { connection: { statement_timeout: 'soon' } as never }],
    ['no server at the port', { host: '127.0.0.1', port: 1 }],
    ['no server at any address of the host', { host: 'localhost', port: 1 }],
    ['a host that nobody knows', { host: 'nobody.invalid' }],
  ])('when the connection fails, whatever the code is: %s', async (_, options) => {
    expect(isUnavailable(await failToConnect(options))).toBe(true)
  })

  it('when its certificate is refused', async () => {
    const front = await openTlsFront()
    const ssl = { rejectUnauthorized: true }
    expect(isUnavailable(await failToConnect({ host: '127.0.0.1', port: front.port, ssl }))).toBe(true)
    await front.close()
  })

  it('when it does not answer in time', () => {
    expect(isUnavailable(new DatabaseSilence())).toBe(true)
    expect(isUnavailable(new Error('wrapped', { cause: new DatabaseSilence() }))).toBe(true)
  })

  it('when a connection is lost in the middle of a statement', async () => {
    const client = postgres(database.url, { max: 1 })
    const fault = await faultOf(client`select pg_terminate_backend(pg_backend_pid()), pg_sleep(60)`)
    // The driver never ends a pool that lost its connection, so nothing waits for that here.
    expect(isUnavailable(fault)).toBe(true)
  })
})

describe('the server itself is at fault', () => {
  it.each([
    '08P01',
    '0A000',
    '22P02',
    '23505',
    '25001',
    '25P02',
    '26000',
    '3F000',
    '42P01',
    '42703',
    'P0001',
    'XX000',
  ])('when PostgreSQL says %s', async (state) => {
    const fault = await raise(state)
    expect(isUnavailable(fault)).toBe(false)
    expect(isDatabaseFault(fault)).toBe(true)
  })

  it('when the driver complains of a statement, or when another part failed', async () => {
    const value = undefined as unknown as string
    expect(isUnavailable(await faultOf(database.sql`select ${value}`))).toBe(false)
    for (const other of [
      new TypeError('x is no function'),
      Object.assign(new Error('no'), { code: 'ENOENT' }),
    ]) {
      expect(isUnavailable(other)).toBe(false)
      expect(isDatabaseFault(other)).toBe(false)
    }
  })
})
