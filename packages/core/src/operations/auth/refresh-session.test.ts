import { createTestCore, type Person, readClaims, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import { login } from './login.ts'
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

describe('with a grace of 30 seconds', () => {
  let test: TestCore
  beforeAll(async () => {
    test = await createTestCore()
  })
  afterAll(() => test.close())

  it('answers a first refresh with the next generation and the claims of today', async () => {
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

  it('gives 50 parallel refreshes of one token the same generation, one step in the table', async () => {
    const person = await signUp(test.ctx)
    const answers = await refreshMany(test, person.tokens.refresh)
    const generations = answers.map((answer) =>
      answer.status === 'fulfilled' ? readClaims(answer.value.refresh).generation : answer.reason,
    )
    expect(new Set(generations)).toEqual(new Set([2]))
    expect(await generationOf(test, person)).toBe(2)
  })

  it('keeps the session whatever order the answers of a burst are applied in', async () => {
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

  it('rotates at most once in a grace window', async () => {
    const person = await signUp(test.ctx)
    const second = await refreshSession(test.ctx, person.tokens)
    expect(readClaims((await refreshSession(test.ctx, second)).refresh).generation).toBe(2)
    test.clock.seconds += 29
    expect(readClaims((await refreshSession(test.ctx, person.tokens)).refresh).generation).toBe(2)
    test.clock.seconds += 2
    expect(readClaims((await refreshSession(test.ctx, second)).refresh).generation).toBe(3)
  })

  it('does not extend the grace by its use', async () => {
    const person = await signUp(test.ctx)
    await refreshSession(test.ctx, person.tokens)
    test.clock.seconds += 20
    await refreshSession(test.ctx, person.tokens)
    test.clock.seconds += 11
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toEqual(REPLAYED)
  })

  it('ends the session of a token that returns outside the grace, and no other', async () => {
    const person = await signUp(test.ctx)
    const otherDevice = await login(test.ctx, person)
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

  it('ends the session of a token two steps old even within the grace', async () => {
    const person = await signUp(test.ctx)
    const second = await refreshSession(test.ctx, person.tokens)
    test.clock.seconds += 31
    const third = await refreshSession(test.ctx, second)
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toEqual(REPLAYED)
    expect(await refusalOf(refreshSession(test.ctx, third))).toEqual(REPLAYED)
  })

  it('revokes nothing for a token newer than the stored generation, in or out of the grace', async () => {
    const person = await signUp(test.ctx)
    const second = await refreshSession(test.ctx, person.tokens)
    const { sql } = test.database
    for (const rotated of [sql`null`, sql`now() + make_interval(secs => ${test.clock.seconds})`]) {
      await sql`update sessions set generation = 1, rotated_at = ${rotated} where id = ${person.sessionId}`
      expect(await refusalOf(refreshSession(test.ctx, second))).toEqual(REPLAYED)
    }
    await expect(refreshSession(test.ctx, person.tokens)).resolves.toBeDefined()
  })

  it('refuses forged tokens and revokes nothing for them', async () => {
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

  it('names an access token in the place of a refresh token', async () => {
    const person = await signUp(test.ctx)
    expect(await refusalOf(refreshSession(test.ctx, { refresh: person.tokens.access }))).toEqual({
      code: 'token_not_valid',
      detail: 'Token has wrong type',
    })
  })

  it('names an expired token, by its own date and by the session', async () => {
    const person = await signUp(test.ctx)
    test.clock.seconds += 14 * 86_400 + 1
    const refusal = { code: 'token_not_valid', detail: 'Token is expired' }
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toEqual(refusal)
    const other = await signUp(test.ctx)
    await test.database.sql`update sessions set idle_expires_at = created_at where id = ${other.sessionId}`
    expect(await refusalOf(refreshSession(test.ctx, other.tokens))).toEqual(refusal)
  })

  it('refuses a session that was signed out', async () => {
    const person = await signUp(test.ctx)
    const identity = await authenticate(test.ctx, person.tokens.access)
    await logout(test.ctx, { identity, refresh: person.tokens.refresh })
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toEqual(REPLAYED)
  })
})

describe('with a grace of 0', () => {
  let test: TestCore
  beforeAll(async () => {
    test = await createTestCore({ config: { refreshGraceSeconds: 0 } })
  })
  afterAll(() => test.close())

  it('answers exactly one of 50 parallel refreshes of one token, and the session is gone', async () => {
    const person = await signUp(test.ctx)
    const answers = await refreshMany(test, person.tokens.refresh)
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
    expect(await generationOf(test, person)).toBeUndefined()
  })

  it('rotates on every refresh in turn', async () => {
    const person = await signUp(test.ctx)
    let tokens = person.tokens
    for (let generation = 2; generation < 12; generation++) {
      tokens = await refreshSession(test.ctx, tokens)
      expect(readClaims(tokens.refresh).generation).toBe(generation)
    }
  })
})

describe('with a longest life of a session', () => {
  let test: TestCore
  beforeAll(async () => {
    test = await createTestCore({ config: { sessionLifetimeSeconds: 3600 } })
  })
  afterAll(() => test.close())

  it('lets no token live past it, however often the session was refreshed', async () => {
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
