import {
  createMailingCore,
  type MailingCore,
  newEmail,
  PASSWORD,
  readClaims,
  refusalOf,
  requireTokens,
  signUp,
  signUpForm,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { NO_LIMITS } from '../../words/rate-limits.ts'
import { login } from '../auth/login.ts'
import { hasPendingSignUp } from '../staff/has-pending-sign-up.ts'
import { findSignUpFaults } from './find-sign-up-faults.ts'
import { register } from './register.ts'
import { resendVerification } from './resend-verification.ts'
import { verifyEmail } from './verify-email.ts'

let test: MailingCore
let none: Context
let optional: Context
let mandatory: Context
beforeAll(async () => {
  const limits = { ...NO_LIMITS, mail: { calls: 3, seconds: 3600 } }
  test = await createMailingCore({ throttle: { store: 'memory', redisUrl: null, limits } })
  none = withConfig(test.ctx, { emailVerification: 'none' })
  optional = withConfig(test.ctx, { emailVerification: 'optional' })
  mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
})
afterAll(() => test.close())

const WEAK = { password1: '12345', password2: '12345' }

describe('a sign-up', () => {
  it('is counted as a mail where it mails, also for a taken address, and not for a refused password', async () => {
    const email = newEmail()
    for (let time = 0; time < 4; time++) {
      expect(await refusalOf(register(optional, signUpForm({ email, ...WEAK })))).toMatchObject({
        code: 'invalid',
      })
      const differ = signUpForm({ email, password2: 'another' })
      expect(await refusalOf(register(optional, differ))).toMatchObject({ code: 'invalid' })
    }
    await register(optional, signUpForm({ email }))
    const codes = [1, 2, 3].map(async () => (await refusalOf(register(optional, signUpForm({ email })))).code)
    expect((await Promise.all(codes)).sort()).toEqual(['invalid', 'invalid', 'throttled'])
  })

  it('is not counted as a mail where it mails nothing', async () => {
    const email = newEmail()
    await register(none, signUpForm({ email }))
    for (let time = 0; time < 4; time++)
      expect(await refusalOf(register(none, signUpForm({ email })))).toMatchObject({ code: 'invalid' })
    expect(await test.mailbox.kindsTo(email)).toEqual([])
  })

  it('is mailed a link where the verification is optional', async () => {
    const form = signUpForm()
    await register(optional, form)
    expect(await test.mailbox.kindsTo(form.email)).toEqual(['verify-email'])
  })

  it('is recorded', async () => {
    const { userId } = await signUp(none)
    const events = await test.database.sql`
      select actor, details from audit_events where user_id = ${userId} and kind = 'registered'`
    expect(events).toEqual([{ actor: 'self', details: {} }])
  })

  it('has a hash of its own each time, also with the same address and password', async () => {
    const form = signUpForm()
    const hashes = []
    for (let time = 0; time < 2; time++) {
      const { access } = requireTokens(await register(none, form))
      const [row] = await test.database
        .sql`delete from users where id = ${readClaims(access).sub} returning password_hash`
      hashes.push(row?.password_hash)
    }
    expect(new Set(hashes).size).toBe(2)
  })

  it('of a client without an IP address waits for its link too', async () => {
    const form = signUpForm()
    await register({ ...mandatory, client: { ...mandatory.client, ip: null } }, form)
    expect(await hasPendingSignUp(mandatory, form.email)).toBe(true)
    await verifyEmail(mandatory, {
      key: (await test.mailbox.next(form.email, 'confirm-registration')).secret,
    })
    expect(await hasPendingSignUp(mandatory, form.email)).toBe(false)
  })

  it.each([{}, { email: 'new@example.com' }, { password1: PASSWORD }, { password2: PASSWORD }])(
    'has no fault while only %j is given',
    async (given) => {
      expect(await findSignUpFaults(none, given)).toEqual({})
    },
  )
})

it('a sign-in with the password of a sign-up that waits is recorded as such, without a user', async () => {
  const form = signUpForm()
  await register(mandatory, form)
  await refusalOf(login(mandatory, { email: form.email, password: PASSWORD }))
  const events = await test.database.sql`
    select details from audit_events where user_id is null and kind = 'login_failed'`
  expect(events).toEqual([{ details: { reason: 'email_not_verified', count: 1 } }])
})

describe('the link of a confirmed sign-up', () => {
  it('gives the same answer when the sign-up has been purged, and goes with its user', async () => {
    const form = signUpForm()
    await register(mandatory, form)
    const { secret: key } = await test.mailbox.next(form.email, 'confirm-registration')
    await verifyEmail(mandatory, { key })
    await test.database.sql`delete from pending_registrations where email = ${form.email}`
    await expect(verifyEmail(mandatory, { key })).resolves.toBeUndefined()
    await test.database.sql`delete from users where email = ${form.email}`
    expect(await refusalOf(verifyEmail(mandatory, { key }))).toMatchObject({ code: 'not_found' })
  })
})

describe('a resend', () => {
  it('is counted as a mail, for a known and for an unknown address', async () => {
    for (const email of [newEmail(), (await signUp(none)).email]) {
      for (let time = 0; time < 3; time++) await resendVerification(mandatory, { email })
      expect(await refusalOf(resendVerification(mandatory, { email }))).toMatchObject({ code: 'throttled' })
    }
  })

  it('where the verification is optional hashes nothing, and mails no link of a sign-up', async () => {
    const form = signUpForm()
    await register(mandatory, form)
    const { count } = test.ctx.hasher
    await resendVerification(optional, { email: form.email, password: PASSWORD })
    expect(test.ctx.hasher.count).toBe(count)
    expect(await test.mailbox.kindsTo(form.email)).toEqual(['confirm-registration'])
  })

  it('with a password extends the newest sign-up that has it, and no other', async () => {
    const form = signUpForm()
    for (let time = 0; time < 2; time++) await register(mandatory, form)
    test.clock.seconds += 60
    const expiries = async () => {
      const rows = await test.database.sql`
        select expires_at from pending_registrations where email = ${form.email} order by created_at`
      return rows.map(({ expires_at }) => expires_at.getTime())
    }
    const [older, newer] = await expiries()
    await resendVerification(mandatory, { email: form.email, password: PASSWORD })
    const [olderThen, newerThen] = await expiries()
    expect(olderThen).toBe(older)
    expect(newerThen).toBeGreaterThan(newer)
    test.clock.seconds = 0
  })
})
