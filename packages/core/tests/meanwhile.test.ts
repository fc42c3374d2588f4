import { randomBytes } from 'node:crypto'
import {
  createMailingCore,
  type MailingCore,
  NEW_PASSWORD,
  PASSWORD,
  refusalOf,
  softAuthenticator,
  totpCode,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { describeReauthentication } from '../src/operations/auth/describe-reauthentication.ts'
import { reauthenticateWithPasskey } from '../src/operations/auth/reauthenticate-with-passkey.ts'
import { confirmEmailChange } from '../src/operations/email/confirm-email-change.ts'
import { requestEmailChange } from '../src/operations/email/request-email-change.ts'
import { activateTotp } from '../src/operations/mfa/activate-totp.ts'
import { deactivateSecondFactor } from '../src/operations/mfa/deactivate-second-factor.ts'
import { enableSecondFactor } from '../src/operations/mfa/enable-second-factor.ts'
import { listAuthenticators } from '../src/operations/mfa/list-authenticators.ts'
import { replaceRecoveryCodes } from '../src/operations/mfa/replace-recovery-codes.ts'
import { setUpTotp } from '../src/operations/mfa/set-up-totp.ts'
import { describePasskeyRegistration } from '../src/operations/passkeys/describe-passkey-registration.ts'
import { describePasskeySignIn } from '../src/operations/passkeys/describe-passkey-sign-in.ts'
import { registerPasskey } from '../src/operations/passkeys/register-passkey.ts'
import { signInWithPasskey } from '../src/operations/passkeys/sign-in-with-passkey.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { setNewPassword } from '../src/operations/password/set-new-password.ts'
import { deleteOwnUser } from '../src/operations/user/delete-own-user.ts'
import { addPasskey, type PasskeyPerson, signUpWithPasskey } from './support/passkey-people.ts'
import { countEvents, countSessions } from './support/second-factor.ts'

const UNVERIFIED = { flags: { uv: false } }

let test: MailingCore
let person: PasskeyPerson
beforeAll(async () => {
  test = await createMailingCore()
})
beforeEach(async () => {
  person = await signUpWithPasskey(test.ctx)
})
afterAll(() => test.close())

/** A context that acts before the first transaction of an operation, after its checks. */
function beforeTransaction(act: () => Promise<unknown>): Context {
  const { db } = test.ctx
  const transaction: typeof db.transaction = async (...given) => {
    await act()
    return db.transaction(...given)
  }
  const acting = new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name)
      if (name === 'transaction') return transaction
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { ...test.ctx, db: acting }
}

const removePasskey = () => test.database.sql`delete from passkeys where id = ${person.passkey.id}`

describe('a passkey that is removed while its answer is checked', () => {
  it('opens no session', async () => {
    const credential = person.device.get(await describePasskeySignIn(test.ctx))
    const signIn = signInWithPasskey(beforeTransaction(removePasskey), { credential })
    expect(await refusalOf(signIn)).toMatchObject({ code: 'unknown_passkey' })
    expect(await countSessions(test, person.userId)).toBe(1)
  })

  it('proves nothing', async () => {
    const { identity } = person
    const credential = person.device.get(await describeReauthentication(test.ctx, { identity }))
    const proof = reauthenticateWithPasskey(beforeTransaction(removePasskey), { identity, credential })
    expect(await refusalOf(proof)).toMatchObject({ code: 'passkey_refused' })
    expect(await countSessions(test, person.userId)).toBe(1)
  })
})

it('a user that is deleted while it deletes itself is answered as for a wrong password', async () => {
  const ctx = beforeTransaction(() => test.database.sql`delete from users where id = ${person.userId}`)
  const work = deleteOwnUser(ctx, { identity: person.identity, password: PASSWORD })
  expect(Object.keys((await refusalOf(work)).fields ?? {})).toEqual(['password'])
})

it('a sign-in by a passkey keeps to SESSIONS_PER_ACCOUNT', async () => {
  const ctx = { ...test.ctx, config: { ...test.ctx.config, sessionsPerAccount: 1 } }
  await signInWithPasskey(ctx, { credential: person.device.get(await describePasskeySignIn(ctx)) })
  expect(await countSessions(test, person.userId)).toBe(1)
})

