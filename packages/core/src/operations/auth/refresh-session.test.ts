import {
  createTestCore,
  logIn,
  type Person,
  readClaims,
  refusalOf,
  signUp,
  type TestCore,
} from '@latchkey/testkit'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import { logout } from './logout.ts'
import { refreshSession } from './refresh-session.ts'

const REPLAYED = { code: 'token_not_valid', detail: 'Token is invalid or expired' }
const IN_PARALLEL = 50

async function generationOf(test: TestCore, person: Person): Promise<number | undefined> {
  const [row] = await test.database.sql`select generation from sessions where id = ${person.sessionId}`
  return row?.generation
}

function refreshMany(test: TestCore, refresh: string) {
  return Promise.allSettled(Array.from({ length: IN_PARALLEL }, () => refreshSession(test.ctx, { refresh })))
}

describe('a refresh with a grace of 30 seconds', () => {
  let test: TestCore
  beforeAll(async () => {
    test = await createTestCore()
  })
  afterAll(() => test.close())

  it('returns the next generation, with the present role and verification of the user', async () => {
    const person = await signUp(test.ctx)
    await test.database.sql`update users set role = 1000, email_verified = true where id = ${person.userId}`
    const tokens = await refreshSession(test.ctx, person.tokens)
    const before = readClaims(person.tokens.refresh)
    expect(readClaims(tokens.refresh)).toMatchObject({
      token_type: 'refresh',
      generation: 2,
      role: 1000,
      email_verified: true,
      sub: person.userId,
      user_id: person.userId,
      session: person.sessionId,
      session_iat: before.session_iat,
    })
    expect(readClaims(tokens.access)).toMatchObject({
      token_type: 'access',
      role: 1000,
      session: person.sessionId,
    })
    expect(readClaims(tokens.access)).not.toHaveProperty('generation')
    expect(await authenticate(test.ctx, tokens.access)).toMatchObject({ sessionId: person.sessionId })
  })

  it('of one token 50 times in parallel returns the same generation, and rotates once', async () => {
    const person = await signUp(test.ctx)
    const answers = await refreshMany(test, person.tokens.refresh)
    const generations = answers.map((answer) =>
      answer.status === 'fulfilled' ? readClaims(answer.value.refresh).generation : answer.reason,
    )
    expect(new Set(generations)).toEqual(new Set([2]))
    expect(await generationOf(test, person)).toBe(2)
  })

  it('keeps the session when the client applies parallel answers in any order', async () => {
    const person = await signUp(test.ctx)
    let held = [person.tokens.refresh]
    for (let round = 0; round < 6; round++) {
      const burst = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          refreshSession(test.ctx, { refresh: held[i % held.length] as string }),
        ),
      )
      held = burst.map((tokens) => tokens.refresh).sort(() => Math.random() - 0.5)
      test.clock.seconds += 31
    }
    await expect(refreshSession(test.ctx, { refresh: held[0] as string })).resolves.toBeDefined()
  })

  it('rotates at most once per grace', async () => {
    const person = await signUp(test.ctx)
    const second = await refreshSession(test.ctx, person.tokens)
    expect(readClaims((await refreshSession(test.ctx, second)).refresh).generation).toBe(2)
    test.clock.seconds += 20
    expect(readClaims((await refreshSession(test.ctx, person.tokens)).refresh).generation).toBe(2)
    test.clock.seconds += 11
    expect(readClaims((await refreshSession(test.ctx, second)).refresh).generation).toBe(3)
  })

  it('within the grace does not extend the grace', async () => {
    const person = await signUp(test.ctx)
    await refreshSession(test.ctx, person.tokens)
    test.clock.seconds += 20
    await refreshSession(test.ctx, person.tokens)
    test.clock.seconds += 11
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toEqual(REPLAYED)
  })

  it('with a replaced token after the grace ends the session of that token, and no other', async () => {
    const person = await signUp(test.ctx)
    const otherDevice = await logIn(test.ctx, person)
    const stranger = await signUp(test.ctx)
    const successor = await refreshSession(test.ctx, person.tokens)
    test.clock.seconds += 31
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toEqual(REPLAYED)
    expect(await refusalOf(refreshSession(test.ctx, successor))).toEqual(REPLAYED)
    expect(await refusalOf(authenticate(test.ctx, successor.access))).toMatchObject({
      detail: 'Token is invalid',
    })
    await expect(refreshSession(test.ctx, { refresh: otherDevice.refresh })).resolves.toBeDefined()
    await expect(refreshSession(test.ctx, stranger.tokens)).resolves.toBeDefined()
  })

  it('with a token of two generations ago ends the session, even within the grace', async () => {
    const person = await signUp(test.ctx)
    const second = await refreshSession(test.ctx, person.tokens)
    test.clock.seconds += 31
    const third = await refreshSession(test.ctx, second)
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toEqual(REPLAYED)
    expect(await refusalOf(refreshSession(test.ctx, third))).toEqual(REPLAYED)
  })

  it('with a forged token is refused and keeps the session', async () => {
    const person = await signUp(test.ctx)
    const [header, payload, signature] = person.tokens.refresh.split('.') as [string, string, string]
    const forged = await new SignJWT({ ...readClaims(person.tokens.refresh), generation: -5 })
      .setProtectedHeader({ alg: 'HS256', kid: test.ctx.secrets['refresh-token'].current.kid })
      .sign(new TextEncoder().encode('a guess of the derived key, 32 b'))
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    const attempts = [
      forged,
      none,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${payload}.${signature}`,
      'x',
      '..',
    ]
    for (const refresh of attempts) {
      expect(await refusalOf(refreshSession(test.ctx, { refresh }))).toEqual({
        code: 'token_not_valid',
        detail: 'Token is invalid',
      })
    }
    await expect(refreshSession(test.ctx, person.tokens)).resolves.toBeDefined()
  })

  it('with an access token is refused as "Token has wrong type"', async () => {
    const person = await signUp(test.ctx)
    expect(await refusalOf(refreshSession(test.ctx, { refresh: person.tokens.access }))).toEqual({
      code: 'token_not_valid',
      detail: 'Token has wrong type',
    })
  })

  it('with an expired token, or of an idle session, is refused as "Token is expired"', async () => {
    const person = await signUp(test.ctx)
    test.clock.seconds += 14 * 86_400 + 1
    const refusal = { code: 'token_not_valid', detail: 'Token is expired' }
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toEqual(refusal)
    const other = await signUp(test.ctx)
    await test.database.sql`update sessions set idle_expires_at = created_at where id = ${other.sessionId}`
    expect(await refusalOf(refreshSession(test.ctx, other.tokens))).toEqual(refusal)
  })

  it('of a session that was signed out is refused', async () => {
    const person = await signUp(test.ctx)
    const identity = await authenticate(test.ctx, person.tokens.access)
    await logout(test.ctx, { identity, refresh: person.tokens.refresh })
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toEqual(REPLAYED)
  })
})

describe('a refresh with a grace of 0', () => {
  let test: TestCore
  beforeAll(async () => {
    test = await createTestCore({ config: { refreshGraceSeconds: 0 } })
  })
  afterAll(() => test.close())

  it('of one token 50 times in parallel succeeds exactly once, and the session ends', async () => {
    const person = await signUp(test.ctx)
    const answers = await refreshMany(test, person.tokens.refresh)
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
    expect(await generationOf(test, person)).toBeUndefined()
  })

  it('rotates every time', async () => {
    const person = await signUp(test.ctx)
    let tokens = person.tokens
    for (let generation = 2; generation < 12; generation++) {
      tokens = await refreshSession(test.ctx, tokens)
      expect(readClaims(tokens.refresh).generation).toBe(generation)
    }
  })
})

describe('a refresh with SESSION_LIFETIME', () => {
  let test: TestCore
  beforeAll(async () => {
    test = await createTestCore({ config: { sessionLifetimeSeconds: 3600 } })
  })
  afterAll(() => test.close())

  it('returns no token that lives longer, and is refused when that time is over', async () => {
    const person = await signUp(test.ctx)
    test.clock.seconds += 3000
    const tokens = await refreshSession(test.ctx, person.tokens)
    const { exp, session_iat } = readClaims(tokens.access)
    expect(exp - session_iat).toBeLessThanOrEqual(3600)
    test.clock.seconds += 601
    expect(await refusalOf(refreshSession(test.ctx, tokens))).toMatchObject({ code: 'session_expired' })
    expect(await refusalOf(authenticate(test.ctx, tokens.access))).toMatchObject({ code: 'token_not_valid' })
  })
})
