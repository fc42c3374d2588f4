import { createTestCore, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { createThrottle } from '../src/services/throttle/throttle.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import {
  countAnonymousCall,
  countLogout,
  countProtectingCall,
  countRefresh,
  countRefusedToken,
  countSessionCall,
} from '../src/steps/count-calls.ts'
import { countAddressRequest, countMail } from '../src/steps/count-mail.ts'
import { countLogin, countPasswordCheck } from '../src/steps/count-passwords.ts'
import type { Identity } from '../src/steps/identity.ts'
import { type LimitName, NO_LIMITS } from '../src/words/rate-limits.ts'

let test: TestCore
let identity: Identity
beforeAll(async () => {
  test = await createTestCore()
  identity = await authenticate(test.ctx, (await signUp(test.ctx)).tokens.access)
})
afterAll(() => test.close())

/** The context of a client, whose calls are counted by one limit of one call per hour. */
async function limitedTo(limit: LimitName, ip: string): Promise<Context> {
  const throttle = await createThrottle(
    { store: 'memory', redisUrl: null, limits: { ...NO_LIMITS, [limit]: { calls: 1, seconds: 3600 } } },
    { keys: test.ctx.secrets.throttle, counters: { alone: () => Promise.reject() }, log: test.ctx.log },
  )
  return { ...test.contextOf({ ip }), throttle }
}

/** Every way to count a call that may be refused. A notice over its limit is left out and refuses nobody. */
const COUNTED: Record<Exclude<LimitName, 'unproven'>, Record<string, (ctx: Context) => Promise<void>>> = {
  anon: {
    'a call without a token': countAnonymousCall,
    'a protecting call without a token': (ctx) =>
      countProtectingCall(ctx, { operation: 'set_new', identity: null }),
  },
  user: {
    'a call of a session': (ctx) => countSessionCall(ctx, identity),
    'a protecting call': (ctx) => countProtectingCall(ctx, { operation: 'logout_all', identity }),
    'a refused token': (ctx) => countRefusedToken(ctx),
    'a sign-out': (ctx) => countLogout(ctx, identity.sessionId),
  },
  refresh: { 'a refresh': (ctx) => countRefresh(ctx, identity.sessionId) },
  login: {
    'a sign-in': (ctx) => countLogin(ctx, 'ada@example.com'),
    'a check of the own password': (ctx) => countPasswordCheck(ctx, identity, 'other'),
  },
  loginEmail: {
    'a sign-in': (ctx) => countLogin(ctx, 'ada@example.com'),
    'a check of the own password': (ctx) => countPasswordCheck(ctx, identity, 'other'),
  },
  mail: {
    'a mail': (ctx) => countMail(ctx, 'ada@example.com'),
    'a request for another address': (ctx) => countAddressRequest(ctx, identity.userId),
  },
}

describe.each(Object.entries(COUNTED))('a call over the limit %s', (limit, ways) => {
  it.each(Object.entries(ways))('reaches the trail: %s', async (way, count) => {
    const ip = `198.51.100.${Object.keys(ways).indexOf(way)}`
    const ctx = await limitedTo(limit as LimitName, ip)
    await count(ctx)
    await test.database.sql`delete from audit_events`
    // The trail has one event per minute and key.
    test.clock.seconds += 60
    expect((await refusalOf(count(ctx))).code).toBe('throttled')
    expect(await test.database.sql`select kind, ip, details from audit_events`).toMatchObject([
      { kind: 'throttled', ip, details: { limit } },
    ])
  })
})
