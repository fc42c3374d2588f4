import {
  createTestCore,
  PASSWORD,
  refusalOf,
  signUp,
  type TestCore,
  type TestCoreOptions,
} from '@latchkey/testkit'
import { afterEach, expect, it, vi } from 'vitest'
import { purge } from '../src/housekeeping/run-round.ts'
import { login } from '../src/operations/auth/login.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import { countSessionCall } from '../src/steps/count-calls.ts'
import { countMail } from '../src/steps/count-mail.ts'
import { NO_LIMITS, type ThrottleLimits } from '../src/words/rate-limits.ts'

let test: TestCore
afterEach(() => {
  vi.useRealTimers()
  return test.close()
})

function openWith(limits: Partial<ThrottleLimits>, options: TestCoreOptions = {}): Promise<TestCore> {
  const throttle = { store: 'memory' as const, redisUrl: null, limits: { ...NO_LIMITS, ...limits } }
  return createTestCore({ throttle, ...options })
}

const perHour = (calls: number) => ({ calls, seconds: 3600 })

it('a throttled call is told how long to wait, with the sentence of the contract', async () => {
  test = await openWith({ mail: perHour(1) })
  await countMail(test.ctx, 'a@example.com')
  const refusal = await refusalOf(countMail(test.ctx, 'a@example.com'))
  expect(refusal).toEqual({
    code: 'throttled',
    detail: 'Request was throttled. Expected available in 3600 seconds.',
  })
  await countMail(test.ctx, 'b@example.com')
})

it('the count starts at zero again after the end of the window', async () => {
  test = await openWith({ user: { calls: 2, seconds: 1 } })
  const identity = await authenticate(test.ctx, (await signUp(test.ctx)).tokens.access)
  // The counters are in memory, so that the time of a slow machine does not count.
  vi.useFakeTimers({ toFake: ['performance'] })
  await countSessionCall(test.ctx, identity)
  await countSessionCall(test.ctx, identity)
  const refusal = await refusalOf(countSessionCall(test.ctx, identity))
  expect(refusal.detail).toBe('Request was throttled. Expected available in 1 second.')
  vi.advanceTimersByTime(1100)
  await countSessionCall(test.ctx, identity)
})

it('a flood from many networks locks out all networks except those the user signed in from', async () => {
  test = await openWith({ loginEmail: perHour(5) })
  const home = test.contextOf({ ip: '2001:db8:1:1::7' })
  const { email } = await signUp(home)
  const flood = Array.from({ length: 20 }, (_, i) =>
    refusalOf(login(test.contextOf({ ip: `198.51.100.${i}` }), { email, password: 'wrong' })),
  )
  const codes = (await Promise.all(flood)).map(({ code }) => code)
  expect(codes.filter((code) => code === 'incorrect_credentials')).toHaveLength(5)
  expect(codes.filter((code) => code === 'throttled')).toHaveLength(15)
  const sameNetwork = test.contextOf({ ip: '2001:db8:1:1:ffff::9' })
  await login(sameNetwork, { email, password: PASSWORD })
  const elsewhere = test.contextOf({ ip: '2001:db8:1:2::7' })
  expect((await refusalOf(login(elsewhere, { email, password: PASSWORD }))).code).toBe('throttled')
})

it('a network that is known to one user does not open the account of another user to its guesses', async () => {
  test = await openWith({ loginEmail: perHour(1) })
  const neighbour = test.contextOf({ ip: '198.51.100.1' })
  const attacker = await signUp(neighbour)
  await login(neighbour, attacker)
  const { email } = await signUp(test.contextOf({ ip: '203.0.113.1' }))
  const guess = () => refusalOf(login(neighbour, { email, password: 'wrong' }))
  expect((await guess()).code).toBe('incorrect_credentials')
  expect((await guess()).code).toBe('throttled')
})

