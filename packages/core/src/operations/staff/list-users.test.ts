import {
  addPasskey,
  createTestCore,
  newEmail,
  refusalOf,
  signUp,
  signUpWithFactors,
  type TestCore,
} from '@latchkey/testkit'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { UserFilter } from '../../tables/users/list.ts'
import { getUser } from './get-user.ts'
import { listUsers } from './list-users.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
  const people = [
    'ada@example.com',
    'adam@example.com',
    'bob_b@example.com',
    'bobxb@example.com',
    '100%@example.com',
  ]
  for (const email of people) await signUp(test.ctx, email)
  await test.database
    .sql`update users set first_name = 'Łukasz', last_name = 'O''Neill' where email like 'bob!_%' escape '!'`
  await test.database.sql`update users set first_name = ${'Jose\u0301'} where email = 'ada@example.com'`
  await test.database.sql`update users set external_id = '100' where email = 'bobxb@example.com'`
  await test.database.sql`update users set role = 1000 where email = 'adam@example.com'`
  await test.database.sql`update users set is_active = false where email = '100%@example.com'`
  await test.database.sql`update users set email_verified = email <> 'ada@example.com'`
  await test.database.sql`update users set created_at = '2020-01-01' where email = 'bobxb@example.com'`
  await test.database.sql`
    update sessions set last_seen_at = '2021-01-01' from users
    where user_id = users.id and email = 'adam@example.com'`
  await test.database.sql`
    delete from sessions using users where user_id = users.id and email like 'bob!_%' escape '!'`
})
afterAll(() => test.close())

async function find(filter: UserFilter): Promise<string[]> {
  const { items } = await listUsers(test.ctx, { ...filter, page: { cursor: null, limit: 50 } })
  return items.map(({ email }) => email.slice(0, email.indexOf('@'))).sort()
}

it.each<[UserFilter, string[]]>([
  [{}, ['100%', 'ada', 'adam', 'bob_b', 'bobxb']],
  [{ search: '' }, ['100%', 'ada', 'adam', 'bob_b', 'bobxb']],
  [{ search: 'ADA' }, ['100%', 'ada', 'adam', 'bobxb']],
  [{ search: 'adam@' }, ['adam']],
  [{ search: 'bob_' }, ['bob_b']],
  [{ search: '100%' }, ['100%']],
  [{ search: '100' }, ['bobxb']],
  [{ search: '100', role: 1000 }, []],
  [{ search: '10' }, ['100%']],
  [{ search: '%' }, ['100%']],
  [{ search: '\\' }, []],
  [{ search: 'xb@ex' }, ['bobxb']],
  [{ search: 'ukasz o' }, ['bob_b']],
  [{ search: 'Bob_B@Example.COM' }, ['bob_b']],
  [{ search: 'da@example.com' }, ['ada']],
  [{ search: 'ada@example.com', role: 1000 }, []],
  [{ search: "o'n" }, ['bob_b']],
  [{ search: "Łukasz O'Neill" }, ['bob_b']],
  [{ search: 'łUKASZ' }, ['bob_b']],
  [{ search: 'ŁUKASZ' }, ['bob_b']],
  [{ search: 'jose\u0301' }, ['ada']],
  [{ search: 'JOS\u00c9' }, ['ada']],
  [{ search: 'a.a' }, []],
  [{ search: '[a-z]' }, []],
  [{ search: '(?i)ada' }, []],
  [{ search: '***:' }, []],
  [{ search: 'example' }, ['100%', 'ada', 'adam', 'bob_b', 'bobxb']],
  [{ role: 1000 }, ['adam']],
  [{ isActive: false }, ['100%']],
  [{ search: 'ada', role: 0, isActive: true }, ['ada', 'bobxb']],
  [{ emailVerified: false }, ['ada']],
  [{ createdBefore: new Date('2020-01-01') }, []],
  [{ createdAfter: new Date('2020-01-01'), createdBefore: new Date('2020-01-02') }, ['bobxb']],
  [{ lastSeenAfter: new Date('2021-01-02') }, ['100%', 'ada', 'bobxb']],
  [{ lastSeenAfter: new Date('2021-01-01'), lastSeenBefore: new Date('2021-01-02') }, ['adam']],
  [{ lastSeenBefore: new Date('2021-01-02') }, ['adam', 'bob_b']],
])('the filter %j finds %j', async (filter, expected) => {
  expect(await find(filter)).toEqual(expected)
})