it('a reset of a user that is deactivated meanwhile sets no password', async () => {
  await requestPasswordReset(test.ctx, { email: person.email })
  const { secret: token } = await test.mailbox.next(person.email, 'reset-password')
  const ctx = beforeTransaction(
    () => test.database.sql`update users set is_active = false where id = ${person.userId}`,
  )
  const words = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD, signIn: false }
  expect(await refusalOf(setNewPassword(ctx, { proof: { token }, ...words }))).toMatchObject({
    code: 'token_not_valid',
  })
})

describe('a user that is deleted while it sets a factor up is nobody any more', () => {
  const afterDeletion = () =>
    beforeTransaction(() => test.database.sql`delete from users where id = ${person.userId}`)

  it('with an app', async () => {
    const by = { identity: person.identity }
    const { secret } = await setUpTotp(test.ctx, { by })
    const work = activateTotp(afterDeletion(), { by, code: totpCode(secret, test.clock) })
    expect(await refusalOf(work)).toMatchObject({ code: 'not_authenticated' })
  })

  it('with a passkey', async () => {
    const by = { identity: person.identity }
    const credential = softAuthenticator().create(await describePasskeyRegistration(test.ctx, { by }))
    const work = registerPasskey(afterDeletion(), { by, credential })
    expect(await refusalOf(work)).toMatchObject({ code: 'not_authenticated' })
  })
})

describe('a passkey that answers a made-up ceremony', () => {
  const madeUp = { challenge: randomBytes(32).toString('base64url') }

  it('is not looked at, so a stranger records no failure for its user', async () => {
    const credential = person.device.get(
      { ...(await describePasskeySignIn(test.ctx)), ...madeUp },
      UNVERIFIED,
    )
    expect(await refusalOf(signInWithPasskey(test.ctx, { credential }))).toMatchObject({
      code: 'challenge_invalid',
    })
    expect(await countEvents(test, person.userId, 'login_failed')).toBe(0)
  })

  it('is not looked at when it would be added', async () => {
    const by = { identity: person.identity }
    const options = { ...(await describePasskeyRegistration(test.ctx, { by })), ...madeUp }
    const credential = softAuthenticator().create(options, UNVERIFIED)
    expect(await refusalOf(registerPasskey(test.ctx, { by, credential }))).toMatchObject({
      code: 'challenge_invalid',
    })
  })
})

describe('in a session that has ended', () => {
  const readFactor = () => test.database.sql`select second_factor,
    (select array_agg(code_hash order by code_hash) from recovery_codes where user_id = users.id) codes
    from users where id = ${person.userId}`

  it.each([
    ['turning the second factor off', deactivateSecondFactor],
    ['making new recovery codes', replaceRecoveryCodes],
  ])('%s is refused, and changes nothing', async (_, operation) => {
    await enableSecondFactor(test.ctx, person)
    const before = await readFactor()
    await test.database.sql`delete from sessions where user_id = ${person.userId}`
    const identity = { ...person.identity, secondFactor: true, acr: 'aal2' as const }
    expect(await refusalOf(operation(test.ctx, { identity, password: PASSWORD }))).toMatchObject({
      code: 'token_not_valid',
    })
    expect(await readFactor()).toEqual(before)
  })
})

it('new recovery codes are recorded', async () => {
  await enableSecondFactor(test.ctx, person)
  await replaceRecoveryCodes(test.ctx, { identity: { ...person.identity, acr: 'aal2' } })
  expect(await countEvents(test, person.userId, 'recovery_codes_replaced')).toBe(1)
})

it('the list of authenticators has the passkeys of this site alone', async () => {
  const { passkey } = await addPasskey(test.ctx, person.identity)
  await test.database.sql`update passkeys set rp_id = 'other.example' where id = ${passkey.id}`
  const listed = await listAuthenticators(test.ctx, { identity: person.identity })
  expect(listed.map(({ id }) => id)).toEqual([person.passkey.id])
})

it('a change of address that fails is told as a failure, and not as an unknown link', async () => {
  const newEmail = `new-${person.email}`
  await requestEmailChange(test.ctx, { identity: person.identity, newEmail, password: PASSWORD })
  const { secret: key } = await test.mailbox.next(newEmail, 'confirm-email-change')
  const queue = () => Promise.reject(new Error('the outbox is gone'))
  const ctx = { ...test.ctx, outbox: { ...test.ctx.outbox, queue } }
  await expect(confirmEmailChange(ctx, { key })).rejects.toThrow('the outbox is gone')
  await expect(confirmEmailChange(test.ctx, { key })).resolves.toBeUndefined()
})
