import { createTestCore, PASSWORD, signUp, type TestCore } from '@latchkey/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { login } from '../src/operations/auth/login.ts'
import { confirmEmailChange } from '../src/operations/email/confirm-email-change.ts'
import { requestEmailChange } from '../src/operations/email/request-email-change.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { setNewPassword } from '../src/operations/password/set-new-password.ts'
import { register } from '../src/operations/registration/register.ts'
import { verifyEmail } from '../src/operations/registration/verify-email.ts'
import { createUser } from '../src/operations/staff/create-user.ts'
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
  await setNewPassword(ctx, { proof: { token: secretOf('reset-password') }, ...NEW, signIn: false })
  await login(ctx, { email, password: NEW.newPassword1 })
  expect(await kindsOf(email)).toEqual([
    'account_created',
    'password_reset_sent',
    'password_reset',
    'login by password',
  ])
})
