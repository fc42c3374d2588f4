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
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { purge } from '../src/housekeeping/run-round.ts'
import { confirmEmailChange } from '../src/operations/email/confirm-email-change.ts'
import { requestEmailChange } from '../src/operations/email/request-email-change.ts'
import { changePassword } from '../src/operations/password/change-password.ts'
import { register } from '../src/operations/registration/register.ts'
import { resendVerification } from '../src/operations/registration/resend-verification.ts'
import { verifyEmail } from '../src/operations/registration/verify-email.ts'
import { createUser } from '../src/operations/staff/create-user.ts'
import { deactivateUser } from '../src/operations/staff/deactivate-user.ts'
import { deleteUser } from '../src/operations/staff/delete-user.ts'
import { setUserEmail } from '../src/operations/staff/set-user-email.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import type { UserId } from '../src/words/ids.ts'

const NOT_FOUND = { code: 'not_found' }
const OTHER_PASSWORD = 'a stranger was here'

let test: MailingCore
let ctx: Context
beforeAll(async () => {
  test = await createMailingCore({ config: { emailVerification: 'mandatory' } })
  ctx = test.ctx
})
beforeEach(() => {
  test.clock.seconds = 0
})
afterAll(() => test.close())

/** Signs up, and returns the key of the mailed link. */
async function ask(email: string, password = PASSWORD): Promise<string> {
  await register(ctx, signUpForm({ email, password1: password, password2: password }))
  return (await test.mailbox.next(email, 'confirm-registration')).secret
}

/** Makes a verified user with a session. */
async function signUpAtOnce(email?: string) {
  const person = await signUp(withConfig(ctx, { emailVerification: 'none' }), email)
  await test.database.sql`update users set email_verified = true where id = ${person.userId}`
  return person
}
const rowsOf = (email: string) =>
  test.database.sql`select * from pending_registrations where email = ${email}`
const codeOf = async (email: string, password: string) =>
  (await refusalOf(logIn(ctx, { email, password }))).code

/** Every way in which a user gets an address, or leaves it. */
const WAYS: Record<string, (email: string) => Promise<unknown>> = {
  'the link of another sign-up': async (email) => verifyEmail(ctx, { key: await ask(email, NEW_PASSWORD) }),
  'a user that staff make': (email) =>
    createUser(ctx, { by: OPERATOR, email, firstName: '', lastName: '', password: NEW_PASSWORD, role: 0 }),
  'an invitation': (email) => createUser(ctx, { by: OPERATOR, email, firstName: '', lastName: '', role: 0 }),
  'a change of address': async (newEmail) => {
    const { tokens } = await signUpAtOnce()
    const identity = await authenticate(ctx, tokens.access)
    await requestEmailChange(ctx, { identity, newEmail, password: PASSWORD })
    await confirmEmailChange(ctx, { key: (await test.mailbox.next(newEmail, 'confirm-email-change')).secret })
  },
  'an address that the operator sets': async (email) => {
    const { userId } = await signUpAtOnce()
    await setUserEmail(ctx, { by: OPERATOR, userId, email })
  },
}

describe.each(Object.entries(WAYS))('by %s', (_way, take) => {
  it('the sign-ups of the address become shadows: no link, no names, the same answer to a sign-in', async () => {
    const email = newEmail()
    const key = await ask(email, OTHER_PASSWORD)
    await take(email)
    expect(await refusalOf(verifyEmail(ctx, { key }))).toMatchObject(NOT_FOUND)
    for (const row of await rowsOf(email)) {
      expect(row).toMatchObject({
        is_shadow: true,
        first_name: '',
        last_name: '',
        browser: null,
        network: null,
      })
    }
    expect(await codeOf(email, OTHER_PASSWORD)).toBe('email_not_verified')
    expect(await codeOf(email, 'wrong')).toBe('incorrect_credentials')
  })
})

it('a sign-up that came while the address was being taken is no longer open when its user leaves', async () => {
  for (const leave of ['erasure', 'change'] as const) {
    const email = newEmail()
    const { userId } = await signUpAtOnce()
    const key = await ask(email)
    // The row of the user is written without the operation, as if the operation had not seen the sign-up.
    await test.database.sql`update users set email = ${email} where id = ${userId}`
    if (leave === 'erasure') await deleteUser(ctx, { by: OPERATOR, userId })
    else await setUserEmail(ctx, { by: OPERATOR, userId, email: newEmail() })
    expect(await refusalOf(verifyEmail(ctx, { key }))).toMatchObject(NOT_FOUND)
  }
})

it('a shadow gets no link by a resend, also after its user was deleted, and lives as long as a sign-up', async () => {
  const { email, userId } = await signUpAtOnce()
  await register(ctx, signUpForm({ email, password1: NEW_PASSWORD, password2: NEW_PASSWORD }))
  await deleteUser(ctx, { by: OPERATOR, userId })
  await resendVerification(ctx, { email })
  await resendVerification(ctx, { email, password: NEW_PASSWORD })
  expect(await test.mailbox.kindsTo(email)).toEqual(['account-exists', 'account-deleted'])
  expect(await codeOf(email, NEW_PASSWORD)).toBe('email_not_verified')
  test.clock.seconds += ctx.config.emailConfirmationLifetimeSeconds + 1
  expect(await codeOf(email, NEW_PASSWORD)).toBe('incorrect_credentials')
})

