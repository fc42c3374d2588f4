import { createTestCore, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { login } from '../src/operations/auth/login.ts'
import { isKnownNetwork } from '../src/steps/known-network.ts'

const LIMIT = 100

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

const from = (n: number) => test.contextOf({ ip: `2001:db8:${n.toString(16)}::1` })

it('a user has at most a hundred known networks: the one without a sign-in for longest is forgotten', async () => {
  const person = await signUp(test.ctx)
  const { email, userId } = person
  await test.database.sql`
    insert into known_networks (user_id, network, seen_at)
    select ${userId}, 'former ' || n, now() - interval '2 days' - n * interval '1 minute'
    from generate_series(1, ${LIMIT + 20}) n`
  for (const n of [1, 2]) await login(from(n), person)
  const rows = await test.database
    .sql`select network from known_networks where user_id = ${userId} order by seen_at desc`
  expect(rows).toHaveLength(LIMIT)
  const former = rows.map(({ network }) => network).filter((network) => network.startsWith('former '))
  expect(former).toEqual(Array.from({ length: LIMIT - 3 }, (_, n) => `former ${n + 1}`))
  for (const n of [1, 2]) expect(await isKnownNetwork(from(n), email)).toBe(true)
  expect(await isKnownNetwork(from(3), email)).toBe(false)
})
