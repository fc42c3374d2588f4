import { createTestCore, type Person, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { login } from '../operations/auth/login.ts'
import { logoutAll } from '../operations/auth/logout-all.ts'
import { refreshSession } from '../operations/auth/refresh-session.ts'
import { revokeSession } from '../operations/sessions/revoke-session.ts'
import { deactivateUser } from '../operations/staff/deactivate-user.ts'
import { reactivateUser } from '../operations/staff/reactivate-user.ts'
import { deleteOwnUser } from '../operations/user/delete-own-user.ts'
import { OPERATOR } from '../words/actor.ts'
import { DomainError } from '../words/errors.ts'
import type { UserId } from '../words/ids.ts'
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
  it('proves who calls, as the database knows them today', async () => {
    await test.database.sql`update users set role = 900, email_verified = true where id = ${person.userId}`
    expect(await authenticate(test.ctx, person.tokens.access)).toEqual({
      userId: person.userId,
      sessionId: person.sessionId,
      user: {
        id: person.userId,
        email: person.email,
        firstName: 'Ada',
        lastName: 'Lovelace',
        role: 900,
        emailVerified: true,
      },
    })
  })

  it('goes on working beside the tokens of a refresh', async () => {
    const renewed = await refreshSession(test.ctx, person.tokens)
    for (const token of [person.tokens.access, renewed.access]) {
      expect(await authenticate(test.ctx, token)).toMatchObject({ sessionId: person.sessionId })
    }
  })
})

describe('a session that has ended', () => {
  it('is dead at once, by revocation, and the other session lives', async () => {
    const other = await login(test.ctx, person)
    const identity = await authenticate(test.ctx, other.access)
    await revokeSession(test.ctx, { identity, sessionId: person.sessionId })
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(refused('Token is invalid'))
    await expect(authenticate(test.ctx, other.access)).resolves.toEqual(identity)
  })

  it('is dead at once, by signing out everywhere', async () => {
    const identity = await authenticate(test.ctx, person.tokens.access)
    await logoutAll(test.ctx, { identity })
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(refused('Token is invalid'))
  })

  it.each(['idle_expires_at', 'absolute_expires_at'])('is dead by %s', async (column) => {
    const { sql } = test.database
    await sql`update sessions set ${sql(column)} = now() where id = ${person.sessionId}`
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(refused('Token is invalid'))
  })

  it('is dead when its row belongs to somebody else', async () => {
    const stranger = await signUp(test.ctx)
    await test.database.sql`update sessions set user_id = ${stranger.userId} where id = ${person.sessionId}`
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(refused('Token is invalid'))
  })
})

describe.each(Object.entries(BOTH))('%s', (_, operation) => {
  it('names a deleted account', async () => {
    const identity = await authenticate(test.ctx, person.tokens.access)
    await deleteOwnUser(test.ctx, { identity, password: person.password })
    expect(await refusalOf(operation(test.ctx, person.tokens.access))).toMatchObject({
      code: 'user_not_found',
    })
  })

  it('names a deactivated account', async () => {
    await deactivateUser(test.ctx, { by: OPERATOR, userId: person.userId as UserId })
    expect(await refusalOf(operation(test.ctx, person.tokens.access))).toMatchObject({
      code: 'user_inactive',
    })
  })

  it('refuses the wrong kind of token and nonsense, in the words of the contract', async () => {
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

describe('the date of an access token', () => {
  it('ends it to the second, and only signing out still takes it', async () => {
    test.clock.seconds += 30 * 60 - 2
    await expect(authenticate(test.ctx, person.tokens.access)).resolves.toBeDefined()
    test.clock.seconds += 3
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(refused('Token is expired'))
    expect(await authenticateForLogout(test.ctx, person.tokens.access)).toMatchObject({
      userId: person.userId,
      sessionId: person.sessionId,
    })
  })
})

describe('signing out', () => {
  it('also takes a token whose session has ended', async () => {
    const identity = await authenticate(test.ctx, person.tokens.access)
    await logoutAll(test.ctx, { identity })
    expect(await authenticateForLogout(test.ctx, person.tokens.access)).toEqual(identity)
  })
})

describe('a reactivated account', () => {
  it('gets no session back', async () => {
    const userId = person.userId as UserId
    await deactivateUser(test.ctx, { by: OPERATOR, userId })
    await reactivateUser(test.ctx, { by: OPERATOR, userId })
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(refused('Token is invalid'))
    await expect(login(test.ctx, person)).resolves.toBeDefined()
  })
})
