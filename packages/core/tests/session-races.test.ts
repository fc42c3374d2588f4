import {
  createTestCore,
  logIn,
  NEW_PASSWORD,
  PASSWORD,
  readClaims,
  signUp,
  type TestCore,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logoutAll } from '../src/operations/auth/logout-all.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { changePassword } from '../src/operations/password/change-password.ts'
import { deactivateUser } from '../src/operations/staff/deactivate-user.ts'
import { setUserRole } from '../src/operations/staff/set-user-role.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import type { TokenPair } from '../src/words/claims.ts'
import type { UserId } from '../src/words/ids.ts'
import { race } from './support/race.ts'
import { REVOCATIONS, type Revocation } from './support/revocations.ts'

const ROUNDS = 200

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

async function isLive(tokens: TokenPair): Promise<boolean> {
  return refreshSession(test.ctx, tokens).then(
    () => true,
    () => false,
  )
}

describe('a refresh racing the end of its session', () => {
  it.each(Object.keys(REVOCATIONS))(`leaves no token that works: %s, ${ROUNDS} rounds`, async (name) => {
    const revoke = REVOCATIONS[name] as Revocation
    const survivors: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const person = await signUp(test.ctx)
      const [refreshed, revoked] = await race(
        round,
        () => refreshSession(test.ctx, person.tokens),
        () => revoke(test.ctx, person),
      )
      expect(revoked.status).toBe('fulfilled')
      const held = refreshed.status === 'fulfilled' ? [person.tokens, refreshed.value] : [person.tokens]
      for (const tokens of held) if (await isLive(tokens)) survivors.push(round)
    }
    expect(survivors).toEqual([])
  })
})

describe('a sign-in with the old password racing a password change', () => {
  it(`leaves no session of the old password, ${ROUNDS} rounds`, async () => {
    const survivors: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const person = await signUp(test.ctx)
      const identity = await authenticate(test.ctx, person.tokens.access)
      const change = {
        identity,
        oldPassword: PASSWORD,
        newPassword1: NEW_PASSWORD,
        newPassword2: NEW_PASSWORD,
      }
      const [signedIn, changed] = await race(
        round,
        () => logIn(test.ctx, person),
        () => changePassword(test.ctx, change),
      )
      expect(changed.status).toBe('fulfilled')
      if (signedIn.status === 'fulfilled' && (await isLive(signedIn.value))) survivors.push(round)
      if (changed.status === 'fulfilled' && changed.value) expect(await isLive(changed.value)).toBe(true)
    }
    expect(survivors).toEqual([])
  })
})

describe('a sign-in racing a deactivation or a change of role', () => {
  it('leaves no session of a deactivated user, which a reactivation would bring back', async () => {
    for (let round = 0; round < 100; round++) {
      const person = await signUp(test.ctx)
      const userId = person.userId as UserId
      await race(
        round,
        () => logIn(test.ctx, person),
        () => deactivateUser(test.ctx, { by: OPERATOR, userId }),
      )
      expect(await test.database.sql`select 1 from sessions where user_id = ${userId}`).toHaveLength(0)
    }
  })

  it('leaves no live session with the old role', async () => {
    for (let round = 0; round < 100; round++) {
      const person = await signUp(test.ctx)
      const userId = person.userId as UserId
      const [signedIn] = await race(
        round,
        () => logIn(test.ctx, person),
        () => setUserRole(test.ctx, { by: OPERATOR, userId, role: 1000 }),
      )
      if (signedIn.status === 'rejected') throw signedIn.reason
      if (await isLive(signedIn.value)) expect(readClaims(signedIn.value.access).role).toBe(1000)
    }
  })
})

describe('two changes of one password at once', () => {
  it.each([true, false])('succeed once with LOGOUT_ON_PASSWORD_CHANGE=%s', async (logoutOnPasswordChange) => {
    const ctx = { ...test.ctx, config: { ...test.ctx.config, logoutOnPasswordChange } }
    for (let round = 0; round < 20; round++) {
      const person = await signUp(ctx)
      const identity = await authenticate(ctx, person.tokens.access)
      const results = await Promise.allSettled(
        ['one fine battery', 'two fine batteries'].map((password) =>
          changePassword(ctx, {
            identity,
            oldPassword: PASSWORD,
            newPassword1: password,
            newPassword2: password,
          }),
        ),
      )
      const lost = results.filter((result) => result.status === 'rejected')
      expect(lost).toHaveLength(1)
      expect(lost[0]?.reason).toMatchObject({
        fields: { oldPassword: ['Your old password was entered incorrectly. Please enter it again.'] },
      })
    }
  })
})

describe('a password change racing a sign-out everywhere', () => {
  it('brings no ended session back', async () => {
    for (let round = 0; round < 40; round++) {
      const person = await signUp(test.ctx)
      const identity = await authenticate(test.ctx, person.tokens.access)
      const change = {
        identity,
        oldPassword: PASSWORD,
        newPassword1: NEW_PASSWORD,
        newPassword2: NEW_PASSWORD,
      }
      const [changed] = await race(
        round,
        () => changePassword(test.ctx, change),
        () => logoutAll(test.ctx, { identity }),
      )
      const [row] = await test.database
        .sql`select count(*)::int from sessions where user_id = ${person.userId}`
      const alive = changed.status === 'fulfilled' && changed.value ? await isLive(changed.value) : false
      expect(row?.count).toBe(alive ? 1 : 0)
      if (changed.status === 'rejected') await expect(logIn(test.ctx, person)).resolves.toBeDefined()
      else expect(readClaims(changed.value?.access ?? '').session).not.toBe(person.sessionId)
    }
  })
})
