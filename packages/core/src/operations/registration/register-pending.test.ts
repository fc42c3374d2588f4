import {
  createMailingCore,
  logIn,
  type MailingCore,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  refusalOf,
  signUp,
  signUpForm,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { OPERATOR } from '../../steps/actor.ts'
import { authenticate } from '../../steps/authenticate.ts'
import type { UserId } from '../../words/ids.ts'
import { setNewPassword } from '../password/set-new-password.ts'
import { deactivateUser } from '../staff/deactivate-user.ts'
import { register } from './register.ts'
import { verifyEmail } from './verify-email.ts'

let test: MailingCore
let ctx: Context
beforeAll(async () => {
  test = await createMailingCore()
  ctx = withConfig(test.ctx, { emailVerification: 'mandatory' })
})
afterAll(() => test.close())

/** Signs up for an address and waits for the mail. */
async function signUpPending(email: string, password: string, firstName = 'Ada') {
  expect(
    await register(ctx, signUpForm({ email, password1: password, password2: password, firstName })),
  ).toBeNull()
  return test.mailbox.next(email, 'confirm-registration')
}

const loginCode = (email: string, password: string) =>
  logIn(ctx, { email, password }).then(
    () => 'ok',
    (error: { code: string }) => error.code,
  )

async function countUsers(email: string): Promise<number> {
  return (await test.database.sql`select 1 from users where email = ${email}`).length
}

/** Counts the sign-ups of an address that can be confirmed, and the shadows. */
async function countSignUps(email: string): Promise<{ open: number; shadows: number }> {
  const rows = await test.database.sql`select is_shadow from pending_registrations where email = ${email}`
  const shadows = rows.filter((row) => row.is_shadow).length
  return { open: rows.length - shadows, shadows }
}

describe('with mandatory verification a sign-up', () => {
  it('becomes a user only when its own link is followed', async () => {
    const email = newEmail()
    const mail = await signUpPending(email, PASSWORD)
    expect(await countUsers(email)).toBe(0)
    expect(await loginCode(email, PASSWORD)).toBe('email_not_verified')
    await verifyEmail(ctx, { key: mail.secret })
    const { access } = await logIn(ctx, { email, password: PASSWORD })
    expect((await authenticate(ctx, access)).user).toMatchObject({
      email,
      firstName: 'Ada',
      emailVerified: true,
    })
    expect(await countSignUps(email)).toEqual({ open: 0, shadows: 1 })
  })

  it('becomes a shadow when the link of another sign-up for its address is followed first', async () => {
    const email = newEmail()
    const passwords = ['one fine battery', 'two fine batteries', 'three fine batteries']
    const mails = []
    for (const password of passwords) mails.push(await signUpPending(email, password))
    expect(await countSignUps(email)).toEqual({ open: 3, shadows: 0 })
    await verifyEmail(ctx, { key: mails[1]?.secret ?? '' })
    expect(await Promise.all(passwords.map((password) => loginCode(email, password)))).toEqual([
      'email_not_verified',
      'ok',
      'email_not_verified',
    ])
    for (const mail of [mails[0], mails[2]]) {
      expect(await refusalOf(verifyEmail(ctx, { key: mail?.secret ?? '' }))).toMatchObject({
        code: 'not_found',
      })
    }
    expect(await countSignUps(email)).toEqual({ open: 0, shadows: 3 })
  })

  it('of a stranger, before or after that of the mailbox owner, gives the stranger no access', async () => {
    for (const order of ['before', 'after']) {
      const email = newEmail()
      if (order === 'before') await signUpPending(email, 'a stranger was here', 'Mallory')
      const own = await signUpPending(email, PASSWORD)
      if (order === 'after') await signUpPending(email, 'a stranger was here', 'Mallory')
      await verifyEmail(ctx, { key: own.secret })
      expect(await loginCode(email, PASSWORD)).toBe('ok')
      expect(await loginCode(email, 'a stranger was here')).toBe('email_not_verified')
    }
  })

  it('becomes exactly one user when twelve links of its address are followed at once', async () => {
    const email = newEmail()
    const mails = []
    for (let i = 0; i < 12; i++) mails.push(await signUpPending(email, `a fine battery number ${i}`))
    const answers = await Promise.allSettled(mails.map(({ secret }) => verifyEmail(ctx, { key: secret })))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'not_found' })
    }
    expect(await countUsers(email)).toBe(1)
    const won = answers.findIndex(({ status }) => status === 'fulfilled')
    expect(await loginCode(email, `a fine battery number ${won}`)).toBe('ok')
  })
})

