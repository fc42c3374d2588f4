import {
  createMailingCore,
  type MailingCore,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type Person,
  readClaims,
  refusalOf,
  requireTokens,
  signUp,
  signUpForm,
  totpCode,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityOf } from '../../../tests/support/identity-of.ts'
import { OPERATOR } from '../../steps/actor.ts'
import { authenticate } from '../../steps/authenticate.ts'
import type { SecondFactorRequired } from '../../words/second-factors.ts'
import { login } from '../auth/login.ts'
import { activateTotp } from '../mfa/activate-totp.ts'
import { setUpTotp } from '../mfa/set-up-totp.ts'
import { verifyRecoveryCode } from '../mfa/verify-recovery-code.ts'
import { requestPasswordReset } from '../password/request-password-reset.ts'
import { setNewPassword } from '../password/set-new-password.ts'
import { register } from '../registration/register.ts'
import { resendVerification } from '../registration/resend-verification.ts'
import { verifyEmail } from '../registration/verify-email.ts'
import { createUser } from '../staff/create-user.ts'
import { deactivateUser } from '../staff/deactivate-user.ts'
import { resetUserFactors } from '../staff/reset-user-factors.ts'
import { setUserEmail } from '../staff/set-user-email.ts'
import { verifyUserEmail } from '../staff/verify-user-email.ts'
import { deleteOwnUser } from '../user/delete-own-user.ts'
import { connectIdentity } from './connect-identity.ts'
import { disconnectProvider } from './disconnect-provider.ts'
import { signInWithIdentity } from './sign-in-with-identity.ts'

let test: MailingCore
beforeAll(async () => {
  test = await createMailingCore()
})
afterAll(() => test.close())

const connectionsOf = (email: string) =>
  test.database.sql`select provider, uid, c.id from connections c join users u on u.id = user_id
    where email = ${email} order by c.id`
const findUser = async (email: string) =>
  (await test.database.sql`select * from users where email = ${email}`)[0]
const eventsOf = async (userId: string) =>
  (await test.database.sql`select kind from audit_events where user_id = ${userId} order by id`).map(
    ({ kind }) => kind,
  )
const signIn = async (identity: ReturnType<typeof identityOf>) =>
  requireTokens(await signInWithIdentity(test.ctx, identity))

async function signUpProven(): Promise<Person> {
  const person = await signUp(test.ctx)
  await test.database.sql`update users set email_verified = true where id = ${person.userId}`
  return person
}

/** A user whose second factor is on, with its recovery codes. */
async function signUpWithCodes(): Promise<Person & { codes: string[] }> {
  const person = await signUpProven()
  const by = { identity: await authenticate(test.ctx, person.tokens.access) }
  const { secret } = await setUpTotp(test.ctx, { by })
  const { recoveryCodes } = await activateTotp(test.ctx, { by, code: totpCode(secret, test.clock) })
  return { ...person, codes: recoveryCodes ?? [] }
}

async function reset(email: string): Promise<void> {
  await requestPasswordReset(test.ctx, { email })
  const { secret: token } = await test.mailbox.next(email, 'reset-password')
  const passwords = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
  await setNewPassword(test.ctx, { proof: { token }, ...passwords, signIn: false })
}

