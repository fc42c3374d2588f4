import { createTestCore, logIn, readClaims, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OPERATOR } from '../../steps/actor.ts'
import { authenticate } from '../../steps/authenticate.ts'
import { newId, type UserId } from '../../words/ids.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { setUserRole } from './set-user-role.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

describe('a change of role', () => {
  it('ends the sessions with the old role, and the next sign-in has the new role', async () => {
    const person = await signUp(test.ctx)
    const userId = person.userId as UserId
    const other = await signUp(test.ctx)
    await setUserRole(test.ctx, { by: OPERATOR, userId: other.userId, role: 900 })
    for (const role of [1000, 900, 7, 0]) {
      const held = await logIn(test.ctx, person)
      await setUserRole(test.ctx, { by: OPERATOR, userId, role })
      expect(await refusalOf(authenticate(test.ctx, held.access))).toMatchObject({
        detail: 'Token is invalid',
      })
      expect(await refusalOf(refreshSession(test.ctx, held))).toMatchObject({ code: 'token_not_valid' })
      const tokens = await logIn(test.ctx, person)
      for (const token of [tokens.access, tokens.refresh]) expect(readClaims(token).role).toBe(role)
      expect((await authenticate(test.ctx, tokens.access)).user.role).toBe(role)
    }
  })

  it('leaves the role of another user as it is', async () => {
    const [person, stranger] = [await signUp(test.ctx), await signUp(test.ctx)]
    await setUserRole(test.ctx, { by: OPERATOR, userId: person.userId as UserId, role: 900 })
    expect((await authenticate(test.ctx, stranger.tokens.access)).user.role).toBe(0)
  })

  it('to the role that the user has ends no session, and moves no epoch', async () => {
    const person = await signUp(test.ctx)
    const read = () => test.database.sql`
      select session_epoch, (select count(*)::int from audit_events where kind = 'role_changed') from users
      where id = ${person.userId}`
    const before = await read()
    await setUserRole(test.ctx, { by: OPERATOR, userId: person.userId as UserId, role: 0 })
    expect(await read()).toEqual(before)
    await expect(refreshSession(test.ctx, person.tokens)).resolves.toBeDefined()
  })

  it('of an unknown user is not found', async () => {
    const work = setUserRole(test.ctx, { by: OPERATOR, userId: newId<UserId>(), role: 900 })
    expect(await refusalOf(work)).toMatchObject({ code: 'not_found' })
  })
})
