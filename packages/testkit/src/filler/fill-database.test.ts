import { TABLE_NAMES } from '@latchkey/core'
import { login } from '@latchkey/core/operations/auth/login'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PASSWORD, requireTokens } from '../people.ts'
import { createTestCore, type TestCore } from '../test-core.ts'
import { fillDatabase, filledEmail } from './fill-database.ts'

const USERS = 250
/** Their size does not depend on the number of users. */
const SMALL_TABLES = ['imports', 'leases', 'signing_keys', 'sweeps']
let test: TestCore
let counts: Record<string, number>
beforeAll(async () => {
  test = await createTestCore()
  const sql = postgres(test.database.url, { max: 1, onnotice: () => {} })
  const passwordHash = await test.ctx.hasher.hash(PASSWORD)
  counts = await fillDatabase(sql, { users: USERS, passwordHash, overdueShare: 0.2 })
  await sql.end()
})
afterAll(() => test.close())

it('fills every table whose size depends on the users, with as many rows as it says', async () => {
  expect([...Object.keys(counts), ...SMALL_TABLES].sort()).toEqual([...TABLE_NAMES].sort())
  for (const [table, rows] of Object.entries(counts)) {
    const [row] = await test.database.sql`select count(*)::int from ${test.database.sql(table)}`
    expect(row?.count, table).toBe(rows)
  }
})

it('gives each user equally many sessions and events', async () => {
  for (const [table, each] of [
    ['sessions', 2],
    ['audit_events', 5],
  ] as const) {
    const rows = await test.database.sql`
      select count(*)::int from users left join ${test.database.sql(table)} owned on owned.user_id = users.id
      group by users.id`
    expect(new Set(rows.map(({ count }) => count)), table).toEqual(new Set([each]))
  }
})

it('leaves no row without its user', async () => {
  const keys = await test.database.sql<{ child: string; name: string }[]>`
    select conrelid::regclass::text as child, attname as name from pg_constraint
    join pg_attribute on attrelid = conrelid and attnum = conkey[1]
    where contype = 'f' and confrelid = 'users'::regclass`
  expect(keys.length).toBeGreaterThan(5)
  for (const { child, name } of keys) {
    const [orphan] = await test.database.sql`
      select 1 from ${test.database.sql(child)} c where ${test.database.sql(name)} is not null
        and not exists (select from users where id = c.${test.database.sql(name)})`
    expect(orphan, child).toBeUndefined()
  }
})

it('makes users that sign in with the password of the hash', async () => {
  const tokens = requireTokens(await login(test.ctx, { email: filledEmail(7), password: PASSWORD }))
  expect(tokens.access).toMatch(/^eyJ/)
})

it('makes the asked share of sessions and events overdue', async () => {
  const [sessions] = await test.database.sql`
    select count(*)::int from sessions where idle_expires_at < now() - interval '2 days'`
  const [events] = await test.database.sql`
    select count(*)::int from audit_events where created_at < now() - interval '365 days'`
  expect([sessions?.count, events?.count]).toEqual([USERS * 2 * 0.2, USERS * 5 * 0.2])
})