describe('an unknown subject', () => {
  it('whose address nobody holds gets a verified user without a password, in a session of fed and aal1', async () => {
    const email = newEmail()
    const tokens = await signIn(identityOf({ email, firstName: 'Grace', lastName: 'Hopper' }))
    const claims = readClaims(tokens.access)
    expect(claims).toMatchObject({ acr: 'aal1', amr: ['fed'], email_verified: true })
    expect(await findUser(email)).toMatchObject({
      id: claims.sub,
      password_hash: '!',
      email_verified: true,
      first_name: 'Grace',
      last_name: 'Hopper',
    })
    expect(await connectionsOf(email)).toMatchObject([{ provider: 'google' }])
    expect(await eventsOf(claims.sub)).toEqual(['registered', 'connection_added', 'login'])
    expect(await refusalOf(login(test.ctx, { email, password: '!' }))).toMatchObject({
      code: 'incorrect_credentials',
    })
  })

  it('ends the pending sign-ups of its address: their links make no user', async () => {
    const mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
    const form = signUpForm()
    await register(mandatory, form)
    const { secret } = await test.mailbox.next(form.email, 'confirm-registration')
    await signIn(identityOf({ email: form.email }))
    expect(await refusalOf(verifyEmail(mandatory, { key: secret }))).toMatchObject({ code: 'not_found' })
    expect(await findUser(form.email)).toMatchObject({ password_hash: '!' })
    const left = await test.database
      .sql`select is_shadow, first_name from pending_registrations where email = ${form.email}`
    expect(left).toEqual([{ is_shadow: true, first_name: '' }])
  })

  it('is connected to the user that proved the address, who keeps the password and reads of it', async () => {
    const person = await signUpProven()
    const { access } = await signIn(identityOf({ email: person.email }))
    expect(readClaims(access).sub).toBe(person.userId)
    expect(await connectionsOf(person.email)).toHaveLength(1)
    await login(test.ctx, { email: person.email, password: PASSWORD })
    expect(await test.mailbox.kindsTo(person.email)).toContain('connection-changed')
  })

  it('is connected to a user whom staff made or invited', async () => {
    const [made, invited, vouched] = [newEmail(), newEmail(), newEmail()]
    const form = { by: OPERATOR, firstName: 'Ada', lastName: 'Lovelace', role: 0 }
    await createUser(test.ctx, { ...form, email: made, password: PASSWORD })
    await createUser(test.ctx, { ...form, email: invited })
    const { id: userId } = await createUser(test.ctx, { ...form, email: vouched })
    await verifyUserEmail(test.ctx, { by: OPERATOR, userId })
    for (const email of [made, invited, vouched]) {
      await signIn(identityOf({ email }))
      expect(await connectionsOf(email)).toHaveLength(1)
      expect(await findUser(email)).toMatchObject({ email_verified: true, owner_unproven: false })
    }
  })

  it('is asked for no password, where it is connected to a user who never chose one', async () => {
    const [invited, reset] = [newEmail(), newEmail()]
    const form = { by: OPERATOR, firstName: 'Ada', lastName: 'Lovelace', role: 0 }
    await createUser(test.ctx, { ...form, email: invited })
    const { id: userId } = await createUser(test.ctx, { ...form, email: reset, password: PASSWORD })
    await resetUserFactors(test.ctx, { by: OPERATOR, userId })
    for (const email of [invited, reset]) {
      const { access } = await signIn(identityOf({ email }))
      const identity = await authenticate(test.ctx, access)
      expect(identity.user.hasUsablePassword).toBe(false)
      await deleteOwnUser(test.ctx, { identity })
      expect(await findUser(email)).toBeUndefined()
    }
  })

  it.each([
    ['local_account_unverified', { isProven: false }, {}],
    ['email_already_registered', { isProven: true }, { mayLink: false }],
    ['email_already_registered', { isProven: false }, { mayLink: false }],
    ['provider_email_unverified', { isProven: true }, { isVouched: false }],
  ] as const)(
    'is refused as %s for a user %j and what the provider says %j: nothing is written',
    async (code, user, said) => {
      const person = user.isProven ? await signUpProven() : await signUp(test.ctx)
      const before = [await findUser(person.email), await eventsOf(person.userId)]
      expect(await refusalOf(signIn(identityOf({ email: person.email, ...said })))).toMatchObject({ code })
      expect(await connectionsOf(person.email)).toEqual([])
      expect([await findUser(person.email), await eventsOf(person.userId)]).toEqual(before)
    },
  )

  it.each([
    { email: null },
    { email: null, isVouched: true },
    { email: 'nobody@example.com', isVouched: false },
  ])('without a vouched address makes nothing: %j', async (said) => {
    expect(await refusalOf(signIn(identityOf(said)))).toMatchObject({ code: 'provider_email_unverified' })
    expect(await findUser('nobody@example.com')).toBeUndefined()
  })

  it('of the same provider is refused where the user has another one: the address was given to somebody else', async () => {
    const person = await signUpProven()
    const first = identityOf({ email: person.email })
    await signIn(first)
    const second = identityOf({ email: person.email })
    expect(await refusalOf(signIn(second))).toMatchObject({ code: 'email_already_registered' })
    expect(await connectionsOf(person.email)).toMatchObject([{ uid: first.subject }])
    await signIn(identityOf({ email: person.email, provider: 'github' }))
    expect(await connectionsOf(person.email)).toHaveLength(2)
  })

  it('does not open a deactivated user', async () => {
    const person = await signUpProven()
    await deactivateUser(test.ctx, { by: OPERATOR, userId: person.userId })
    expect(await refusalOf(signIn(identityOf({ email: person.email })))).toMatchObject({
      code: 'no_active_account',
    })
    expect(await connectionsOf(person.email)).toEqual([])
    const [event] = await test.database.sql`select details from audit_events
      where user_id = ${person.userId} and kind = 'login_failed'`
    expect(event?.details).toEqual({ reason: 'no_active_account' })
  })
})

