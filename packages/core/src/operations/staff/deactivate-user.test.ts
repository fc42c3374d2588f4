import {
  createTestCore,
  logIn,
  type Person,
  readClaims,
  refusalOf,
  signUp,
  type TestCore,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { OPERATOR } from '../../steps/actor.ts'
import { authenticate } from '../../steps/authenticate.ts'
import { newId, type UserId } from '../../words/ids.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { deactivateUser } from './deactivate-user.ts'
import { reactivateUser } from './reactivate-user.ts'

let test: TestCore
let person: Person
let userId: UserId
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await signUp(test.ctx)
  userId = person.userId as UserId
})
afterAll(() => test.close())

describe('a deactivated user', () => {
  it('loses every session at once, and no other user loses one', async () => {
    const stranger = await signUp(test.ctx)
    const other = await logIn(test.ctx, person)
    await deactivateUser(test.ctx, { by: OPERATOR, userId })
    for (const tokens of [person.tokens, other]) {
      expect(await refusalOf(authenticate(test.ctx, tokens.access))).toMatchObject({ code: 'user_inactive' })
      expect(await refusalOf(refreshSession(test.ctx, tokens))).toMatchObject({ code: 'token_not_valid' })
    }
    await expect(refreshSession(test.ctx, stranger.tokens)).resolves.toBeDefined()
  })

  it('cannot refresh, even if a session were left', async () => {
    await test.database.sql`update users set is_active = false where id = ${userId}`
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toMatchObject({
      code: 'token_not_valid',
    })
  })

  it('gets no tokens within a grace, even if a session were left', async () => {
    const current = await refreshSession(test.ctx, person.tokens)
    await test.database.sql`update users set is_active = false where id = ${userId}`
    for (const tokens of [current, person.tokens]) {
      expect(await refusalOf(refreshSession(test.ctx, tokens))).toMatchObject({ code: 'token_not_valid' })
    }
  })

  it('can be deactivated again', async () => {
    await deactivateUser(test.ctx, { by: OPERATOR, userId })
    await expect(deactivateUser(test.ctx, { by: OPERATOR, userId })).resolves.toBeUndefined()
  })
})

describe('a reactivated user', () => {
  it('signs in with its old password and role, and its old sessions stay ended', async () => {
    await test.database.sql`update users set role = 1000 where id = ${userId}`
    await deactivateUser(test.ctx, { by: OPERATOR, userId })
    await reactivateUser(test.ctx, { by: OPERATOR, userId })
    expect(readClaims((await logIn(test.ctx, person)).access)).toMatchObject({ sub: userId, role: 1000 })
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toMatchObject({
      code: 'token_not_valid',
    })
  })

  it('that was active before keeps its sessions', async () => {
    await reactivateUser(test.ctx, { by: OPERATOR, userId })
    await expect(refreshSession(test.ctx, person.tokens)).resolves.toBeDefined()
  })
})

it.each(Object.entries({ deactivateUser, reactivateUser }))(
  '%s answers not_found for an unknown user',
  async (_, operation) => {
    expect(await refusalOf(operation(test.ctx, { by: OPERATOR, userId: newId<UserId>() }))).toMatchObject({
      code: 'not_found',
    })
  },
)
