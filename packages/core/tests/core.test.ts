import {
  createTestCore,
  createTestDatabase,
  signUp,
  TEST_SECRET_KEY,
  type TestDatabase,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

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

  it('migrates nothing where that is another program, and does not start before', async () => {
    const fresh = await createTestDatabase({ empty: true })
    try {
      await expect(createTestCore({ database: fresh, migrateOnStart: false })).rejects.toThrow(/migrat/)
      const [row] = await fresh.sql`select to_regclass('users') as users`
      expect(row?.users).toBeNull()
    } finally {
      await fresh.drop()
    }
  })

  it('does not start with a role that may not use every table', async () => {
    const role = `reader_${crypto.randomUUID().replaceAll('-', '')}`
    const url = new URL(empty.url)
    url.username = role
    url.password = role
    await empty.sql.unsafe(
      `create role ${role} login password '${role}'; grant select on users, latchkey_migrations to ${role}`,
    )
    try {
      const work = createTestCore({ database: { ...empty, url: url.href }, migrateOnStart: false })
      await expect(work).rejects.toThrow(`The role ${role} may not use every table`)
    } finally {
      await empty.sql.unsafe(`drop owned by ${role}; drop role ${role}`)
    }
  })

  it('leaves no connection open when it is closed', async () => {
    const server = await createTestCore({ database: empty })
    await signUp(server.ctx)
    expect(await countConnections(empty)).toBeGreaterThan(0)
    await server.close()
    await expect.poll(() => countConnections(empty)).toBe(0)
  })

  it('is not ready after it was closed', async () => {
    const server = await createTestCore({ database: empty, secretKey: TEST_SECRET_KEY })
    await server.close()
    expect(await server.core.isReady()).toBe(false)
  })
})
