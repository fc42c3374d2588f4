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
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { login } from '../auth/login.ts'
import { register } from './register.ts'
import { resendVerification } from './resend-verification.ts'
import { verifyEmail } from './verify-email.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'
const STRANGER = {
  ip: '2001:db8:9:1::7',
  userAgent: 'www.evildoers.example/1.0 (see https://evildoers.example)',
}

let test: MailingCore
let ctx: Context
let stranger: Context
beforeAll(async () => {
  test = await createMailingCore({ config: { emailVerification: 'mandatory' } })
  ctx = test.contextOf({ ip: '192.0.2.77', userAgent: FIREFOX })
  stranger = test.contextOf(STRANGER)
})
beforeEach(() => {
  test.clock.seconds = 0
})
afterAll(() => test.close())

/** Signs up, and takes the mail of the sign-up out of the mailbox. */
async function ask(client: Context, email: string, password: string): Promise<void> {
  const names = { firstName: 'Visitors of www.evildoers.example', lastName: 'now' }
  await register(client, signUpForm({ email, password1: password, password2: password, ...names }))
  await test.mailbox.next(email, 'confirm-registration')
}

const linksOf = (text: string) =>
  [...text.matchAll(/http\S+\/registration\/verification\/(\S+)\//g)].map(([, key = '']) => key)

describe('a resend with the password of a sign-up', () => {
  it('mails the link of this sign-up, also when a stranger signed up before and after', async () => {
    const email = newEmail()
    await ask(stranger, email, 'a stranger was here')
    await ask(ctx, email, PASSWORD)
    await ask(stranger, email, 'a stranger came back')
    await resendVerification(ctx, { email, password: PASSWORD })
    const { secret } = await test.mailbox.next(email, 'confirm-registration')
    await verifyEmail(ctx, { key: secret })
    await login(ctx, { email, password: PASSWORD })
  })

  it('extends the sign-up until its new link expires', async () => {
    const email = newEmail()
    await ask(ctx, email, PASSWORD)
    test.clock.seconds += ctx.config.emailConfirmationLifetimeSeconds - 60
    await resendVerification(ctx, { email, password: PASSWORD })
    const { secret } = await test.mailbox.next(email, 'confirm-registration')
    test.clock.seconds += 120
    await verifyEmail(ctx, { key: secret })
  })
})

it('a resend with the password of no sign-up of the address mails nothing', async () => {
  const email = newEmail()
  await ask(ctx, email, PASSWORD)
  await resendVerification(ctx, { email, password: NEW_PASSWORD })
  expect(await test.mailbox.kindsTo(email)).toEqual(['confirm-registration'])
})

it('a resend to an unverified user mails the link of the user, with any password and without', async () => {
  const { email } = await signUp(withConfig(ctx, { emailVerification: 'none' }))
  for (const password of [undefined, PASSWORD, 'wrong']) await resendVerification(ctx, { email, password })
  expect(await test.mailbox.kindsTo(email)).toEqual(['verify-email', 'verify-email', 'verify-email'])
})

describe('a resend without a password', () => {
  it('lists each sign-up with its time, device and network and a link of its own, the newest first', async () => {
    const email = newEmail()
    await ask(ctx, email, PASSWORD)
    test.clock.seconds += 3600
    await ask(stranger, email, NEW_PASSWORD)
    await resendVerification(ctx, { email })
    const { text } = await test.mailbox.next(email, 'pending-sign-ups')
    const [newest, oldest] = text.split('\n').filter((line) => line.startsWith('Signed up on'))
    expect(newest).toMatch(
      /UTC with an unknown device, network 2001:db8:9::\/48\. The link works until .* UTC\.$/,
    )
    expect(oldest).toMatch(
      /UTC with Firefox on Linux, network 192\.0\.2\.0\/24\. The link works until .* UTC\.$/,
    )
    const keys = linksOf(text)
    expect(keys).toHaveLength(2)
    await verifyEmail(ctx, { key: keys[1] ?? '' })
    await login(ctx, { email, password: PASSWORD })
    expect(await refusalOf(verifyEmail(ctx, { key: keys[0] ?? '' }))).toMatchObject({ code: 'not_found' })
  })

  it('shows no text that a caller wrote', async () => {
    const email = newEmail()
    await ask(stranger, email, PASSWORD)
    await resendVerification(stranger, { email })
    const { subject, text, html } = await test.mailbox.next(email, 'pending-sign-ups')
    expect(subject + text + html).not.toMatch(/evildoers|visitors/i)
  })

  it('lists the newest twenty sign-ups, and keeps the link of the others', async () => {
    const email = newEmail()
    await register(ctx, signUpForm({ email }))
    const { secret } = await test.mailbox.next(email, 'confirm-registration')
    for (let i = 0; i < 20; i++) await register(stranger, signUpForm({ email }))
    await resendVerification(ctx, { email })
    const { text } = await test.mailbox.next(email, 'pending-sign-ups')
    expect(new Set(linksOf(text)).size).toBe(20)
    await verifyEmail(ctx, { key: secret })
  })

  it('extends every listed sign-up, but none beyond twice its first life', async () => {
    const email = newEmail()
    const life = ctx.config.emailConfirmationLifetimeSeconds
    await ask(ctx, email, PASSWORD)
    for (let day = 0; day < 3; day++) {
      test.clock.seconds += life - 60
      await resendVerification(ctx, { email })
    }
    const rows = await test.database.sql`
      select extract(epoch from expires_at - created_at)::integer as seconds from pending_registrations
      where email = ${email}`
    expect(rows).toEqual([{ seconds: 2 * life }])
    expect(await test.mailbox.kindsTo(email)).toEqual([
      'confirm-registration',
      'pending-sign-ups',
      'pending-sign-ups',
    ])
  })
})
