import { randomBytes } from 'node:crypto'
import { createTestCore, newEmail, type Person, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { login } from '../src/operations/auth/login.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { recordThrottled } from '../src/steps/record-throttled.ts'
import type { UserId } from '../src/words/ids.ts'
import { enterWithPasskey, signUpWithPasskey } from './support/passkey-people.ts'

/** The rows of one hour under nobody for one kind of event. */
const PLACES = 16
/** A full hour, so that no test runs across its end. */
const HOUR = 3600

let test: TestCore
let person: Person
beforeAll(async () => {
  test = await createTestCore()
  test.clock.seconds = HOUR - (test.ctx.clock.epochSeconds() % HOUR)
})
beforeEach(async () => {
  person = await signUp(test.ctx)
  await test.database.sql`delete from audit_events`
})
afterAll(() => test.close())

const events = (kind: string) => test.database.sql`
  select user_id, ip, browser, details, created_at from audit_events where kind = ${kind} order by id`

const failUnknown = (client = {}) =>
  refusalOf(login(test.contextOf(client), { email: newEmail(), password: 'wrong' }))

/** A client in a network of its own. */
const clientNumber = (n: number) => ({ ip: `2001:db8:${n.toString(16)}::1`, userAgent: `Agent${n}/1` })

describe('the refreshes within one grace', () => {
  it('write one event, however often the device and the network change', async () => {
    await refreshSession(test.ctx, person.tokens)
    for (let n = 0; n < 30; n++) await refreshSession(test.contextOf(clientNumber(n)), person.tokens)
    expect(await events('refresh_grace')).toMatchObject([
      { user_id: person.userId, details: { changed: 'both' } },
    ])
  })

  it('write one event when they come at once', async () => {
    await refreshSession(test.ctx, person.tokens)
    const clients = Array.from({ length: 20 }, (_, n) => test.contextOf(clientNumber(n)))
    await Promise.all(clients.map((ctx) => refreshSession(ctx, person.tokens)))
    expect(await events('refresh_grace')).toHaveLength(1)
  })

  it('write one event of each session, and one of each grace', async () => {
    const other = await signUp(test.ctx)
    const first = await refreshSession(test.ctx, person.tokens)
    await refreshSession(test.ctx, other.tokens)
    for (const { tokens } of [person, other]) await refreshSession(test.contextOf(clientNumber(1)), tokens)
    expect(await events('refresh_grace')).toHaveLength(2)
    test.clock.seconds += 31
    await refreshSession(test.ctx, first)
    await refreshSession(test.contextOf(clientNumber(2)), first)
    test.clock.seconds -= 31
    expect(await events('refresh_grace')).toHaveLength(3)
  })
})

describe('failed sign-ins of unknown addresses', () => {
  it('are counted in one row of an hour for one client', async () => {
    for (let n = 0; n < 12; n++) await failUnknown()
    expect(await events('login_failed')).toMatchObject([
      {
        user_id: null,
        ip: '192.0.2.1',
        browser: 'test',
        details: { reason: 'incorrect_credentials', count: 12 },
      },
    ])
    test.clock.seconds += HOUR
    await failUnknown()
    test.clock.seconds -= HOUR
    expect((await events('login_failed')).map(({ details }) => details.count)).toEqual([12, 1])
  })

  it('are counted in few rows for any number of networks, and no failure is left out', async () => {
    for (let n = 0; n < 60; n++) await failUnknown(clientNumber(n))
    const rows = await events('login_failed')
    expect(rows.length).toBeLessThanOrEqual(PLACES)
    expect(rows.reduce((sum, { details }) => sum + details.count, 0)).toBe(60)
    // A row of several clients names none of them.
    expect(rows.filter(({ ip, details }) => details.count > 1 === (ip !== null))).toEqual([])
  })

  it('are all counted when they come at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => failUnknown()))
    expect(await events('login_failed')).toMatchObject([{ details: { count: 20 } }])
  })

  it('leave the failures of a user one by one in its trail', async () => {
    for (let n = 0; n < 3; n++) await refusalOf(login(test.ctx, { ...person, password: 'wrong' }))
    const rows = await events('login_failed')
    expect(rows).toHaveLength(3)
    for (const { user_id, details } of rows) {
      expect([user_id, details]).toEqual([person.userId, { reason: 'incorrect_credentials' }])
    }
  })
})

it('forged answers for a passkey of a user are counted in one row of an hour, from however many networks', async () => {
  const { device, userId } = await signUpWithPasskey(test.ctx)
  for (let n = 0; n < 30; n++) {
    const forge = enterWithPasskey(test.contextOf(clientNumber(n)), device, {
      signature: () => randomBytes(70),
    })
    expect(await refusalOf(forge)).toMatchObject({ code: 'incorrect_credentials' })
  }
  expect(await events('login_failed')).toMatchObject([
    { user_id: userId, ip: null, details: { reason: 'incorrect_credentials', count: 30 } },
  ])
})

describe('throttled bursts', () => {
  it('are counted in one row of an hour for a user and limit, also for many keys', async () => {
    const userId = person.userId as UserId
    for (let n = 0; n < 30; n++) await recordThrottled(test.ctx, { limit: 'user', key: `key ${n}`, userId })
    expect(await events('throttled')).toMatchObject([
      { user_id: userId, details: { limit: 'user', count: 30 } },
    ])
  })

  it('under nobody are counted in few rows of an hour for any number of keys and networks', async () => {
    for (let n = 0; n < 60; n++) {
      await recordThrottled(test.contextOf(clientNumber(n)), { limit: 'anon', key: `client ${n}` })
    }
    const rows = await events('throttled')
    // In one row, concurrent events of the whole server would wait for one another.
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.length).toBeLessThanOrEqual(PLACES)
    expect(rows.reduce((sum, { details }) => sum + details.count, 0)).toBe(60)
  })
})
