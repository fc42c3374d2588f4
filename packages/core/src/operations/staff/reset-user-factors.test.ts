import {
  createMailingCore,
  createTestCore,
  type FactorOwner,
  logIn,
  type MailingCore,
  NEW_PASSWORD,
  PASSWORD,
  type Person,
  refusalOf,
  requireTokens,
  signUp,
  signUpWithFactors,
  type TestCore,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Actor, OPERATOR } from '../../steps/actor.ts'
import { authenticate } from '../../steps/authenticate.ts'
import { login } from '../auth/login.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { verifyRecoveryCode } from '../mfa/verify-recovery-code.ts'
import { openResetLink } from '../password/open-reset-link.ts'
import { setNewPassword } from '../password/set-new-password.ts'
import { resetUserFactors } from './reset-user-factors.ts'
import { sendUserReset } from './send-user-reset.ts'

const EVERY_FACTOR = { totp: true, passkey: true, codes: true }
const NEW = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD, signIn: true }
const GONE = { code: 'token_not_valid' }

let test: MailingCore
let owner: FactorOwner
beforeAll(async () => {
  test = await createMailingCore()
})
beforeEach(async () => {
  owner = await signUpProven(test)
})
afterAll(() => test.close())

async function signUpProven(core: TestCore): Promise<FactorOwner> {
  const made = await signUpWithFactors(core, EVERY_FACTOR)
  await core.database.sql`update users set email_verified = true where id = ${made.userId}`
  await core.database.sql`insert into code_attempts (user_id, scope, window_started_at, in_window, in_a_row)
    values (${made.userId}, 'anywhere', now(), 3, 100)`
  return made
}

/** A member of staff, or another superuser. */
async function actorOf(core: TestCore, role: number): Promise<Actor> {
  const { userId, tokens }: Person = await signUp(core.ctx)
  await core.database.sql`update users set role = ${role} where id = ${userId}`
  return { kind: 'staff', identity: await authenticate(core.ctx, tokens.access) }
}

async function factorsOf(core: TestCore, userId: string) {
  const [row] = await core.database.sql`select second_factor, session_epoch, is_active, role,
    (select count(*)::int from totp_factors where user_id = u.id) as apps,
    (select count(*)::int from passkeys where user_id = u.id) as passkeys,
    (select count(*)::int from recovery_codes where user_id = u.id) as codes,
    (select count(*)::int from code_attempts where user_id = u.id) as attempts,
    (select count(*)::int from sessions where user_id = u.id) as sessions
    from users u where id = ${userId}`
  return row
}

const NONE = { second_factor: false, apps: 0, passkeys: 0, codes: 0, attempts: 0, sessions: 0 }
const reset = (by: Actor = OPERATOR) => resetUserFactors(test.ctx, { by, userId: owner.userId })
const eventsOf = (userId: string) => test.database.sql`
  select kind, actor, details from audit_events where user_id = ${userId} order by id desc limit 2`

