import { createTestCore, PASSWORD, signUpForm, type TestCore, withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { register } from '../src/operations/registration/register.ts'
import { resendVerification } from '../src/operations/registration/resend-verification.ts'
import { createUser } from '../src/operations/staff/create-user.ts'
import type { MailKind } from '../src/services/mail/mail-kinds.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { findMailbox } from '../src/words/mailbox.ts'
import { CAUSES, createMailWorld, type MailWorld } from './support/mail-causes.ts'

const OWN = 'uk'
/** The language of every caller, also of those who cause a mail to somebody else. */
const OF_CALLER = 'fr'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

const open = async (): Promise<MailWorld> => {
  const world = await createMailWorld(test, { isProven: true })
  const ctx = speaking(world.ctx)
  await test.database.sql`update users set language = ${OWN} where id = ${world.holder.userId}`
  world.mails.length = 0
  return { ...world, ctx }
}

function speaking(ctx: Context): Context {
  return { ...ctx, client: { ...ctx.client, acceptLanguage: OF_CALLER } }
}

/** The language of each kind of mail: of the account that gets it, or of the sign-up of the caller. */
const LANGUAGE: Record<MailKind, string | null> = {
  'verify-email': OF_CALLER,
  'confirm-registration': OF_CALLER,
  'pending-sign-ups': OF_CALLER,
  'account-exists': OWN,
  'reset-password': OWN,
  invitation: null,
  'account-deactivated': OWN,
  'account-reactivated': OWN,
  'account-deleted': null,
  'password-set': null,
  // The link goes to a new address of the caller.
  'confirm-email-change': OF_CALLER,
  'connection-changed': OWN,
  'email-change-requested': OWN,
  'email-changed': OWN,
  'password-changed': OWN,
  'second-factor-changed': OWN,
  'second-factor-locked': OWN,
}

const EVERY_CAUSE = Object.entries(CAUSES).flatMap(([kind, causes]) =>
  Object.entries(causes).map(([name, cause]) => [kind as MailKind, name, cause] as const),
)

it.each(EVERY_CAUSE)(
  'the mail %s, by %s, has the language of the person who gets it',
  async (kind, _, cause) => {
    const world = await open()
    await cause(world, 0)
    const mails = world.mails.filter((mail) => mail.kind === kind && findMailbox(mail.to) === world.mailbox)
    expect(mails.map(({ language }) => language)).toEqual(mails.map(() => LANGUAGE[kind]))
    expect(mails).not.toEqual([])
  },
)

it('an invitation has the language that staff named, and the default one without', async () => {
  const { ctx, mails } = await open()
  const invite = (language?: string | null) =>
    createUser(ctx, { by: OPERATOR, ...signUpForm(), password: undefined, role: 0, language })
  await invite('ja')
  await invite()
  expect(mails.map(({ language }) => language)).toEqual(['ja', null])
})

it('the list of sign-ups has the language of the newest, and a single link that of its own sign-up', async () => {
  const { ctx, mails } = await open()
  const mandatory = withConfig(ctx, { emailVerification: 'mandatory' })
  const form = signUpForm()
  await register(mandatory, { ...form, language: 'de' })
  await register(mandatory, { ...form, password1: 'other words', password2: 'other words', language: 'ar' })
  await resendVerification(mandatory, { email: form.email })
  await resendVerification(mandatory, { email: form.email, password: PASSWORD })
  const told = mails.map(({ kind, language }) => [kind, language])
  expect(told).toEqual([
    ['confirm-registration', 'de'],
    ['confirm-registration', 'ar'],
    ['pending-sign-ups', 'ar'],
    ['confirm-registration', 'de'],
  ])
})
