import { createTestCore, logIn, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../context.ts'
import { newId, type UserId } from '../words/ids.ts'
import { NO_LIMITS } from '../words/rate-limits.ts'
import { countLogout, countRefresh } from './count-calls.ts'
import { isKnownNetwork } from './known-network.ts'
import { queueFactorMail, queueLockMail } from './queue-factor-mail.ts'
import { type Notice, queueNotice } from './queue-notice.ts'

const LIMITS = { ...NO_LIMITS, unproven: { calls: 1, seconds: 86_400 } }

let test: TestCore
let mails: { kind: string; to: string; variables: Record<string, unknown> }[]
let ctx: Context
beforeAll(async () => {
  test = await createTestCore({ throttle: { store: 'memory', redisUrl: null, limits: LIMITS } })
})
beforeEach(() => {
  mails = []
  const queue = async (_tx: unknown, mail: unknown) => void mails.push(mail as (typeof mails)[0])
  ctx = { ...test.ctx, outbox: { queue } as never as Context['outbox'] }
})
afterAll(() => test.close())

const kinds = () => mails.map(({ kind }) => kind)

async function personOf(isProven: boolean) {
  const { userId, email } = await signUp(test.ctx)
  await test.database.sql`update users set email_verified = ${isProven} where id = ${userId}`
  return { userId: userId as UserId, email, emailVerified: isProven, language: null }
}

describe('a change of the second factors', () => {
  const tellTwice = async (userId: UserId) => {
    await queueFactorMail(ctx, ctx.db, { userId, change: { kind: 'codeUsed', left: 1 } })
    await queueFactorMail(ctx, ctx.db, { userId, change: { kind: 'codeUsed', left: 0 } })
    await queueLockMail(ctx, ctx.db, userId)
  }

  it('is told each time to a proven address', async () => {
    await tellTwice((await personOf(true)).userId)
    expect(kinds()).toEqual(['second-factor-changed', 'second-factor-changed', 'second-factor-locked'])
  })

  it('is told once a day to an unproven address', async () => {
    await tellTwice((await personOf(false)).userId)
    expect(kinds()).toEqual(['second-factor-changed'])
  })

  it('is told to nobody when the user is gone', async () => {
    await tellTwice(newId<UserId>())
    expect(mails).toEqual([])
  })
})

describe('a notice of a change of address', () => {
  const tell = async (kind: Notice['kind'], isProven: boolean) => {
    const to = await personOf(isProven)
    await queueNotice(ctx, ctx.db, { kind, newEmail: 'new@example.com', to } as never)
    return { email: to.email, mail: mails.at(-1) }
  }

  it.each([
    ['email-changed', 'changedAt'],
    ['email-change-requested', 'requestedAt'],
  ] as const)('%s names the new address, and the time as %s', async (kind, time) => {
    const { email, mail } = await tell(kind, true)
    const variables = { email, newEmail: 'new@example.com', [time]: expect.any(Number) }
    expect(mail).toMatchObject({ kind, to: email, variables })
  })

  it('names no address that a caller typed to an unproven one', async () => {
    const { mail } = await tell('email-changed', false)
    expect(mail?.variables).toMatchObject({ newEmail: null })
  })
})

describe('a call whose token names no session', () => {
  const countersOf = async (count: (ctx: Context) => Promise<void>) => {
    const counters: string[] = []
    const add = async (limit: string, key: string) => void counters.push(`${limit}: ${key}`)
    await count({ ...test.ctx, throttle: { ...test.ctx.throttle, count: add } })
    return counters
  }

  it('counts as a call without a token, and a sign-out as a refused token', async () => {
    expect(await countersOf((given) => countRefresh(given, null))).toEqual([
      expect.stringMatching(/^anon: 192/),
    ])
    expect(await countersOf((given) => countLogout(given, null))).toEqual([
      expect.stringMatching(/^user: refused +192/),
    ])
  })
})

describe('the network of a client without an address', () => {
  it('is never a known one', async () => {
    const person = await signUp(test.ctx)
    await logIn(test.ctx, person)
    expect(await isKnownNetwork(test.ctx, person.email)).toBe(true)
    expect(await isKnownNetwork(test.contextOf({ ip: null }), person.email)).toBe(false)
  })
})
