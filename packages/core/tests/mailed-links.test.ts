import { createTestCore, PASSWORD, signUp, type TestCore } from '@latchkey/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { login } from '../src/operations/auth/login.ts'
import { confirmEmailChange } from '../src/operations/email/confirm-email-change.ts'
import { requestEmailChange } from '../src/operations/email/request-email-change.ts'
import { findResetTarget } from '../src/operations/password/open-reset-link.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { setNewPassword } from '../src/operations/password/set-new-password.ts'
import { register } from '../src/operations/registration/register.ts'
import { verifyEmail } from '../src/operations/registration/verify-email.ts'
import { createUser } from '../src/operations/staff/create-user.ts'
import { deactivateUser } from '../src/operations/staff/deactivate-user.ts'
import { deleteUser } from '../src/operations/staff/delete-user.ts'
import { reactivateUser } from '../src/operations/staff/reactivate-user.ts'
import { sendUserReset } from '../src/operations/staff/send-user-reset.ts'
import { setUserEmail } from '../src/operations/staff/set-user-email.ts'
import type { MailRequest } from '../src/services/mail/mail-kinds.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'

const NEW = { newPassword1: 'another horse battery', newPassword2: 'another horse battery' }

let test: TestCore
let ctx: Context
let mails: MailRequest[]
beforeEach(async () => {
  test = await createTestCore({ config: { emailVerification: 'optional' } })
  mails = []
  const queue = async (_: unknown, mail: MailRequest) => void mails.push(mail)
  ctx = { ...test.ctx, outbox: { ...test.ctx.outbox, sends: true, queue } }
})
afterEach(() => test.close())

/** Returns the secret of the link in the newest mail of a kind. */
function secretOf(kind: MailRequest['kind']): string {
  const { link = '' } = (mails.findLast((mail) => mail.kind === kind)?.variables ?? {}) as { link?: string }
  return link.split('/').at(-2) ?? ''
}

const kindsOf = async (email: string) => {
  const rows = await test.database.sql`
    select kind, details from audit_events where user_id = (select id from users where email = ${email}) order by id`
  return rows.map(({ kind, details }) => (details.method ? `${kind} by ${details.method}` : kind))
}

it('a password reset by a mailed link is recorded once, with its sign-in', async () => {
  const { email } = await signUp(ctx)
  await requestPasswordReset(ctx, { email })
  const proof = { token: secretOf('reset-password') }
  const input = { proof, ...NEW, signIn: true }
  await Promise.allSettled([setNewPassword(ctx, input), setNewPassword(ctx, input)])
  expect(await kindsOf(email)).toEqual([
    'registered',
    'login by registration',
    'password_reset',
    'login by password_reset',
  ])
})

it('a change of address is recorded at the request and at the change', async () => {
  const person = await signUp(ctx)
  const identity = await authenticate(ctx, person.tokens.access)
  await requestEmailChange(ctx, { identity, newEmail: 'next@example.com', password: PASSWORD })
  const key = secretOf('confirm-email-change')
  await Promise.allSettled([confirmEmailChange(ctx, { key }), confirmEmailChange(ctx, { key })])
  expect((await kindsOf('next@example.com')).slice(2)).toEqual(['email_change_requested', 'email_changed'])
  const rows = await test.database.sql`select t::text from audit_events t`
  expect(JSON.stringify(rows)).not.toContain('@')
})

it('a pending sign-up is recorded when its link creates the user', async () => {
  const mandatory: Context = { ...ctx, config: { ...ctx.config, emailVerification: 'mandatory' } }
  const email = 'pending@example.com'
  await register(mandatory, { email, password1: PASSWORD, password2: PASSWORD, firstName: '', lastName: '' })
  expect(await test.database.sql`select 1 from audit_events`).toHaveLength(0)
  const key = secretOf('confirm-registration')
  await Promise.allSettled([verifyEmail(mandatory, { key }), verifyEmail(mandatory, { key })])
  expect(await kindsOf(email)).toEqual(['registered'])
})

it('an invited user sets a password by the mailed link and signs in with it', async () => {
  const email = 'invited@example.com'
  const made = await createUser(ctx, { by: OPERATOR, email, firstName: '', lastName: '', role: 0 })
  expect(made.emailVerified).toBe(false)
  await setNewPassword(ctx, { proof: { token: secretOf('invitation') }, ...NEW, signIn: false })
  await login(ctx, { email, password: NEW.newPassword1 })
  expect(await kindsOf(email)).toEqual([
    'account_created',
    'password_reset_sent',
    'password_reset',
    'login by password',
  ])
})

const invite = (email: string) =>
  createUser(ctx, { by: OPERATOR, email, firstName: '', lastName: '', role: 0 })

