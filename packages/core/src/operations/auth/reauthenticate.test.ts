import {
  createTestCore,
  logIn,
  NEW_PASSWORD,
  PASSWORD,
  type Person,
  raiseLevel,
  readClaims,
  refusalOf,
  signUp,
  signUpWithFactors,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import { requireRecent } from '../../steps/require-recent.ts'
import type { TokenPair } from '../../words/claims.ts'
import { changePassword } from '../password/change-password.ts'
import { logoutAll } from './logout-all.ts'
import { reauthenticate } from './reauthenticate.ts'
import { refreshSession } from './refresh-session.ts'

let test: TestCore
let person: Person
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  test.clock.seconds = 0
  person = await signUp(test.ctx)
})
afterAll(() => test.close())

async function confirm(tokens: Pick<TokenPair, 'access'>, password = PASSWORD, ctx = test.ctx) {
  return reauthenticate(ctx, { identity: await authenticate(ctx, tokens.access), password })
}

async function isRecent({ access }: Pick<TokenPair, 'access'>): Promise<boolean> {
  const identity = await authenticate(test.ctx, access)
  return requireRecent(test.ctx, identity).then(
    () => true,
    () => false,
  )
}

const listSessionRows = (userId: string) => test.database.sql`
  select id, acr, amr, created_at, absolute_expires_at, browser, user_agent from sessions
  where user_id = ${userId} order by id`

