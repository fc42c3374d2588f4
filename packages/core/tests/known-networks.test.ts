import { createTestCore, PASSWORD, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { login } from '../src/operations/auth/login.ts'

const HOUR = 3600

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** The network of a user with the version of its row, which grows with every write. */
const rowsOf = (userId: string) =>
  test.database.sql`select network, seen_at, xmin::text from known_networks where user_id = ${userId}`

it('a known network is written once a day, however often its user signs in', async () => {
  const { userId, email } = await signUp(test.ctx)
  const first = await rowsOf(userId)
  expect(first).toHaveLength(1)
  test.clock.seconds += 23 * HOUR
  await login(test.ctx, { email, password: PASSWORD })
  expect(await rowsOf(userId)).toEqual(first)
  test.clock.seconds += 2 * HOUR
  await login(test.ctx, { email, password: PASSWORD })
  const [moved] = await rowsOf(userId)
  expect(moved?.seen_at.getTime()).toBeGreaterThan(first[0]?.seen_at.getTime())
})

it('the network of a user is known to that user alone', async () => {
  const [one, other] = [await signUp(test.ctx), await signUp(test.ctx)]
  await login(test.contextOf({ ip: '198.51.100.7' }), { email: one.email, password: PASSWORD })
  expect([(await rowsOf(one.userId)).length, (await rowsOf(other.userId)).length]).toEqual([2, 1])
})

it('a client without a known address has no known network, and signs in', async () => {
  const { userId } = await signUp(test.contextOf({ ip: null }))
  expect(await rowsOf(userId)).toEqual([])
})
