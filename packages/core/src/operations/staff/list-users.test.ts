import { createTestCore, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
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
  await test.database.sql`update users set role = 1000 where email = 'adam@example.com'`
  await test.database.sql`update users set is_active = false where email = '100%@example.com'`
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
  [{ search: '%' }, []],
  [{ search: '\\' }, []],
  [{ search: "o'n" }, ['bob_b']],
  [{ search: "Łukasz O'Neill" }, ['bob_b']],
  [{ search: 'example' }, []],
  [{ role: 1000 }, ['adam']],
  [{ isActive: false }, ['100%']],
  [{ search: 'ada', role: 0, isActive: true }, ['ada', 'bobxb']],
])('the filter %j finds %j', async (filter, expected) => {
  expect(await find(filter)).toEqual(expected)
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