it('a person who signed up again with a taken address can ask for the mail about the user again', async () => {
  const { email, userId } = await signUpAtOnce()
  await register(ctx, signUpForm({ email, password1: NEW_PASSWORD, password2: NEW_PASSWORD }))
  await test.mailbox.next(email, 'account-exists')
  // The sign-in says that the address is not verified, so the person asks for the link.
  expect(await codeOf(email, NEW_PASSWORD)).toBe('email_not_verified')
  for (const password of [NEW_PASSWORD, undefined]) {
    await resendVerification(ctx, { email, password })
    const { secret } = await test.mailbox.next(email, 'account-exists')
    expect(secret).not.toBe('')
  }
  await resendVerification(ctx, { email, password: OTHER_PASSWORD })
  await deactivateUser(ctx, { by: OPERATOR, userId: userId as UserId })
  await resendVerification(ctx, { email })
  expect(await test.mailbox.kindsTo(email)).toEqual([
    'account-exists',
    'account-exists',
    'account-exists',
    'account-deactivated',
  ])
})

it('the password of the sign-up that became the user is only the password of the user', async () => {
  const email = newEmail()
  await register(ctx, signUpForm({ email }))
  await verifyEmail(ctx, { key: await ask(email) })
  const { access } = await logIn(ctx, { email, password: PASSWORD })
  await changePassword(ctx, {
    identity: await authenticate(ctx, access),
    oldPassword: PASSWORD,
    newPassword1: NEW_PASSWORD,
    newPassword2: NEW_PASSWORD,
  })
  expect(await codeOf(email, PASSWORD)).toBe('incorrect_credentials')
})

it('sign-ups and shadows are deleted when they have expired', async () => {
  const [open, { email: taken }] = [newEmail(), await signUpAtOnce()]
  await ask(open)
  await register(ctx, signUpForm({ email: taken }))
  await purge({ ...ctx, auditRetentionSeconds: 3600 })
  expect([...(await rowsOf(open)), ...(await rowsOf(taken))]).toHaveLength(2)
  test.clock.seconds += ctx.config.emailConfirmationLifetimeSeconds + 1
  await purge({ ...ctx, auditRetentionSeconds: 3600 })
  expect([...(await rowsOf(open)), ...(await rowsOf(taken))]).toEqual([])
})

it('an erasure keeps the change of address that another user asked for', async () => {
  const email = newEmail()
  const { tokens, userId } = await signUpAtOnce()
  const identity = await authenticate(ctx, tokens.access)
  await requestEmailChange(ctx, { identity, newEmail: email, password: PASSWORD })
  const { secret } = await test.mailbox.next(email, 'confirm-email-change')
  const other = await signUpAtOnce(email)
  await deleteUser(ctx, { by: OPERATOR, userId: other.userId as UserId })
  await confirmEmailChange(ctx, { key: secret })
  const [row] = await test.database.sql`select email from users where id = ${userId}`
  expect(row?.email).toBe(email)
})

it('a link makes no user when its sign-up has become a shadow or has expired', async () => {
  const { sql } = test.database
  for (const change of [sql`is_shadow = true`, sql`expires_at = now()`]) {
    const email = newEmail()
    const key = await ask(email)
    await sql`update pending_registrations set ${change} where email = ${email}`
    expect(await refusalOf(verifyEmail(ctx, { key }))).toMatchObject(NOT_FOUND)
    expect(await sql`select 1 from users where email = ${email}`).toHaveLength(0)
  }
})

it('a link that a resend stores while another link of the address is followed dies too', async () => {
  const { sql } = test.database
  const email = newEmail()
  const key = await ask(email)
  let followed: Promise<void> | undefined
  await sql.begin(async (tx) => {
    await tx`select 1 from pending_registrations where email = ${email} for update`
    followed = verifyEmail(ctx, { key })
    await test.database.waitForBlocked()
    await tx`
      insert into capabilities (token_hash, purpose, registration_id, email, created_at, expires_at)
      select ${crypto.randomUUID()}, 'confirm_registration', id, email, now(), expires_at from pending_registrations
      where email = ${email}`
  })
  await followed
  expect(await sql`select 1 from capabilities where email = ${email} and used_at is null`).toHaveLength(0)
})

describe('the link of a sign-up, while another transaction takes its address,', () => {
  /** Takes the address in a transaction of the test, lets the link wait for it, and then acts in the transaction. */
  async function race(email: string, key: string, act: (tx: typeof test.database.sql) => Promise<unknown>) {
    let followed: Promise<unknown> | undefined
    await test.database.sql.begin(async (tx) => {
      await tx`
        insert into users (id, email, password_hash, first_name, last_name, created_at, updated_at)
        values (${crypto.randomUUID()}, ${email}, 'x', '', '', now(), now())`
      followed = refusalOf(verifyEmail(ctx, { key }))
      await test.database.waitForBlocked()
      await act(tx as unknown as typeof test.database.sql)
    })
    return followed
  }

  it('holds no lock for which the other could wait', async () => {
    const email = newEmail()
    const refusal = await race(
      email,
      await ask(email),
      (tx) => tx`select 1 from pending_registrations where email = ${email} for update nowait`,
    )
    expect(refusal).toMatchObject(NOT_FOUND)
  })

  it('makes no user when it died meanwhile, also when the address is free again', async () => {
    const email = newEmail()
    const refusal = await race(email, await ask(email), async (tx) => {
      await tx`delete from capabilities where email = ${email}`
      await tx`delete from users where email = ${email}`
    })
    expect(refusal).toMatchObject(NOT_FOUND)
    expect(await test.database.sql`select 1 from users where email = ${email}`).toHaveLength(0)
  })
})
