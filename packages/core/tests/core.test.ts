import {
  createTestCore,
  createTestDatabase,
  signUp,
  TEST_SECRET_KEY,
  type TestDatabase,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purgeExpiredSessions } from '../src/tables/sessions/end.ts'
import { DAY_SECONDS } from '../src/words/time.ts'

const NEW_SECRET = 'the-secret-that-comes-after-0123456789-abcdefghijklmnopqrst'

let empty: TestDatabase
beforeAll(async () => {
  empty = await createTestDatabase({ empty: true })
})
afterAll(() => empty.drop())

async function countConnections(database: TestDatabase): Promise<number> {
  const name = new URL(database.url).pathname.slice(1)
  const [row] = await database.sql`
    select count(*)::int from pg_stat_activity where datname = ${name} and pid not in
      (select pid from pg_stat_activity where query like '%pg_stat_activity%')`
  return row?.count
}

describe('the core', () => {
  it('starts in four servers at once on an empty database', async () => {
    const servers = await Promise.all(Array.from({ length: 4 }, () => createTestCore({ database: empty })))
    expect(new Set(servers.map(({ ctx }) => ctx.keys.active().kid)).size).toBe(1)
    for (const { core } of servers) expect(await core.isReady()).toBe(true)
    const { tokens } = await signUp((servers[0] as (typeof servers)[0]).ctx)
    expect(tokens.access).toBeTruthy()
    await Promise.all(servers.map((server) => server.close()))
  })

  it('that fails to start leaves no connection open', async () => {
    const work = createTestCore({ database: empty, secretKey: NEW_SECRET })
    await expect(work).rejects.toThrow(/SECRET_KEY/)
    await expect.poll(() => countConnections(empty)).toBe(0)
  })

  it('is not ready after it was closed', async () => {
    const server = await createTestCore({ database: empty, secretKey: TEST_SECRET_KEY })
    await server.close()
    expect(await server.core.isReady()).toBe(false)
  })
})

describe('the housekeeping', () => {
  it('deletes the sessions that expired before a given time, and no others', async () => {
    const test = await createTestCore()
    const { sql } = test.database
    const people = await Promise.all(Array.from({ length: 4 }, () => signUp(test.ctx)))
    const [idle, absolute, recent] = people.map((person) => person.sessionId) as [string, string, string]
    await sql`update sessions set idle_expires_at = now() - interval '25 hours' where id = ${idle}`
    await sql`update sessions set absolute_expires_at = now() - interval '25 hours' where id = ${absolute}`
    await sql`update sessions set idle_expires_at = now() - interval '23 hours' where id = ${recent}`
    expect(await purgeExpiredSessions(test.ctx.db, test.ctx.clock.after(-DAY_SECONDS))).toBe(2)
    const left = await sql`select id from sessions where id in (${idle}, ${absolute})`
    expect(left).toHaveLength(0)
    expect(await sql`select id from sessions`).toHaveLength(2)
    await test.close()
  })
})