describe('a user whose address was proven', () => {
  const optional = () => withConfig(test.ctx, { emailVerification: 'optional' })

  /** A user of `optional`, by the link of the sign-up or by one that anybody asked for. */
  async function signUpAndFollow(which: 'first' | 'later') {
    const form = signUpForm()
    const tokens = requireTokens(await register(optional(), form))
    const { secret } = await test.mailbox.next(form.email, 'verify-email')
    if (which === 'first') await verifyEmail(optional(), { key: secret })
    else {
      await resendVerification(optional(), { email: form.email })
      await verifyEmail(optional(), { key: (await test.mailbox.next(form.email, 'verify-email')).secret })
    }
    return { email: form.email, userId: readClaims(tokens.access).sub }
  }

  it.each([
    ['the link of a sign-up', () => signUpAndFollow('first')],
    ['a link that anybody may ask for', () => signUpAndFollow('later')],
    [
      'staff',
      async () => {
        const person = await signUp(test.ctx)
        await verifyUserEmail(test.ctx, { by: OPERATOR, userId: person.userId })
        return person
      },
    ],
    [
      'staff, who gave another address',
      async () => {
        const person = await signUp(test.ctx)
        const email = newEmail()
        await setUserEmail(test.ctx, { by: OPERATOR, userId: person.userId, email })
        return { ...person, email }
      },
    ],
  ])('by %s is connected after a reset by mail, which leaves no door of anybody else', async (_, make) => {
    const person = await make()
    expect(await findUser(person.email)).toMatchObject({ email_verified: true, owner_unproven: true })
    await test.database.sql`insert into connections
      values (gen_random_uuid(), ${person.userId}, 'google', ${`door-${person.userId}`}, now(), now())`
    const identity = identityOf({ email: person.email })
    expect(await refusalOf(signIn(identity))).toMatchObject({ code: 'local_account_unverified' })
    await reset(person.email)
    expect(await connectionsOf(person.email)).toEqual([])
    expect(await findUser(person.email)).toMatchObject({ owner_unproven: false })
    expect(readClaims((await signIn(identity)).access).sub).toBe(person.userId)
    await reset(person.email)
    expect(await connectionsOf(person.email)).toHaveLength(1)
  })

  it('by a provider stays proven when somebody follows an older link, so a reader of the mailbox meets the second factor', async () => {
    const email = newEmail()
    await createUser(test.ctx, { by: OPERATOR, email, firstName: 'Ada', lastName: 'Lovelace', role: 0 })
    await resendVerification(optional(), { email })
    const { secret: key } = await test.mailbox.next(email, 'verify-email')
    const { access } = await signIn(identityOf({ email }))
    const by = { identity: await authenticate(test.ctx, access) }
    const { secret } = await setUpTotp(test.ctx, { by })
    await activateTotp(test.ctx, { by, code: totpCode(secret, test.clock) })
    await verifyEmail(optional(), { key })
    expect(await findUser(email)).toMatchObject({ email_verified: true, owner_unproven: false })
    await reset(email)
    expect(await findUser(email)).toMatchObject({ second_factor: true })
    expect(await connectionsOf(email)).toHaveLength(1)
  })

  it('before staff gave another one, is proven by a reset alone', async () => {
    const person = await signUpProven()
    await signIn(identityOf({ email: person.email }))
    const email = newEmail()
    await setUserEmail(test.ctx, { by: OPERATOR, userId: person.userId, email })
    expect(await findUser(email)).toMatchObject({ owner_unproven: true })
    await reset(email)
    expect(await connectionsOf(email)).toEqual([])
  })
})

