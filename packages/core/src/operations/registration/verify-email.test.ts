import {
  createMailingCore,
  type MailingCore,
  readClaims,
  refusalOf,
  signUp,
  signUpForm,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { OPERATOR } from '../../steps/actor.ts'
import type { UserId } from '../../words/ids.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { deactivateUser } from '../staff/deactivate-user.ts'
import { register } from './register.ts'
import { resendVerification } from './resend-verification.ts'
import { findVerificationLink, verifyEmail } from './verify-email.ts'

let test: MailingCore
let optional: Context
let mandatory: Context
beforeAll(async () => {
  test = await createMailingCore()
  optional = withConfig(test.ctx, { emailVerification: 'optional' })
  mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
})
beforeEach(() => {
  test.clock.seconds = 0
})
afterAll(() => test.close())

const NOT_FOUND = { code: 'not_found' }

/** Signs a user up, and returns it with the key of its verification mail. */
async function signUpOptional() {
  const person = await signUp(optional)
  return { ...person, key: (await test.mailbox.next(person.email, 'verify-email')).secret }
}

async function signUpMandatory() {
  const form = signUpForm()
  await register(mandatory, form)
  return { ...form, key: (await test.mailbox.next(form.email, 'confirm-registration')).secret }
}

async function isVerified(email: string): Promise<boolean> {
  const [row] = await test.database.sql`select email_verified from users where email = ${email}`
  return row?.email_verified ?? false
}

describe('with optional verification', () => {
  it('the user exists at once, and the next refresh after the link has email_verified', async () => {
    const { tokens, key, email } = await signUpOptional()
    expect(readClaims(tokens.access)).toMatchObject({ email_verified: false })
    await verifyEmail(optional, { key })
    expect(await isVerified(email)).toBe(true)
    const next = await refreshSession(optional, tokens)
    expect(readClaims(next.access)).toMatchObject({ email_verified: true })
    expect(readClaims(next.refresh)).toMatchObject({ email_verified: true })
  })

  it('using one link deletes the other links of the user', async () => {
    const { email, key } = await signUpOptional()
    await resendVerification(optional, { email })
    const second = await test.mailbox.next(email, 'verify-email')
    await verifyEmail(optional, { key: second.secret })
    expect(await refusalOf(verifyEmail(optional, { key }))).toMatchObject(NOT_FOUND)
  })

  it('a deactivation deletes the link', async () => {
    const { key, userId, email } = await signUpOptional()
    await deactivateUser(optional, { by: OPERATOR, userId: userId as UserId })
    expect(await refusalOf(verifyEmail(optional, { key }))).toMatchObject(NOT_FOUND)
    expect(await isVerified(email)).toBe(false)
  })
})

describe.each([
  ['optional', () => ({ ctx: optional, signUp: signUpOptional })],
  ['mandatory', () => ({ ctx: mandatory, signUp: signUpMandatory })],
] as const)('a link of %s verification', (_mode, setting) => {
  it('followed again gets the same answer and changes nothing, until it expires', async () => {
    const { ctx, signUp: sign } = setting()
    const { email, key } = await sign()
    await verifyEmail(ctx, { key })
    const before = await test.database.sql`select * from users where email = ${email}`
    await verifyEmail(ctx, { key })
    expect(await test.database.sql`select * from users where email = ${email}`).toEqual(before)
    test.clock.seconds += ctx.config.emailConfirmationLifetimeSeconds + 1
    expect(await refusalOf(verifyEmail(ctx, { key }))).toMatchObject(NOT_FOUND)
  })

  it('followed 50 times at once does its work once', async () => {
    const { ctx, signUp: sign } = setting()
    const { email, key } = await sign()
    await Promise.all(Array.from({ length: 50 }, () => verifyEmail(ctx, { key })))
    expect(await isVerified(email)).toBe(true)
    expect(await test.database.sql`select 1 from users where email = ${email}`).toHaveLength(1)
  })

  it('expires when it is not used', async () => {
    const { ctx, signUp: sign } = setting()
    const { email, key } = await sign()
    test.clock.seconds += ctx.config.emailConfirmationLifetimeSeconds - 60
    expect(await findVerificationLink(ctx, key)).not.toBeNull()
    test.clock.seconds += 60
    expect(await findVerificationLink(ctx, key)).toBeNull()
    expect(await refusalOf(verifyEmail(ctx, { key }))).toMatchObject(NOT_FOUND)
    expect(await isVerified(email)).toBe(false)
  })

  it('still works after it was looked up three times', async () => {
    const { ctx, signUp: sign } = setting()
    const { email, key } = await sign()
    for (let i = 0; i < 3; i++) expect(await findVerificationLink(ctx, key)).toMatchObject({ usedAt: null })
    expect(await isVerified(email)).toBe(false)
    await verifyEmail(ctx, { key })
    expect(await isVerified(email)).toBe(true)
  })

  it('is not found while verification is off', async () => {
    const { key } = await setting().signUp()
    expect(await refusalOf(verifyEmail(test.ctx, { key }))).toMatchObject(NOT_FOUND)
  })
})

it('a text that is not a key is not found', async () => {
  for (const key of ['', 'x', 'x'.repeat(43), '%00', '../..', 'ä'.repeat(43)]) {
    expect(await refusalOf(verifyEmail(optional, { key }))).toMatchObject(NOT_FOUND)
  }
})

it('a link verifies no other address than the one it was mailed to, even if it were left', async () => {
  const { email, key } = await signUpOptional()
  const other = `other-${email}`
  await test.database.sql`update users set email = ${other} where email = ${email}`
  await verifyEmail(optional, { key }).catch(() => undefined)
  expect(await isVerified(other)).toBe(false)
})

describe('a resend', () => {
  it('mails a new link to an unverified user and for a pending sign-up; the former link still works', async () => {
    const waiting = [await signUpOptional(), await signUpMandatory()]
    for (const [i, ctx] of [optional, mandatory].entries()) {
      const { email = '', key = '' } = waiting[i] ?? {}
      await resendVerification(ctx, { email })
      const [first, second] = await test.mailbox.kindsTo(email)
      expect(second).toBe(first === 'verify-email' ? 'verify-email' : 'pending-sign-ups')
      await verifyEmail(ctx, { key })
      expect(await isVerified(email)).toBe(true)
    }
  })

  it('mails nothing to a verified, a deactivated or an unknown address, and nothing while verification is off', async () => {
    const { email, key } = await signUpOptional()
    await verifyEmail(optional, { key })
    await resendVerification(optional, { email })
    expect(await test.mailbox.kindsTo(email)).toEqual(['verify-email'])
    const unverified = await signUpOptional()
    await resendVerification(test.ctx, unverified)
    expect(await test.mailbox.kindsTo(unverified.email)).toEqual(['verify-email'])
    await test.database.sql`update users set is_active = false where email = ${unverified.email}`
    await resendVerification(optional, unverified)
    expect(await test.mailbox.kindsTo(unverified.email)).toEqual(['verify-email'])
    const { email: unknown } = signUpForm()
    await resendVerification(mandatory, { email: unknown })
    expect(await test.mailbox.kindsTo(unknown)).toEqual([])
  })
})
