import {
  createMailingCore,
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
import type { MailRequest } from '../../services/mail/mail-kinds.ts'
import { setNewPassword } from '../password/set-new-password.ts'
import { register } from './register.ts'
import { resendVerification } from './resend-verification.ts'

let test: MailingCore
let ctx: Context
beforeAll(async () => {
  test = await createMailingCore({ config: { emailVerification: 'mandatory' } })
  ctx = test.ctx
})
afterAll(() => test.close())

const LANDING = 'https://app.example.com/welcome'

/** Stores sign-ups and then shadows of an address. */
async function addRows(email: string, { signUps, shadows }: { signUps: number; shadows: number }) {
  for (let row = 0; row < signUps + shadows; row++) {
    await register(ctx, signUpForm({ email }))
    if (row < shadows)
      await test.database.sql`update pending_registrations set is_shadow = true where email = ${email}`
  }
  await test.database.sql`delete from capabilities where email = ${email}`
}

/** Asks for the mail again, and returns the mail that was queued and the purposes of the stored links. */
async function resend(email: string, password?: string) {
  const mails: MailRequest[] = []
  const outbox = { ...ctx.outbox, queue: async (_: unknown, mail: MailRequest) => void mails.push(mail) }
  await resendVerification({ ...ctx, outbox }, { email, password, redirectTo: LANDING })
  const links = await test.database.sql`select purpose from capabilities where email = ${email} order by 1`
  const [mail] = mails
  const listed = (mail?.variables as { signUps?: unknown[] } | undefined)?.signUps?.length ?? null
  return { mail, listed, purposes: links.map(({ purpose }) => purpose) }
}

describe('a resend to an address', () => {
  it('with sign-ups and shadows lists the sign-ups only, and stores a decoy for each shadow', async () => {
    const email = newEmail()
    await addRows(email, { signUps: 2, shadows: 1 })
    expect(await resend(email)).toMatchObject({
      mail: { kind: 'pending-sign-ups', discard: false },
      listed: 2,
      purposes: ['confirm_registration', 'confirm_registration', 'none'],
    })
  })

  it('with shadows only queues a mail that is as long and is discarded, and stores decoys', async () => {
    const email = newEmail()
    await addRows(email, { signUps: 0, shadows: 2 })
    expect(await resend(email)).toMatchObject({
      mail: { kind: 'pending-sign-ups', discard: true },
      listed: 2,
      purposes: ['none', 'none'],
    })
    expect(await resend(email, PASSWORD)).toMatchObject({
      mail: { kind: 'confirm-registration', discard: true },
      purposes: ['none', 'none', 'none'],
    })
  })

  it('of a verified user who signed up again mails a link for a new password, which leads nowhere else', async () => {
    const person = await signUp(withConfig(ctx, { emailVerification: 'none' }))
    await test.database.sql`update users set email_verified = true where id = ${person.userId}`
    await addRows(person.email, { signUps: 1, shadows: 0 })
    const { mail, purposes } = await resend(person.email)
    expect(purposes).toEqual(['reset_password'])
    const { resetUrl = '' } = (mail?.variables ?? {}) as { resetUrl?: string }
    expect(resetUrl).toMatch(/\/$/)
    const token = resetUrl.split('/').at(-2) ?? ''
    const passwords = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    await setNewPassword(ctx, { proof: { token }, ...passwords, signIn: false })
  })
})

describe('a sign-up for a taken address', () => {
  const names = { firstName: 'Visit', lastName: 'Example' }

  it('is stored without its names and origin', async () => {
    const { email } = await signUp(withConfig(ctx, { emailVerification: 'none' }))
    await register(test.contextOf({ ip: '192.0.2.77' }), signUpForm({ email, ...names }))
    const rows = await test.database.sql`
      select first_name, last_name, network, is_shadow from pending_registrations where email = ${email}`
    expect(rows).toEqual([{ first_name: '', last_name: '', network: null, is_shadow: true }])
  })

  it('that is taken while the password is hashed is refused where the answer may tell it', async () => {
    const email = newEmail()
    const telling = withConfig(ctx, { preventEnumeration: false })
    const hash: typeof ctx.hasher.hash = async (...given) => {
      await signUp(withConfig(ctx, { emailVerification: 'none' }), email)
      return ctx.hasher.hash(...given)
    }
    const hasher = { ...ctx.hasher, hash }
    const refusal = await refusalOf(register({ ...telling, hasher }, signUpForm({ email })))
    expect(refusal).toMatchObject({ code: 'invalid' })
    expect(await test.database.sql`select from pending_registrations where email = ${email}`).toEqual([])
  })
})