it('a known network is forgotten 30 days after the last sign-in from it', async () => {
  test = await openWith({ loginEmail: perHour(1) })
  const { email } = await signUp(test.ctx)
  const stranger = test.contextOf({ ip: '198.51.100.1' })
  await refusalOf(login(stranger, { email, password: 'wrong' }))
  test.clock.seconds = 29 * 86_400
  await login(test.ctx, { email, password: PASSWORD })
  test.clock.seconds = 58 * 86_400
  await login(test.ctx, { email, password: PASSWORD })
  test.clock.seconds = 89 * 86_400
  expect((await refusalOf(login(test.ctx, { email, password: PASSWORD }))).code).toBe('throttled')
  await purge({ ...test.ctx, auditRetentionSeconds: 365 * 86_400 })
  expect(await test.database.sql`select 1 from known_networks`).toHaveLength(0)
})

it('a throttled sign-in hashes nothing, for a known and for an unknown address', async () => {
  test = await openWith({ loginEmail: perHour(1) })
  const { email } = await signUp(test.ctx)
  const stranger = test.contextOf({ ip: '198.51.100.1' })
  for (const address of [email, 'nobody@example.com']) {
    await refusalOf(login(stranger, { email: address, password: 'wrong' }))
    const before = test.ctx.hasher.count
    const refusal = await refusalOf(login(stranger, { email: address, password: PASSWORD }))
    expect(refusal.code).toBe('throttled')
    expect(test.ctx.hasher.count).toBe(before)
  }
})

it('a successful sign-in counts, and does not reset the count', async () => {
  test = await openWith({ login: perHour(3) })
  const { email } = await signUp(test.ctx)
  for (let attempt = 0; attempt < 3; attempt++) await login(test.ctx, { email, password: PASSWORD })
  expect((await refusalOf(login(test.ctx, { email, password: PASSWORD }))).code).toBe('throttled')
})

it('the counters and the known networks hold no email address and no IP address', async () => {
  test = await openWith(
    {},
    {
      throttle: {
        store: 'postgres',
        redisUrl: null,
        limits: { ...NO_LIMITS, login: perHour(9), loginEmail: perHour(9), anon: perHour(9) },
      },
    },
  )
  const { email } = await signUp(test.ctx)
  await login(test.ctx, { email, password: PASSWORD })
  const { sql } = test.database
  const stored = [
    ...(await sql`select * from throttle_counters`),
    ...(await sql`select * from known_networks`),
  ]
  expect(stored).toHaveLength(3)
  expect(JSON.stringify(stored)).not.toMatch(/example|192\.0\.2/)
})

it('the housekeeping purges counters whose window has ended', async () => {
  const limits = { ...NO_LIMITS, mail: { calls: 1, seconds: 1 } }
  test = await openWith({}, { throttle: { store: 'postgres', redisUrl: null, limits } })
  await countMail(test.ctx, 'a@example.com')
  const count = async () => {
    await purge({ ...test.ctx, auditRetentionSeconds: 365 * 86_400 })
    return (await test.database.sql`select 1 from throttle_counters`).length
  }
  expect(await count()).toBe(1)
  // The window, and the tolerance for the clock of the process.
  test.clock.seconds += 62
  expect(await count()).toBe(0)
})

it('a locked table of counters stops no sign-in, and no count keeps waiting for it', async () => {
  const limits = { ...NO_LIMITS, login: perHour(90), loginEmail: perHour(90), anon: perHour(90) }
  const throttle = { store: 'postgres', redisUrl: null, limits } as const
  test = await openWith({}, { throttle, pool: { poolSize: 2 } })
  const { email } = await signUp(test.ctx)
  const holder = await test.database.sql.reserve()
  await holder`begin`
  await holder`lock table throttle_counters`
  const attempts = Array.from({ length: 10 }, () => login(test.ctx, { email, password: PASSWORD }))
  await Promise.all(attempts)
  const findWaiting = () => test.database.sql`
    select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
  await expect.poll(findWaiting).toHaveLength(0)
  await holder`rollback`
  holder.release()
})