describe('a connected subject', () => {
  it('signs its user in whatever address the provider names, and is not vouched for', async () => {
    const [person, other] = [await signUpProven(), await signUpProven()]
    const identity = identityOf({ email: person.email })
    await signIn(identity)
    for (const said of [{ email: other.email }, { email: null }, { isVouched: false }, { mayLink: false }]) {
      const { access } = await signIn({ ...identity, ...said })
      expect(readClaims(access).sub).toBe(person.userId)
    }
    expect(await connectionsOf(other.email)).toEqual([])
  })

  it('is another one at another provider, and its sign-in changes no other connection', async () => {
    const person = await signUpProven()
    const identity = identityOf({ email: person.email })
    await signIn(identity)
    await signIn(identityOf({ email: person.email, provider: 'github' }))
    const before = await connectionsOf(person.email)
    await signIn(identity)
    expect(await connectionsOf(person.email)).toEqual(before)
    const alike = identityOf({ email: newEmail(), provider: 'gitlab', subject: identity.subject })
    expect(readClaims((await signIn(alike)).access).sub).not.toBe(person.userId)
  })

  it('of a moved-in row is completed at its first sign-in', async () => {
    const person = await signUpProven()
    const identity = identityOf({
      email: null,
      provider: 'microsoft',
      subject: 'tid:oid-1',
      formerSubject: 'oid-1',
    })
    await test.database.sql`insert into connections values
      (gen_random_uuid(), ${person.userId}, 'microsoft', 'oid-1', now(), now())`
    expect(readClaims((await signIn(identity)).access).sub).toBe(person.userId)
    expect(await connectionsOf(person.email)).toMatchObject([{ uid: 'tid:oid-1' }])
    await signIn(identity)
  })

  it('of a deactivated user, and of one that must verify the address, is refused as at a sign-in', async () => {
    const person = await signUp(test.ctx)
    const identity = identityOf({ email: null })
    await connectIdentity(test.ctx, await authenticate(test.ctx, person.tokens.access), identity)
    const mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
    expect(await refusalOf(signInWithIdentity(mandatory, identity))).toMatchObject({
      code: 'email_not_verified',
    })
    await deactivateUser(test.ctx, { by: OPERATOR, userId: person.userId })
    expect(await refusalOf(signIn(identity))).toMatchObject({ code: 'no_active_account' })
  })
})

describe('a sign-in that waits for the lock of its user', () => {
  /** Holds the row of the user while the sign-in waits, and commits a change of it first. */
  async function signInBehind(person: Person, identity: ReturnType<typeof identityOf>, change: string) {
    const blocker = await test.database.sql.reserve()
    await blocker`begin`
    await blocker`select 1 from users where id = ${person.userId} for update`
    const late = signIn(identity)
    await test.database.waitForBlocked()
    await blocker.unsafe(change)
    await blocker`commit`
    blocker.release()
    return readClaims((await late).access).sub
  }

  it('opens no session of a user that lost the connection meanwhile', async () => {
    const person = await signUpProven()
    const identity = identityOf({ email: newEmail() })
    const caller = await authenticate(test.ctx, person.tokens.access)
    await connectIdentity(test.ctx, caller, identity)
    await connectIdentity(test.ctx, caller, identityOf({ email: null }))
    const change = `delete from connections where uid = '${identity.subject}'`
    expect(await signInBehind(person, identity, change)).not.toBe(person.userId)
  })

  it('connects nothing to a user that has another address by now', async () => {
    const person = await signUpProven()
    const change = `update users set email = '${newEmail()}' where id = '${person.userId}'`
    expect(await signInBehind(person, identityOf({ email: person.email }), change)).not.toBe(person.userId)
  })

  it('goes to the user that was connected meanwhile', async () => {
    const [person, other] = [await signUpProven(), await signUpProven()]
    const identity = identityOf({ email: person.email })
    const change = `insert into connections values
      (gen_random_uuid(), '${other.userId}', 'google', '${identity.subject}', now(), now())`
    expect(await signInBehind(person, identity, change)).toBe(other.userId)
    expect(await connectionsOf(person.email)).toEqual([])
  })

  it('makes a user of its own when the other one was deleted meanwhile', async () => {
    const person = await signUpProven()
    const change = `delete from users where id = '${person.userId}'`
    expect(await signInBehind(person, identityOf({ email: person.email }), change)).not.toBe(person.userId)
  })
})

