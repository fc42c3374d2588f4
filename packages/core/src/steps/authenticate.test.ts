import { createTestCore, logIn, type Person, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { logoutAll } from '../operations/auth/logout-all.ts'
import { refreshSession } from '../operations/auth/refresh-session.ts'
import { revokeSession } from '../operations/sessions/revoke-session.ts'
import { deactivateUser } from '../operations/staff/deactivate-user.ts'
import { reactivateUser } from '../operations/staff/reactivate-user.ts'
import { deleteOwnUser } from '../operations/user/delete-own-user.ts'
import { DomainError } from '../words/errors.ts'
import type { UserId } from '../words/ids.ts'
import { OPERATOR } from './actor.ts'
import { authenticate, authenticateForLogout } from './authenticate.ts'

let test: TestCore
let person: Person
beforeAll(async () => {
  test = await createTestCore({ config: { sessionLifetimeSeconds: 20 * 86_400 } })
})
beforeEach(async () => {
  person = await signUp(test.ctx)
})
afterAll(() => test.close())

const BOTH = { authenticate, authenticateForLogout }

function refused(detail: string) {
  return { code: 'token_not_valid', detail }
}

describe('a good access token', () => {
  it('returns its user with the present values of the database', async () => {
    await test.database.sql`update users set role = 900, email_verified = true where id = ${person.userId}`
    expect(await authenticate(test.ctx, person.tokens.access)).toEqual({
      userId: person.userId,
      sessionId: person.sessionId,
      sessionCreatedAt: expect.any(Date),
      acr: 'aal1',
      authAgeSeconds: expect.any(Number),
      secondFactor: false,
      user: {
        id: person.userId,
        externalId: null,
        email: person.email,
        firstName: 'Ada',
        lastName: 'Lovelace',
        role: 900,
        emailVerified: true,
        language: null,
        hasUsablePassword: true,
      },
    })
  })

  it('still works after a refresh', async () => {
    const renewed = await refreshSession(test.ctx, person.tokens)
    for (const token of [person.tokens.access, renewed.access]) {
      expect(await authenticate(test.ctx, token)).toMatchObject({ sessionId: person.sessionId })
    }
  })
})

describe('an access token whose session has ended', () => {
  it('is refused at once after a revocation, and the other session goes on', async () => {
    const other = await logIn(test.ctx, person)
    const identity = await authenticate(test.ctx, other.access)
    await revokeSession(test.ctx, { identity, sessionId: person.sessionId })
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(refused('Token is invalid'))
    await expect(authenticate(test.ctx, other.access)).resolves.toEqual({
      ...identity,
      authAgeSeconds: expect.any(Number),
    })
  })

  it('is refused at once after a sign-out everywhere', async () => {
    const identity = await authenticate(test.ctx, person.tokens.access)
    await logoutAll(test.ctx, { identity })
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(refused('Token is invalid'))
  })

  it.each(['idle_expires_at', 'absolute_expires_at'])('is refused after %s', async (column) => {
    const { sql } = test.database
    await sql`update sessions set ${sql(column)} = now() where id = ${person.sessionId}`
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(refused('Token is invalid'))
  })

  it('is refused when the session belongs to another user', async () => {
    const stranger = await signUp(test.ctx)
    await test.database.sql`update sessions set user_id = ${stranger.userId} where id = ${person.sessionId}`
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(refused('Token is invalid'))
  })
})

describe.each(Object.entries(BOTH))('%s', (_, operation) => {
  it('refuses a deleted user with user_not_found', async () => {
    const identity = await authenticate(test.ctx, person.tokens.access)
    await deleteOwnUser(test.ctx, { identity, password: person.password })
    expect(await refusalOf(operation(test.ctx, person.tokens.access))).toMatchObject({
      code: 'user_not_found',
    })
  })

  it('refuses a deactivated user with user_inactive', async () => {
    await deactivateUser(test.ctx, { by: OPERATOR, userId: person.userId as UserId })
    expect(await refusalOf(operation(test.ctx, person.tokens.access))).toMatchObject({
      code: 'user_inactive',
    })
  })

  it('refuses a refresh token and garbage with the messages of the contract', async () => {
    expect(await refusalOf(operation(test.ctx, person.tokens.refresh))).toEqual(
      refused('Token has wrong type'),
    )
    for (const token of ['', 'x', 'a.b.c', `${person.tokens.access}x`]) {
      const error = await operation(test.ctx, token).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(DomainError)
      expect(error).toMatchObject({
        code: 'token_not_valid',
        message: 'Given token not valid for any token type',
        messages: [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid' }],
      })
    }
  })
})

describe('an expired access token', () => {
  it('is refused after its exp, and only a sign-out still accepts it', async () => {
    test.clock.seconds += 29 * 60
    await expect(authenticate(test.ctx, person.tokens.access)).resolves.toBeDefined()
    test.clock.seconds += 60
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(refused('Token is expired'))
    expect(await authenticateForLogout(test.ctx, person.tokens.access)).toEqual({ userId: person.userId })
  })
})

describe('a sign-out', () => {
  it('accepts an access token whose session has ended', async () => {
    const identity = await authenticate(test.ctx, person.tokens.access)
    await logoutAll(test.ctx, { identity })
    expect(await authenticateForLogout(test.ctx, person.tokens.access)).toEqual({ userId: person.userId })
  })
})

describe('a reactivated user', () => {
  it('gets no session back', async () => {
    const userId = person.userId as UserId
    await deactivateUser(test.ctx, { by: OPERATOR, userId })
    await reactivateUser(test.ctx, { by: OPERATOR, userId })
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(refused('Token is invalid'))
    await expect(logIn(test.ctx, person)).resolves.toBeDefined()
  })
})