describe('a sign-in before the link was followed', () => {
  it('is answered email_not_verified for the password of any sign-up of the address, at two hashes', async () => {
    const email = newEmail()
    await signUpPending(email, PASSWORD)
    await signUpPending(email, NEW_PASSWORD)
    for (const [password, code] of [
      [NEW_PASSWORD, 'email_not_verified'],
      [PASSWORD, 'email_not_verified'],
      ['wrong', 'incorrect_credentials'],
    ] as const) {
      const hashes = ctx.hasher.count
      expect(await loginCode(email, password)).toBe(code)
      expect(ctx.hasher.count - hashes).toBe(2)
    }
  })

  it('ignores an expired sign-up, and any pending sign-up while verification is not mandatory', async () => {
    const email = newEmail()
    await signUpPending(email, PASSWORD)
    const optional = withConfig(ctx, { emailVerification: 'optional' })
    expect(await refusalOf(logIn(optional, { email, password: PASSWORD }))).toMatchObject({
      code: 'incorrect_credentials',
    })
    test.clock.seconds += ctx.config.emailConfirmationLifetimeSeconds + 1
    expect(await loginCode(email, PASSWORD)).toBe('incorrect_credentials')
    test.clock.seconds = 0
  })

  it('is answered email_not_verified for the right password of an unverified user', async () => {
    const { email } = await signUp(test.ctx)
    expect(await loginCode(email, PASSWORD)).toBe('email_not_verified')
    expect(await loginCode(email, 'wrong')).toBe('incorrect_credentials')
  })
})

describe('a sign-up for a taken address', () => {
  it('changes nothing, and mails the user a link that sets a new password', async () => {
    const owner = await signUp(test.ctx)
    const before = await test.database.sql`select * from users where email = ${owner.email}`
    expect(
      await register(
        ctx,
        signUpForm({ email: owner.email, password1: NEW_PASSWORD, password2: NEW_PASSWORD }),
      ),
    ).toBeNull()
    const mail = await test.mailbox.next(owner.email, 'account-exists')
    expect(await test.mailbox.kindsTo(owner.email)).toEqual(['account-exists'])
    expect(await test.database.sql`select * from users where email = ${owner.email}`).toEqual(before)
    expect(await loginCode(owner.email, NEW_PASSWORD)).toBe('email_not_verified')
    const failures = await test.database.sql`
      select details from audit_events where user_id = ${owner.userId} and kind = 'login_failed'`
    // For the owner it is a wrong password.
    expect(failures).toEqual([{ details: { reason: 'incorrect_credentials' } }])
    const next = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD, signIn: false }
    await setNewPassword(ctx, { proof: { token: mail.secret }, ...next })
    expect(await loginCode(owner.email, NEW_PASSWORD)).toBe('ok')
  })

  it('of a deactivated user mails nothing after the notice of the deactivation', async () => {
    const owner = await signUp(test.ctx)
    await deactivateUser(ctx, { by: OPERATOR, userId: owner.userId as UserId })
    expect(await register(ctx, signUpForm({ email: owner.email }))).toBeNull()
    expect(await test.mailbox.kindsTo(owner.email)).toEqual(['account-deactivated'])
  })

  it('is refused with PREVENT_ENUMERATION=false, and mails nothing', async () => {
    const owner = await signUp(test.ctx)
    const open = withConfig(ctx, { preventEnumeration: false })
    expect(await refusalOf(register(open, signUpForm({ email: owner.email })))).toMatchObject({
      fields: { email: ['A user is already registered with this e-mail address.'] },
    })
    expect(await test.mailbox.kindsTo(owner.email)).toEqual([])
    expect(await register(open, signUpForm())).toBeNull()
  })
})