/** Describes the newest mail: its kind, and the life of its link in hours. */
function describeMail(): [string | undefined, number | undefined] {
  const mail = mails.at(-1)
  const { lifetime } = (mail?.variables ?? {}) as { lifetime?: number }
  return [mail?.kind, lifetime === undefined ? undefined : lifetime / 3600]
}

describe('an invitation', () => {
  it('has a mail of its own and works for three days, and a reset works for an hour as before', async () => {
    const { id: userId } = await invite('invited@example.com')
    expect(describeMail()).toEqual(['invitation', 72])
    const token = secretOf('invitation')
    const expiry = test.database.sql`
      select extract(epoch from expires_at - created_at)::int as seconds from capabilities where user_id = ${userId}`
    expect(await expiry).toEqual([{ seconds: 3 * 86_400 }])
    test.clock.seconds += 3 * 86_400 - 60
    expect(await findResetTarget(ctx, { token })).toMatchObject({ isInvitation: true })
    test.clock.seconds += 120
    expect(await findResetTarget(ctx, { token })).toBeNull()
  })

  it('is sent again by staff until somebody has used the account, and then a reset is sent', async () => {
    const { id: userId } = await invite('again@example.com')
    await sendUserReset(ctx, { by: OPERATOR, userId })
    expect(describeMail()).toEqual(['invitation', 72])
    await setNewPassword(ctx, { proof: { token: secretOf('invitation') }, ...NEW, signIn: false })
    expect(describeMail()[0]).toBe('password-set')
    await sendUserReset(ctx, { by: OPERATOR, userId })
    expect(describeMail()).toEqual(['reset-password', 1])
    const rows = await test.database.sql`
      select details from audit_events where user_id = ${userId} and kind = 'password_reset_sent' order by id`
    expect(rows.map(({ details }) => details.invitation)).toEqual([true, true, false])
  })

  it('that has expired gives way to a reset which its user asks for, whose form is that of an invitation', async () => {
    const { email } = await invite('late@example.com')
    test.clock.seconds += 4 * 86_400
    await requestPasswordReset(ctx, { email })
    expect(describeMail()).toEqual(['reset-password', 1])
    const proof = { token: secretOf('reset-password') }
    expect(await findResetTarget(ctx, proof)).toMatchObject({ isInvitation: true })
    await setNewPassword(ctx, { proof, ...NEW, signIn: false })
    expect(describeMail()[0]).toBe('password-set')
  })

  it('goes out again to the address that staff corrected', async () => {
    const { id: userId } = await invite('mistyped@example.com')
    await setUserEmail(ctx, { by: OPERATOR, userId, email: 'corrected@example.com' })
    await sendUserReset(ctx, { by: OPERATOR, userId })
    expect(describeMail()).toEqual(['invitation', 72])
  })

  it('names nobody, and no name that somebody typed', async () => {
    const by = OPERATOR
    await createUser(ctx, {
      by,
      email: 'named@example.com',
      firstName: 'Zanzibara',
      lastName: 'Zibarelli',
      role: 0,
    })
    expect(JSON.stringify(mails)).not.toMatch(/Zanzibara|Zibarelli/)
  })
})

it('a reset of a user for whom staff chose a password is no invitation, also before the first sign-in', async () => {
  const user = { email: 'ready@example.com', firstName: '', lastName: '', password: PASSWORD, role: 0 }
  const { id: userId } = await createUser(ctx, { by: OPERATOR, ...user })
  await sendUserReset(ctx, { by: OPERATOR, userId })
  expect(describeMail()).toEqual(['reset-password', 1])
  const proof = { token: secretOf('reset-password') }
  expect(await findResetTarget(ctx, proof)).toMatchObject({ isInvitation: false })
  await setNewPassword(ctx, { proof, ...NEW, signIn: false })
  expect(describeMail()[0]).toBe('password-changed')
})

it('a reset of a user who signed up is no invitation, and its notice is that of a changed password', async () => {
  const { email } = await signUp(ctx)
  await requestPasswordReset(ctx, { email })
  const proof = { token: secretOf('reset-password') }
  expect(await findResetTarget(ctx, proof)).toMatchObject({ isInvitation: false })
  await setNewPassword(ctx, { proof, ...NEW, signIn: false })
  expect(describeMail()[0]).toBe('password-changed')
})

it('a deactivation, a reactivation and a deletion are told once each, and not when nothing changed', async () => {
  const { userId } = await signUp(ctx)
  const act = { by: OPERATOR, userId }
  mails.length = 0
  for (const work of [deactivateUser, deactivateUser, reactivateUser, reactivateUser, deleteUser])
    await work(ctx, act)
  expect(mails.map(({ kind }) => kind)).toEqual([
    'account-deactivated',
    'account-reactivated',
    'account-deleted',
  ])
})
