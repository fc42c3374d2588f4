import {
  createTestCore,
  logIn,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type Person,
  refusalOf,
  signUp,
  type TestCore,
  totpCode,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { confirmEmailChange } from '../src/operations/email/confirm-email-change.ts'
import { findEmailChange } from '../src/operations/email/find-email-change.ts'
import { requestEmailChange } from '../src/operations/email/request-email-change.ts'
import { activateTotp } from '../src/operations/mfa/activate-totp.ts'
import { enableSecondFactor } from '../src/operations/mfa/enable-second-factor.ts'
import { setUpTotp } from '../src/operations/mfa/set-up-totp.ts'
import { changePassword } from '../src/operations/password/change-password.ts'
import { findResetTarget, openResetLink } from '../src/operations/password/open-reset-link.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { setNewPassword } from '../src/operations/password/set-new-password.ts'
import { verifyEmail } from '../src/operations/registration/verify-email.ts'
import { deactivateUser } from '../src/operations/staff/deactivate-user.ts'
import { reactivateUser } from '../src/operations/staff/reactivate-user.ts'
import { resetUserFactors } from '../src/operations/staff/reset-user-factors.ts'
import { setUserEmail } from '../src/operations/staff/set-user-email.ts'
import { setUserPassword } from '../src/operations/staff/set-user-password.ts'
import type { MailRequest } from '../src/services/mail/mail-kinds.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import type { Identity } from '../src/steps/identity.ts'
import { encodeUserId } from '../src/steps/link-secret.ts'
import type { UserId } from '../src/words/ids.ts'
import { addPasskey } from './support/passkey-people.ts'

let test: TestCore
let ctx: Context
const mails: MailRequest[] = []
beforeAll(async () => {
  test = await createTestCore({ config: { emailVerification: 'optional' } })
  const queue = async (_: unknown, mail: MailRequest) => void mails.push(mail)
  ctx = { ...test.ctx, outbox: { ...test.ctx.outbox, sends: true, queue } }
})
afterAll(() => test.close())

/** Returns the secret of the link in the newest mail of a kind. */
function secretOf(kind: MailRequest['kind']): string {
  const { link = '' } = (mails.findLast((mail) => mail.kind === kind)?.variables ?? {}) as { link?: string }
  return link.split('/').at(-2) ?? ''
}

async function mailResetLink({ email }: Person): Promise<string> {
  await requestPasswordReset(ctx, { email })
  return secretOf('reset-password')
}

async function mailChangeLink({ tokens }: Person): Promise<string> {
  const identity = await authenticate(ctx, tokens.access)
  await requestEmailChange(ctx, { identity, newEmail: newEmail(), password: PASSWORD })
  return secretOf('confirm-email-change')
}

/** One live link of every purpose, as its owner or a thief of the mailbox holds it. */
async function mailLinks(person: Person) {
  const verification = secretOf('verify-email')
  const [reset, opened] = [await mailResetLink(person), await mailResetLink(person)]
  const uid = encodeUserId(person.userId as UserId)
  return {
    verification,
    reset,
    uid,
    resetToken: (await openResetLink(ctx, { uid, token: opened })) ?? '',
    change: await mailChangeLink(person),
  }
}

const setNew = (proof: { token: string } | { opened: [string] }) =>
  setNewPassword(ctx, { proof, newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD, signIn: true })

/** Every act after which no earlier link of the user may open anything. */
const ACTS: Record<string, (person: Person) => Promise<unknown>> = {
  'a deactivation, also when the user is reactivated': async ({ userId }) => {
    await deactivateUser(ctx, { by: OPERATOR, userId })
    await reactivateUser(ctx, { by: OPERATOR, userId })
  },
  'a change of the password': async ({ tokens }) => {
    const identity = await authenticate(ctx, tokens.access)
    const passwords = { oldPassword: PASSWORD, newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    await changePassword(ctx, { identity, ...passwords })
  },
  'a change of the password with LOGOUT_ON_PASSWORD_CHANGE=false': async ({ tokens }) => {
    const identity = await authenticate(ctx, tokens.access)
    const passwords = { oldPassword: PASSWORD, newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    await changePassword(withConfig(ctx, { logoutOnPasswordChange: false }), { identity, ...passwords })
  },
  'a reset by another link': async (person) => setNew({ token: await mailResetLink(person) }),
  'a change of address by another link': async (person) =>
    confirmEmailChange(ctx, { key: await mailChangeLink(person) }),
  'a password that the operator sets': ({ userId }) =>
    setUserPassword(ctx, { by: OPERATOR, userId, password: NEW_PASSWORD }),
  'a reset of the second factors': ({ userId }) =>
    resetUserFactors(ctx, { by: OPERATOR, userId, keepPassword: true }),
  'an address that the operator sets': ({ userId }) =>
    setUserEmail(ctx, { by: OPERATOR, userId, email: newEmail() }),
}

describe('an earlier link of the user, of any purpose,', () => {
  it.each(Object.entries(ACTS))('opens nothing after %s', async (_name, act) => {
    const person = await signUp(ctx)
    const links = await mailLinks(person)
    await act(person)
    const read = () => test.database.sql`
      select email, email_verified, password_hash, session_epoch from users where id = ${person.userId}`
    const before = await read()
    const gone = { code: 'not_found' }
    expect(await refusalOf(verifyEmail(ctx, { key: links.verification }))).toMatchObject(gone)
    expect(await refusalOf(confirmEmailChange(ctx, { key: links.change }))).toMatchObject(gone)
    expect(await openResetLink(ctx, { uid: links.uid, token: links.reset })).toBeNull()
    for (const proof of [{ token: links.reset }, { opened: [links.resetToken] as [string] }]) {
      expect(await refusalOf(setNew(proof))).toMatchObject({ code: 'token_not_valid' })
    }
    expect(await read()).toEqual(before)
  })
})

/** The ways to turn the second factor on in a session. */
const TURNED_ON: Record<string, (identity: Identity) => Promise<unknown>> = {
  'an authenticator app': async (identity) => {
    const { secret } = await setUpTotp(ctx, { by: { identity } })
    await activateTotp(ctx, { by: { identity }, code: totpCode(secret, test.clock) })
  },
  'a passkey': async (identity) => {
    await addPasskey(ctx, identity)
    await enableSecondFactor(ctx, { identity })
  },
}

describe('a change of address that was asked for with one factor', () => {
  it.each(Object.entries(TURNED_ON))('is void when the owner turns on %s', async (_name, turnOn) => {
    const owner = await signUp(ctx)
    const change = await mailChangeLink({ ...owner, tokens: await logIn(ctx, owner) })
    const identity = await authenticate(ctx, owner.tokens.access)
    await turnOn(identity)
    expect(await findEmailChange(ctx, { identity })).toBeNull()
    expect(await refusalOf(confirmEmailChange(ctx, { key: change }))).toMatchObject({ code: 'not_found' })
    const events = await test.database.sql`
      select kind from audit_events where user_id = ${owner.userId} and kind like 'email_%'`
    expect(events.map(({ kind }) => kind)).toEqual(['email_change_requested', 'email_change_cancelled'])
  })

  it('waits on when a passkey is added and the second factor stays as it is', async () => {
    const owner = await signUp(ctx)
    const change = await mailChangeLink(owner)
    await addPasskey(ctx, await authenticate(ctx, owner.tokens.access))
    await expect(confirmEmailChange(ctx, { key: change })).resolves.toBeUndefined()
  })
})

it('an act on one user leaves the links of another user alone', async () => {
  const [person, other] = [await signUp(ctx), await signUp(ctx)]
  const links = await mailLinks(other)
  await deactivateUser(ctx, { by: OPERATOR, userId: person.userId })
  await expect(confirmEmailChange(ctx, { key: links.change })).resolves.toBeUndefined()
})

it('a deactivated user follows no link, even if one were left', async () => {
  const person = await signUp(ctx)
  const links = await mailLinks(person)
  await test.database.sql`update users set is_active = false where id = ${person.userId}`
  const gone = { code: 'not_found' }
  expect(await refusalOf(verifyEmail(ctx, { key: links.verification }))).toMatchObject(gone)
  expect(await refusalOf(confirmEmailChange(ctx, { key: links.change }))).toMatchObject(gone)
  for (const proof of [{ token: links.reset }, { opened: [links.resetToken] as [string] }]) {
    expect(await findResetTarget(ctx, proof)).toBeNull()
    expect(await refusalOf(setNew(proof))).toMatchObject({ code: 'token_not_valid' })
  }
  const left = await test.database.sql`
    select 1 from capabilities where user_id = ${person.userId} and used_at is null`
  expect(left).toHaveLength(4)
})