describe('a right password', () => {
  it('opens a successor whose proof is recent, with the same beginning, level and device', async () => {
    test.clock.seconds = 3600
    expect(await isRecent(await refreshSession(test.ctx, person.tokens))).toBe(false)
    const [before] = await listSessionRows(person.userId)
    const successor = await confirm(await refreshSession(test.ctx, person.tokens))
    expect(await isRecent(successor)).toBe(true)
    const [was, claims] = [readClaims(person.tokens.access), readClaims(successor.access)]
    expect(claims.session).not.toBe(was.session)
    expect(claims).toMatchObject({ acr: 'aal1', amr: ['pwd'], session_iat: was.session_iat })
    expect(Number(claims.auth_time) - Number(was.auth_time)).toBeGreaterThanOrEqual(3600)
    const rows = await listSessionRows(person.userId)
    expect(rows[1]).toEqual({ ...before, id: claims.session })
  })

  it('leaves the session of before at its level, and ends it with the grace', async () => {
    test.clock.seconds = 3600
    const former = await refreshSession(test.ctx, person.tokens)
    await confirm(former)
    expect(await isRecent(former)).toBe(false)
    test.clock.seconds += 10
    const again = await refreshSession(test.ctx, former)
    expect(await isRecent(again)).toBe(false)
    const { exp } = readClaims(again.access)
    expect(exp - Math.floor(Date.now() / 1000) - test.clock.seconds).toBeLessThanOrEqual(20)
    test.clock.seconds += 21
    for (const { access, refresh } of [former, again]) {
      expect(await refusalOf(authenticate(test.ctx, access))).toMatchObject({ code: 'token_not_valid' })
      expect(await refusalOf(refreshSession(test.ctx, { refresh }))).toMatchObject({
        code: 'session_expired',
      })
    }
  })

  it('does not move the last end of the session, also when it is asked again within the grace', async () => {
    const ctx = withConfig(test.ctx, { sessionLifetimeSeconds: 86_400 })
    const tokens = await logIn(ctx, person)
    const [row] = await test.database.sql`
      select absolute_expires_at from sessions where id = ${readClaims(tokens.access).session}`
    for (const answer of [await confirm(tokens), await confirm(tokens)]) {
      const { session } = readClaims(answer.access)
      const [now] = await test.database.sql`select absolute_expires_at from sessions where id = ${session}`
      expect(now).toEqual(row)
      test.clock.seconds += 31
      await expect(authenticate(test.ctx, answer.access)).resolves.toBeDefined()
      test.clock.seconds -= 31
    }
  })

  it('in another tab does not shorten the session of a tab that changes the password with the tokens of before', async () => {
    const identity = await authenticate(test.ctx, person.tokens.access)
    await confirm(person.tokens)
    const words = { oldPassword: PASSWORD, newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    const changed = await changePassword(test.ctx, { identity, ...words })
    test.clock.seconds += 3600
    await expect(refreshSession(test.ctx, changed ?? { refresh: '' })).resolves.toBeDefined()
    expect(await listSessionRows(person.userId)).toHaveLength(1)
  })

  it('whose answer got lost works again within the grace, and signs nobody out', async () => {
    await confirm(person.tokens)
    const second = await confirm(person.tokens)
    test.clock.seconds += 3600
    await expect(refreshSession(test.ctx, second)).resolves.toBeDefined()
  })

  it('keeps what was proven before: a session of aal2 stays one', async () => {
    const owner = await signUpWithFactors(test, { passkey: true, on: false })
    await raiseLevel(test, owner.sessionId)
    const { access } = await confirm(owner)
    expect(readClaims(access)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
  })

  it('survives rotations unchanged, in both tokens', async () => {
    const successor = await confirm(person.tokens)
    const { auth_time } = readClaims(successor.access)
    test.clock.seconds += 60
    const next = await refreshSession(test.ctx, successor)
    for (const token of [next.access, next.refresh]) expect(readClaims(token)).toMatchObject({ auth_time })
  })

  it('is recorded with the session that it opened', async () => {
    const { access } = await confirm(person.tokens)
    const [event] = await test.database.sql`select kind, session_id, details from audit_events
      where user_id = ${person.userId} order by id desc limit 1`
    expect(event).toEqual({
      kind: 'reauthenticated',
      session_id: readClaims(access).session,
      details: { method: 'password' },
    })
  })
})

describe('a refusal', () => {
  it('of a wrong password opens nothing', async () => {
    const before = await listSessionRows(person.userId)
    expect(await refusalOf(confirm(person.tokens, 'wrong'))).toEqual({
      code: 'invalid',
      detail: 'Invalid input.',
      fields: { password: ['Your password was entered incorrectly.'] },
    })
    expect(await listSessionRows(person.userId)).toEqual(before)
  })

  it('of a password where the second factor is on hashes nothing', async () => {
    const owner = await signUpWithFactors(test, { totp: true })
    const hashes = test.ctx.hasher.count
    expect(await refusalOf(confirm(owner))).toMatchObject({
      fields: { password: ['Use your second factor instead.'] },
    })
    expect(test.ctx.hasher.count).toBe(hashes)
  })

  it('comes when the password was changed after the check', async () => {
    const ctx = {
      ...withConfig(test.ctx, { logoutOnPasswordChange: false }),
      hasher: {
        ...test.ctx.hasher,
        verify: async (hash: string, password: string) => {
          const matches = await test.ctx.hasher.verify(hash, password)
          await test.database
            .sql`update users set session_epoch = session_epoch + 1 where id = ${person.userId}`
          return matches
        },
      },
    }
    expect(await refusalOf(confirm(person.tokens, PASSWORD, ctx))).toMatchObject({ code: 'invalid' })
  })

  it('comes in a session whose successor was ended: nothing brings a signed-out session back', async () => {
    const identity = await authenticate(test.ctx, person.tokens.access)
    const { access } = await confirm(person.tokens)
    await test.database.sql`delete from sessions where id = ${readClaims(access).session}`
    expect(await refusalOf(reauthenticate(test.ctx, { identity, password: PASSWORD }))).toMatchObject({
      code: 'token_not_valid',
    })
  })
})

describe('a confirmation racing', () => {
  it('fifty others gives each a session of its own, and all outlive the grace', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => confirm(person.tokens)))
    test.clock.seconds += 60
    await Promise.all(answers.map(({ access }) => authenticate(test.ctx, access)))
    expect(new Set(answers.map(({ access }) => readClaims(access).session)).size).toBe(50)
  })

  it('a sign-out everywhere or a change of password leaves no session of before', async () => {
    const survivors: unknown[] = []
    for (let round = 0; round < 50; round++) {
      const owner = await signUp(test.ctx)
      const identity = await authenticate(test.ctx, owner.tokens.access)
      const change = {
        identity,
        oldPassword: PASSWORD,
        newPassword1: NEW_PASSWORD,
        newPassword2: NEW_PASSWORD,
      }
      const revoke = () =>
        round % 2 ? changePassword(test.ctx, change) : logoutAll(test.ctx, { identity }).then(() => null)
      const [confirmed, revoked] = await Promise.allSettled([
        reauthenticate(test.ctx, { identity, password: PASSWORD }),
        revoke(),
      ])
      const kept =
        revoked.status === 'fulfilled' && revoked.value ? [readClaims(revoked.value.access).session] : []
      const left = (await listSessionRows(owner.userId)).map(({ id }) => id)
      // Signing out everywhere that comes first leaves nothing to confirm; one that comes second ends both.
      if (revoked.status === 'fulfilled' && left.some((id) => !kept.includes(id))) {
        survivors.push([round, confirmed.status, left.length])
      }
    }
    expect(survivors).toEqual([])
  })
})