describe('a database that keeps refusing the connection', () => {
  beforeAll(async () => {
    await test.database.sql.unsafe(`create function refuse_connection() returns trigger language plpgsql as $$
      begin
        if new.provider = 'broken' then raise exception 'out of order'; end if;
        return case when new.provider = 'contended' then null else new end;
      end $$;
      create trigger refuse before insert on connections for each row execute function refuse_connection()`)
  })
  afterAll(() => test.database.sql`drop trigger refuse on connections`)

  it.each(['a new user', 'a known user'])('as if others were faster ends as unavailable: %s', async (who) => {
    const email = who === 'a known user' ? (await signUpProven()).email : newEmail()
    const refused = signIn(identityOf({ email, provider: 'contended' }))
    expect(await refusalOf(refused)).toMatchObject({ code: 'unavailable' })
    expect(await connectionsOf(email)).toEqual([])
  })

  it('by a fault is no refusal', async () => {
    const failed = signIn(identityOf({ email: newEmail(), provider: 'broken' }))
    await expect(failed).rejects.not.toMatchObject({ code: 'unavailable' })
  })
})

it('a sign-in ends the sessions of its user that were unused for longest', async () => {
  const limited = withConfig(test.ctx, { sessionsPerAccount: 2 })
  const identity = identityOf({ email: newEmail() })
  const tokens = requireTokens(await signInWithIdentity(limited, identity))
  for (let more = 0; more < 3; more++) await signInWithIdentity(limited, identity)
  const [row] = await test.database
    .sql`select count(*)::int from sessions where user_id = ${readClaims(tokens.access).sub}`
  expect(row?.count).toBe(2)
})

describe('two first sign-ins at once', () => {
  it('make one user and one connection, and both sign in', async () => {
    const identity = identityOf({ email: newEmail() })
    const all = await Promise.all(Array.from({ length: 10 }, () => signIn(identity)))
    expect(new Set(all.map(({ access }) => readClaims(access).sub)).size).toBe(1)
    expect(await connectionsOf(identity.email ?? '')).toHaveLength(1)
  })

  it('with two subjects of one provider connect one of them', async () => {
    const person = await signUpProven()
    const all = await Promise.allSettled([1, 2].map(() => signIn(identityOf({ email: person.email }))))
    expect(all.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await connectionsOf(person.email)).toHaveLength(1)
  })
})