describe('a reset of second factors', () => {
  it('removes every factor and every count, and ends every session and challenge', async () => {
    const half = await login(test.ctx, owner)
    const before = await factorsOf(test, owner.userId)
    expect(await reset(await actorOf(test, 1000))).toEqual({
      sessions: 1,
      keepsPassword: false,
      isMailed: true,
    })
    expect(await factorsOf(test, owner.userId)).toEqual({
      ...before,
      ...NONE,
      session_epoch: (before?.session_epoch ?? 0) + 1,
    })
    expect(await refusalOf(authenticate(test.ctx, owner.access))).toMatchObject(GONE)
    expect(await refusalOf(refreshSession(test.ctx, owner))).toMatchObject(GONE)
    const challengeId = 'challengeId' in half ? half.challengeId : ''
    const answer = verifyRecoveryCode(test.ctx, { challengeId, recoveryCode: 'x'.repeat(24) })
    expect(await refusalOf(answer)).toMatchObject({ code: 'challenge_invalid' })
  })

  it('makes the password useless, and mails a link that sets one once and signs in', async () => {
    await reset()
    expect(await refusalOf(login(test.ctx, owner))).toMatchObject({ code: 'incorrect_credentials' })
    const { secret: token } = await test.mailbox.next(owner.email, 'reset-password')
    const set = () => setNewPassword(test.ctx, { proof: { token }, ...NEW })
    requireTokens(await set())
    expect(await refusalOf(set())).toMatchObject(GONE)
    await expect(logIn(test.ctx, { ...owner, password: NEW_PASSWORD })).resolves.toBeDefined()
    expect(await refusalOf(login(test.ctx, owner))).toMatchObject({ code: 'incorrect_credentials' })
  })

  it('tells the owner, and records who did it', async () => {
    await reset(await actorOf(test, 1000))
    const kinds = await test.mailbox.kindsTo(owner.email)
    expect(kinds.toSorted()).toEqual(['reset-password', 'second-factor-changed'])
    const { text } = await test.mailbox.next(owner.email, 'second-factor-changed')
    expect(text).toContain('Your second factors were removed by support.')
    expect(await eventsOf(owner.userId)).toEqual([
      { kind: 'password_reset_sent', actor: 'staff', details: { invitation: false } },
      { kind: 'factors_reset', actor: 'staff', details: { reason: 'staff' } },
    ])
  })

  it('ends the links of before, so that only the new one sets a password', async () => {
    await sendUserReset(test.ctx, { by: OPERATOR, userId: owner.userId })
    const { path, secret } = await test.mailbox.next(owner.email, 'reset-password')
    const link = { uid: path.split('/').at(-3) ?? '', token: secret }
    expect(await openResetLink(test.ctx, link)).not.toBeNull()
    await reset()
    expect(await openResetLink(test.ctx, link)).toBeNull()
  })

  it('leaves no session of a sign-in that began before it', async () => {
    await test.database.sql`update users set second_factor = false where id = ${owner.userId}`
    const attempts = Array.from({ length: 6 }, () => login(test.ctx, owner))
    await Promise.allSettled([...attempts, reset()])
    expect(await factorsOf(test, owner.userId)).toMatchObject(NONE)
  })

  it('of a user without a factor ends the sessions too, and does not say that one was removed', async () => {
    const { userId, email } = await signUp(test.ctx)
    await resetUserFactors(test.ctx, { by: OPERATOR, userId })
    expect(await test.mailbox.kindsTo(email)).toEqual(['reset-password'])
    expect(await factorsOf(test, userId)).toMatchObject(NONE)
  })

  it('of a deactivated user mails no link, because none would work', async () => {
    await test.database.sql`update users set is_active = false where id = ${owner.userId}`
    expect(await reset()).toEqual({ sessions: 1, keepsPassword: false, isMailed: false })
    expect(await factorsOf(test, owner.userId)).toMatchObject({ ...NONE, is_active: false })
    expect(await test.mailbox.kindsTo(owner.email)).toEqual(['second-factor-changed'])
  })

  it('with keepPassword leaves the password, mails no link, and ends the rest', async () => {
    const input = { by: OPERATOR, userId: owner.userId, keepPassword: true }
    expect(await resetUserFactors(test.ctx, input)).toMatchObject({ keepsPassword: true, isMailed: false })
    expect(await factorsOf(test, owner.userId)).toMatchObject(NONE)
    await expect(logIn(test.ctx, { ...owner, password: PASSWORD })).resolves.toBeDefined()
    expect(await test.mailbox.kindsTo(owner.email)).toEqual(['second-factor-changed'])
  })

  it('of the last superuser is for the operator, and leaves the role', async () => {
    await test.database.sql`update users set role = 0`
    await test.database.sql`update users set role = 900 where id = ${owner.userId}`
    await reset()
    expect(await factorsOf(test, owner.userId)).toMatchObject({ ...NONE, role: 900, is_active: true })
  })
})

describe('on a server that sends no mail', () => {
  let silent: TestCore
  beforeAll(async () => {
    silent = await createTestCore()
  })
  afterAll(() => silent.close())

  it('superusers alone reset second factors, and the password stays', async () => {
    const stuck = await signUpProven(silent)
    const before = await factorsOf(silent, stuck.userId)
    const resetBy = async (role: number) =>
      resetUserFactors(silent.ctx, { by: await actorOf(silent, role), userId: stuck.userId })
    expect(await refusalOf(resetBy(1000))).toMatchObject({ code: 'permission_denied' })
    expect(await factorsOf(silent, stuck.userId)).toEqual(before)
    expect(await resetBy(900)).toEqual({ sessions: 1, keepsPassword: true, isMailed: false })
    expect(await factorsOf(silent, stuck.userId)).toMatchObject(NONE)
    await expect(logIn(silent.ctx, stuck)).resolves.toBeDefined()
    expect(await silent.database.sql`select 1 from capabilities`).toEqual([])
  })
})
