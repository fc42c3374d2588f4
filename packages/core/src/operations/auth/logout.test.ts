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
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authenticate, authenticateForLogout } from '../../steps/authenticate.ts'
import type { Identity } from '../../steps/identity.ts'
import { logout } from './logout.ts'
import { refreshSession } from './refresh-session.ts'

const INVALID = { code: 'invalid_refresh_token', detail: 'Invalid token.' }

let test: TestCore
let person: Person
let identity: Identity
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await signUp(test.ctx)
  identity = await authenticate(test.ctx, person.tokens.access)
})
afterAll(() => test.close())

async function isLive(refresh: string): Promise<boolean> {
  const [row] = await test.database.sql`select 1 from sessions where id = ${readClaims(refresh).session}`
  return row !== undefined
}

describe('signing out', () => {
  it('ends the session of the refresh token, and no other', async () => {
    const other = await logIn(test.ctx, person)
    await logout(test.ctx, { identity, refresh: person.tokens.refresh })
    expect(await isLive(person.tokens.refresh)).toBe(false)
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toMatchObject({
      code: 'token_not_valid',
    })
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toMatchObject({
      detail: 'Token is invalid',
    })
    await expect(authenticate(test.ctx, other.access)).resolves.toBeDefined()
  })

  it('ends another session of the caller when it gets the refresh token of that session', async () => {
    const other = await logIn(test.ctx, person)
    await logout(test.ctx, { identity, refresh: other.refresh })
    expect(await isLive(other.refresh)).toBe(false)
    expect(await isLive(person.tokens.refresh)).toBe(true)
  })

  it('with a replaced refresh token ends its live session', async () => {
    let tokens = person.tokens
    for (let step = 0; step < 3; step++) {
      tokens = await refreshSession(test.ctx, tokens)
      test.clock.seconds += 31
    }
    await logout(test.ctx, { identity, refresh: person.tokens.refresh })
    expect(await refusalOf(refreshSession(test.ctx, tokens))).toMatchObject({ code: 'token_not_valid' })
    expect(await isLive(tokens.refresh)).toBe(false)
  })

  it('works with an expired access token', async () => {
    test.clock.seconds += 2 * 86_400
    const sleeper = await authenticateForLogout(test.ctx, person.tokens.access)
    await logout(test.ctx, { identity: sleeper, refresh: person.tokens.refresh })
    expect(await isLive(person.tokens.refresh)).toBe(false)
  })

  it('of one session ten times at once succeeds once', async () => {
    const input = { identity, refresh: person.tokens.refresh }
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => logout(test.ctx, input)))
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
  })
})

describe('a refresh token that is not of a live session of the caller', () => {
  const refuse = async (refresh: string, caller = identity) =>
    expect(await refusalOf(logout(test.ctx, { identity: caller, refresh }))).toEqual(INVALID)

  it('is refused when it is garbage', async () => {
    for (const refresh of ['', 'x', 'a.b.c', '\u0000', `${person.tokens.refresh}x`, 'null'])
      await refuse(refresh)
    expect(await isLive(person.tokens.refresh)).toBe(true)
  })

  it('is refused when it belongs to another user, whose session goes on', async () => {
    const stranger = await signUp(test.ctx)
    await refuse(stranger.tokens.refresh)
    expect(await isLive(stranger.tokens.refresh)).toBe(true)
    await refuse(person.tokens.refresh, await authenticate(test.ctx, stranger.tokens.access))
    expect(await isLive(person.tokens.refresh)).toBe(true)
  })

  it('is refused when its session was signed out before', async () => {
    await logout(test.ctx, { identity, refresh: person.tokens.refresh })
    await refuse(person.tokens.refresh)
  })

  it('is refused when it is an access token', async () => {
    await refuse(person.tokens.access)
    expect(await isLive(person.tokens.refresh)).toBe(true)
  })

  it('is refused when it has expired, or when its session has', async () => {
    await test.database.sql`update sessions set idle_expires_at = now() where id = ${person.sessionId}`
    await refuse(person.tokens.refresh)
    test.clock.seconds += 14 * 86_400 + 1
    await refuse(person.tokens.refresh)
  })

  it('is refused when its generation is invalid or missing', async () => {
    const { kid, key } = test.ctx.secrets['refresh-token'].current
    for (const generation of [0, -1, 1.5, '1', 2 ** 31, null, undefined]) {
      const claims = { ...readClaims(person.tokens.refresh), generation }
      const token = new SignJWT(JSON.parse(JSON.stringify(claims))).setProtectedHeader({ alg: 'HS256', kid })
      await refuse(await token.sign(key))
    }
    expect(await isLive(person.tokens.refresh)).toBe(true)
  })
})