describe('a second factor', () => {
  it('comes before the connection: the challenge writes none, its answer does, as fed', async () => {
    const owner = await signUpWithCodes()
    const identity = identityOf({ email: owner.email })
    const challenge = (await signInWithIdentity(test.ctx, identity)) as SecondFactorRequired
    expect(challenge).toMatchObject({ mfaRequired: true })
    expect(await connectionsOf(owner.email)).toEqual([])
    const { challengeId } = challenge
    const wrong = verifyRecoveryCode(test.ctx, { challengeId, recoveryCode: 'aaaa-aaaa-aaaa-aaaa-aaaa-aaaa' })
    expect(await refusalOf(wrong)).toMatchObject({ code: 'invalid_recovery_code' })
    expect(await connectionsOf(owner.email)).toEqual([])
    const recoveryCode = owner.codes[0] ?? ''
    const { access } = await verifyRecoveryCode(test.ctx, { challengeId, recoveryCode })
    expect(readClaims(access)).toMatchObject({ acr: 'aal2', amr: ['fed', 'recovery_code', 'mfa'] })
    expect(await connectionsOf(owner.email)).toMatchObject([{ uid: identity.subject }])
  })

  it('completes the row of another deployment that was moved in meanwhile', async () => {
    const owner = await signUpWithCodes()
    const identity = identityOf({
      email: owner.email,
      provider: 'microsoft',
      subject: `tid:${owner.userId}`,
      formerSubject: owner.userId,
    })
    const { challengeId } = (await signInWithIdentity(test.ctx, identity)) as SecondFactorRequired
    await test.database.sql`insert into connections values
      (gen_random_uuid(), ${owner.userId}, 'microsoft', ${owner.userId}, now(), now())`
    await verifyRecoveryCode(test.ctx, { challengeId, recoveryCode: owner.codes[0] ?? '' })
    expect(await connectionsOf(owner.email)).toMatchObject([{ uid: identity.subject }])
  })

  it('connects nothing that another user has by now', async () => {
    const [owner, other] = [await signUpWithCodes(), await signUpProven()]
    const identity = identityOf({ email: owner.email })
    const { challengeId } = (await signInWithIdentity(test.ctx, identity)) as SecondFactorRequired
    await connectIdentity(test.ctx, await authenticate(test.ctx, other.tokens.access), identity)
    const late = verifyRecoveryCode(test.ctx, { challengeId, recoveryCode: owner.codes[0] ?? '' })
    expect(await refusalOf(late)).toMatchObject({ code: 'challenge_invalid' })
    expect(await connectionsOf(other.email)).toMatchObject([{ uid: identity.subject }])
  })

  it('of two challenges with two subjects of one provider lets one be connected', async () => {
    const owner = await signUpWithCodes()
    const start = async () =>
      (await signInWithIdentity(test.ctx, identityOf({ email: owner.email }))) as SecondFactorRequired
    const [one, two] = [await start(), await start()]
    await verifyRecoveryCode(test.ctx, { challengeId: one.challengeId, recoveryCode: owner.codes[0] ?? '' })
    const late = verifyRecoveryCode(test.ctx, {
      challengeId: two.challengeId,
      recoveryCode: owner.codes[1] ?? '',
    })
    expect(await refusalOf(late)).toMatchObject({ code: 'challenge_invalid' })
    expect(await connectionsOf(owner.email)).toHaveLength(1)
  })

  it('is asked of a connected subject too, and a connection that was removed meanwhile signs nobody in', async () => {
    const owner = await signUpWithCodes()
    const identity = identityOf({ email: owner.email })
    const first = (await signInWithIdentity(test.ctx, identity)) as SecondFactorRequired
    const { challengeId } = first
    const { access } = await verifyRecoveryCode(test.ctx, { challengeId, recoveryCode: owner.codes[0] ?? '' })
    const waiting = (await signInWithIdentity(test.ctx, identity)) as SecondFactorRequired
    const [connection] = await connectionsOf(owner.email)
    await disconnectProvider(test.ctx, {
      identity: await authenticate(test.ctx, access),
      connectionId: connection?.id,
    })
    const late = verifyRecoveryCode(test.ctx, { ...waiting, recoveryCode: owner.codes[1] ?? '' })
    expect(await refusalOf(late)).toMatchObject({ code: 'challenge_invalid' })
    expect(await connectionsOf(owner.email)).toEqual([])
  })
})

describe('a mailed reset', () => {
  it('that proves the address for the first time deletes every connection: a squatter keeps no door', async () => {
    const squatted = await signUp(test.ctx)
    const door = identityOf({ email: newEmail() })
    await connectIdentity(test.ctx, await authenticate(test.ctx, squatted.tokens.access), door)
    const other = newEmail()
    await signIn(identityOf({ email: other }))
    await reset(squatted.email)
    expect(await connectionsOf(squatted.email)).toEqual([])
    expect(await connectionsOf(other)).toHaveLength(1)
    expect(await eventsOf(squatted.userId)).toContain('connection_removed')
    const { access } = await signIn(door)
    expect(readClaims(access).sub).not.toBe(squatted.userId)
  })

  it('of a proven address keeps the connections and names them in the mail', async () => {
    const person = await signUpProven()
    await signIn(identityOf({ email: person.email, provider: 'github' }))
    await reset(person.email)
    expect(await connectionsOf(person.email)).toHaveLength(1)
    const mail = await test.mailbox.next(person.email, 'password-changed')
    expect(JSON.stringify(mail)).toContain('github')
  })
})