it('a page with a filter examines a bounded number of users, and its cursor leads on to each match once', async () => {
  const pages: string[][] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listUsers>> = await listUsers(test.ctx, {
      search: 'bob',
      page: { cursor, limit: 1 },
      examined: 2,
    })
    pages.push(page.items.map(({ email }) => email))
    await signUp(test.ctx, `later-bob-${newEmail()}`)
    cursor = page.nextCursor
  } while (cursor)
  await test.database.sql`delete from users where email like 'later-bob-%'`
  expect(pages.flat().toSorted()).toEqual(['bob_b@example.com', 'bobxb@example.com'])
  expect(pages).toContainEqual([])
})

it('a page of a role other than 0 examines the users with that role alone', async () => {
  const query = { page: { cursor: null, limit: 5 }, examined: 2 }
  const { items, nextCursor } = await listUsers(test.ctx, { role: 1000, ...query })
  expect(items.map(({ email }) => email)).toEqual(['adam@example.com'])
  expect(nextCursor).toBeNull()
})

it('the last sight of a user is that of its live sessions, and null when it is signed in nowhere', async () => {
  const seen = async (search: string) => {
    const { items } = await listUsers(test.ctx, { search, page: { cursor: null, limit: 1 } })
    const [item] = items
    expect(await getUser(test.ctx, { userId: item?.id ?? '' })).toEqual(item)
    return item?.lastSeenAt
  }
  expect(await seen('adam@example.com')).toEqual(new Date('2021-01-01'))
  expect(await seen('bob_b@example.com')).toBeNull()
  const { userId, email } = await signUp(test.ctx)
  expect(await seen(email)).toBeInstanceOf(Date)
  await test.database
    .sql`update sessions set idle_expires_at = now() - interval '1 second' where user_id = ${userId}`
  expect(await seen(email)).toBeNull()
  await test.database.sql`delete from users where id = ${userId}`
})

it('the pages of the list have each user once, also while other users sign up', async () => {
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listUsers>> = await listUsers(test.ctx, {
      page: { cursor, limit: 2 },
    })
    seen.push(...page.items.map(({ email }) => email))
    await signUp(test.ctx)
    cursor = page.nextCursor
  } while (cursor)
  expect(new Set(seen).size).toBe(5)
  expect(seen).toHaveLength(5)
})

it('getUser returns a user, and answers not_found for an unknown id or a text that is not an id', async () => {
  const person = await signUp(test.ctx)
  expect(await getUser(test.ctx, { userId: person.userId })).toMatchObject({
    email: person.email,
    role: 0,
  })
  for (const userId of ['x', '', crypto.randomUUID()]) {
    expect(await refusalOf(getUser(test.ctx, { userId }))).toMatchObject({ code: 'not_found' })
  }
})

it('a page says of each user what signs it in: second factor, passkeys and providers, in one statement', async () => {
  const { userId } = await signUpWithFactors(test, { passkey: true, email: 'factor-1@example.com' })
  await addPasskey(test, userId)
  await signUpWithFactors(test, { totp: true, email: 'factor-2@example.com' })
  await signUpWithFactors(test, { passkey: true, on: false, email: 'factor-3@example.com' })
  await test.database.sql`insert into connections
    select gen_random_uuid(), id, unnest(array['google', 'github']), email, now(), now()
    from users where email in ('factor-1@example.com', 'factor-3@example.com')`
  const statements: string[] = []
  const logger = { logQuery: (query: string) => void statements.push(query) }
  const ctx = { ...test.ctx, db: drizzle(test.database.sql, { logger }) }
  const { items } = await listUsers(ctx, { page: { cursor: null, limit: 3 } })
  await test.database.sql`delete from users where email like 'factor-%'`
  expect(statements).toHaveLength(1)
  expect(
    items.map(({ secondFactor, passkeys, connections }) => [secondFactor, passkeys, connections.length]),
  ).toEqual([
    [false, 1, 2],
    [true, 0, 0],
    [true, 2, 2],
  ])
})
