import { createTestCore, readClaims, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readMigrations } from '../src/database/migrations.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { authenticate } from '../src/steps/authenticate.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** Stores a session of a user as a server of the former release does, begun some time ago. */
async function storeFormerSession(userId: string, secondsAgo: number): Promise<string> {
  const [row] = await test.database.sql`
    insert into sessions (id, user_id, created_at, last_seen_at, idle_expires_at)
    select gen_random_uuid(), ${userId}, now() - make_interval(secs => ${secondsAgo}), now(), now() + interval '1 day'
    returning id`
  return row?.id
}

it('a session that a server of the former release stored is read as a sign-in of its beginning, by one factor', async () => {
  const { userId, tokens } = await signUp(test.ctx)
  const sessionId = await storeFormerSession(userId, 7200)
  await test.database
    .sql`update sessions set id = ${crypto.randomUUID()} where id = ${readClaims(tokens.access).session}`
  await test.database
    .sql`update sessions set id = ${readClaims(tokens.access).session} where id = ${sessionId}`
  const identity = await authenticate(test.ctx, tokens.access)
  expect(identity).toMatchObject({ acr: 'aal1', secondFactor: false })
  expect(identity.authAgeSeconds).toBeGreaterThanOrEqual(7200)
  const claims = readClaims((await refreshSession(test.ctx, tokens)).access)
  expect(claims).toMatchObject({ acr: 'aal1', amr: ['pwd'], auth_time: claims.session_iat })
})

it('the migrations of second factors rewrite no row, and each locks one table that is in use', () => {
  const added = readMigrations().filter(({ name }) => /^000[89]_/.test(name))
  expect(added.map(({ name }) => name)).toEqual(['0008_second_factors', '0009_levels_of_sessions'])
  for (const { statements } of added) {
    const created = statements.flatMap((text) => /^create table "(\w+)"/i.exec(text)?.[1] ?? [])
    const altered = statements.flatMap((text) => /^alter table "(\w+)"/i.exec(text)?.[1] ?? [])
    expect(new Set(altered.filter((table) => !created.includes(table))).size).toBe(1)
    // A default that changes from row to row, an update and a check of all rows would read or write the whole table.
    expect(statements.filter((text) => /^update|default (now|gen_)|set not null/i.test(text))).toEqual([])
  }
})
