import {
  createMailingCore,
  type MailingCore,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  signUp,
  signUpForm,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { confirmEmailChange, findEmailChangeLink } from '../src/operations/email/confirm-email-change.ts'
import { requestEmailChange } from '../src/operations/email/request-email-change.ts'
import { openResetLink } from '../src/operations/password/open-reset-link.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { setNewPassword } from '../src/operations/password/set-new-password.ts'
import { register } from '../src/operations/registration/register.ts'
import { findVerificationLink, verifyEmail } from '../src/operations/registration/verify-email.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import { encodeUserId } from '../src/steps/link-secret.ts'
import type { UserId } from '../src/words/ids.ts'

let test: MailingCore
let optional: Context
let mandatory: Context
beforeAll(async () => {
  test = await createMailingCore()
  optional = withConfig(test.ctx, { emailVerification: 'optional' })
  mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
})
afterAll(() => test.close())

/** Makes a live link of each purpose, and its user. */
const MAKE = {
  confirm_registration: async () => {
    const form = signUpForm()
    await register(mandatory, form)
    return {
      userId: crypto.randomUUID(),
      secret: (await test.mailbox.next(form.email, 'confirm-registration')).secret,
    }
  },
  verify_email: async () => {
    const { email, userId } = await signUp(optional)
    return { userId, secret: (await test.mailbox.next(email, 'verify-email')).secret }
  },
  reset_password: async () => {
    const { email, userId } = await signUp(test.ctx)
    await requestPasswordReset(test.ctx, { email })
    return { userId, secret: (await test.mailbox.next(email, 'reset-password')).secret }
  },
  change_email: async () => {
    const { userId, tokens } = await signUp(test.ctx)
    const wish = { newEmail: newEmail(), password: PASSWORD }
    await requestEmailChange(test.ctx, { identity: await authenticate(test.ctx, tokens.access), ...wish })
    return { userId, secret: (await test.mailbox.next(wish.newEmail, 'confirm-email-change')).secret }
  },
}

type Made = Awaited<ReturnType<(typeof MAKE)['verify_email']>>

/** Every use of a link, with the purposes that the use accepts. */
const USES: [string, string[], (made: Made) => Promise<unknown>][] = [
  [
    'verifies an address',
    ['confirm_registration', 'verify_email'],
    ({ secret }) => verifyEmail(optional, { key: secret }),
  ],
  [
    'is shown as a verification link',
    ['confirm_registration', 'verify_email'],
    ({ secret }) => findVerificationLink(optional, secret),
  ],
  ['changes an address', ['change_email'], ({ secret }) => confirmEmailChange(optional, { key: secret })],
  [
    'is shown as a change of address',
    ['change_email'],
    ({ secret }) => findEmailChangeLink(optional, secret),
  ],
  [
    'opens the form for a new password',
    ['reset_password'],
    ({ secret, userId }) => openResetLink(optional, { uid: encodeUserId(userId as UserId), token: secret }),
  ],
  [
    'sets a new password',
    ['reset_password'],
    ({ secret }) =>
      setNewPassword(optional, {
        proof: { token: secret },
        newPassword1: NEW_PASSWORD,
        newPassword2: NEW_PASSWORD,
        signIn: true,
      }),
  ],
]

describe.each(Object.entries(MAKE))('a link of purpose %s', (purpose, make) => {
  it.each(USES)(`%s only where that is its purpose`, async (_use, purposes, tryUse) => {
    const made = await make()
    const opened = await tryUse(made).then(
      (result) => result !== null,
      (error: { code: string }) => {
        expect(['not_found', 'token_not_valid']).toContain(error.code)
        return false
      },
    )
    expect(opened).toBe(purposes.includes(purpose))
    if (opened) return
    // The wrong use has not used the link up.
    const [row] = await test.database.sql`
      select used_at from capabilities where purpose = ${purpose} order by created_at desc limit 1`
    expect(row?.used_at).toBeNull()
  })
})

it('a decoy link has expired, and belongs to no user', async () => {
  await requestPasswordReset(test.ctx, { email: newEmail() })
  const rows = await test.database
    .sql`select expires_at <= now() as dead, user_id from capabilities where purpose = 'none'`
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(row).toEqual({ dead: true, user_id: null })
})
