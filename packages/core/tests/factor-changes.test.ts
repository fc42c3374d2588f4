import {
  createMailingCore,
  logIn,
  type MailingCore,
  type Person,
  readClaims,
  refusalOf,
  signUp,
  softAuthenticator,
  totpCode,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { login } from '../src/operations/auth/login.ts'
import { activateTotp } from '../src/operations/mfa/activate-totp.ts'
import { enableSecondFactor } from '../src/operations/mfa/enable-second-factor.ts'
import { setUpTotp } from '../src/operations/mfa/set-up-totp.ts'
import { deletePasskey } from '../src/operations/passkeys/delete-passkey.ts'
import { describePasskeyRegistration } from '../src/operations/passkeys/describe-passkey-registration.ts'
import { registerPasskey } from '../src/operations/passkeys/register-passkey.ts'
import { connectIdentity } from '../src/operations/social/connect-identity.ts'
import { signInWithIdentity } from '../src/operations/social/sign-in-with-identity.ts'
import { type FactorCaller, getSetupChallenge } from '../src/steps/factor-owner.ts'
import type { Identity } from '../src/steps/identity.ts'
import type { TokenPair } from '../src/words/claims.ts'
import type { SignInAnswer } from '../src/words/second-factors.ts'
import { identityOf as describeAccount } from './support/identity-of.ts'
import { addPasskey, enterWithPasskey } from './support/passkey-people.ts'
import { countEvents, countSessions, identityOf, kindsOf } from './support/second-factor.ts'

let test: MailingCore
let person: Person
let identity: Identity
beforeAll(async () => {
  test = await createMailingCore()
})
beforeEach(async () => {
  test.clock.seconds = 0
  person = await signUp(test.ctx)
  await test.database.sql`update users set email_verified = true where id = ${person.userId}`
  identity = await identityOf(test.ctx, person)
})
afterAll(() => test.close())

async function addApp(): Promise<void> {
  const by = { identity: await identityOf(test.ctx, person) }
  const { secret } = await setUpTotp(test.ctx, { by, replace: true })
  await activateTotp(test.ctx, { by, code: totpCode(secret, test.clock) })
  identity = await identityOf(test.ctx, person)
}

/** A new account of the person at a provider. */
const account = () => describeAccount({ email: person.email })

const listConnected = () => test.database.sql`select uid from connections where user_id = ${person.userId}`

async function isOn(): Promise<boolean> {
  const [row] = await test.database.sql`select second_factor from users where id = ${person.userId}`
  return row?.second_factor
}

/** The sentences about changes that were mailed, the oldest first. */
async function listChanges(): Promise<string[]> {
  const mails = await test.mailbox.all()
  const texts = mails.filter(({ to, kind }) => to === person.email && kind === 'second-factor-changed')
  return texts.map(({ text }) => /A passkey was \w+|Two-step sign-in was turned \w+/.exec(text)?.[0] ?? text)
}

/** Removes the only passkey in a session of two factors. */
async function addAndRemove(): Promise<void> {
  const { passkey, device } = await addPasskey(test.ctx, identity)
  const { access } = await enterWithPasskey(test.ctx, device)
  identity = await identityOf(test.ctx, { tokens: { access, refresh: '' } })
  if (await isOn()) identity = { ...identity, acr: 'aal2' }
  await deletePasskey(test.ctx, { identity, passkeyId: passkey.id })
}

describe('a passkey that is added, counts as second factor, and is removed', () => {
  it('is mailed and recorded at each change', async () => {
    const { passkey } = await addPasskey(test.ctx, identity)
    await enableSecondFactor(test.ctx, { identity })
    identity = { ...(await identityOf(test.ctx, person)), acr: 'aal2' }
    await deletePasskey(test.ctx, { identity, passkeyId: passkey.id })
    expect((await listChanges()).sort()).toEqual([
      'A passkey was added',
      'A passkey was removed',
      'Two-step sign-in was turned off',
      'Two-step sign-in was turned on',
    ])
    const changes = ['passkey_added', 'second_factor_enabled', 'passkey_removed', 'second_factor_disabled']
    expect(await kindsOf(test, person.userId)).toEqual(expect.arrayContaining(changes))
  })

  it('turns nothing off where the second factor is off', async () => {
    await addAndRemove()
    expect(await listChanges()).toHaveLength(2)
    expect(await countEvents(test, person.userId, 'second_factor_disabled')).toBe(0)
  })

  it('leaves the second factor on while there is an app', async () => {
    await addApp()
    await addAndRemove()
    expect(await isOn()).toBe(true)
  })

  it('is removed where a factor is required, when it is of another site', async () => {
    const { passkey } = await addPasskey(test.ctx, identity)
    const ctx = withConfig(test.ctx, { mfaMode: 'required', passkeyRpId: 'other.example' })
    await deletePasskey(ctx, { identity, passkeyId: passkey.id })
    expect(await countEvents(test, person.userId, 'passkey_removed')).toBe(1)
  })
})

describe('turning the second factor on', () => {
  it('makes a check of before void, and changes nothing the second time', async () => {
    const readEpoch = async () => {
      const [row] = await test.database.sql`select session_epoch from users where id = ${person.userId}`
      return row?.session_epoch
    }
    await addPasskey(test.ctx, identity)
    const before = await readEpoch()
    await enableSecondFactor(test.ctx, { identity })
    expect(await readEpoch()).toBe(before + 1)
    await enableSecondFactor(test.ctx, { identity })
    expect(await readEpoch()).toBe(before + 1)
    expect(await listChanges()).toHaveLength(2)
  })

  it('needs a recent proof, and a session that goes on', async () => {
    await addPasskey(test.ctx, identity)
    const old = { ...identity, authAgeSeconds: test.ctx.config.reauthenticationMaxAgeSeconds + 1 }
    expect(await refusalOf(enableSecondFactor(test.ctx, { identity: old }))).toMatchObject({
      code: 'insufficient_user_authentication',
    })
    await test.database.sql`delete from sessions where user_id = ${person.userId}`
    expect(await refusalOf(enableSecondFactor(test.ctx, { identity }))).toMatchObject({
      code: 'token_not_valid',
    })
    expect(await isOn()).toBe(false)
  })
})

describe('a first factor', () => {
  /** Answers a set-up: an operation that stops between its challenge and its end. */
  type SetUp = (ctx: Context, by: FactorCaller) => Promise<() => Promise<{ tokens: TokenPair | null }>>
  const setUps: Record<string, SetUp> = {
    'an app': async (ctx, by) => {
      const { secret } = await setUpTotp(ctx, { by })
      return () => activateTotp(ctx, { by, code: totpCode(secret, test.clock) })
    },
    'a passkey': async (ctx, by) => {
      const credential = softAuthenticator().create(await describePasskeyRegistration(ctx, { by }))
      return () => registerPasskey(ctx, { by, credential })
    },
  }
  const required = () => withConfig(test.ctx, { mfaMode: 'required', sessionsPerAccount: 1 })

  async function begin(
    ctx: Context,
    answering: Promise<SignInAnswer> = login(ctx, person),
  ): Promise<FactorCaller> {
    const answer = await answering
    if (!('setupChallengeId' in answer)) throw new Error('No set-up was asked for.')
    return { challenge: await getSetupChallenge(ctx, answer.setupChallengeId) }
  }

  describe.each(Object.entries(setUps))('%s', (_, setUp) => {
    it('opens nothing when its challenge has expired or is void', async () => {
      const late = await begin(required())
      test.clock.seconds = 800
      const finishLate = await setUp(required(), late)
      test.clock.seconds = 901
      expect(await refusalOf(finishLate())).toMatchObject({ code: 'not_authenticated' })
      const finish = await setUp(required(), await begin(required()))
      await test.database.sql`update users set session_epoch = session_epoch + 1 where id = ${person.userId}`
      expect(await refusalOf(finish())).toMatchObject({ code: 'not_authenticated' })
      expect(await isOn()).toBe(false)
      expect(await countSessions(test, person.userId)).toBe(1)
    })

    it('is set up before the connection by which the sign-in came', async () => {
      const finish = await setUp(
        required(),
        await begin(required(), signInWithIdentity(required(), account())),
      )
      expect(await listConnected()).toEqual([])
      const { tokens } = await finish()
      expect(readClaims(tokens?.access ?? '')).toMatchObject({ acr: 'aal2' })
      expect(readClaims(tokens?.access ?? '').amr).toContain('fed')
      expect(await listConnected()).toHaveLength(1)
    })

    it('opens nothing when another account of the provider was connected meanwhile', async () => {
      const finish = await setUp(
        required(),
        await begin(required(), signInWithIdentity(required(), account())),
      )
      const other = account()
      await connectIdentity(test.ctx, identity, other)
      expect(await refusalOf(finish())).toMatchObject({ code: 'not_authenticated' })
      expect(await listConnected()).toEqual([{ uid: other.subject }])
      expect(await isOn()).toBe(false)
    })

    it('keeps to SESSIONS_PER_ACCOUNT, with a session of two factors from before', async () => {
      await test.database.sql`update sessions set acr = 'aal2', amr = 'hwk user mfa'
        where id = ${person.sessionId}`
      const { tokens } = await (await setUp(required(), await begin(required())))()
      const rows = await test.database.sql`select id from sessions where user_id = ${person.userId}`
      expect(rows).toEqual([{ id: readClaims(tokens?.access ?? '').session }])
    })
  })

  it('that is an app is refused for a text that is no code', async () => {
    await setUpTotp(test.ctx, { by: { identity } })
    expect(await refusalOf(activateTotp(test.ctx, { by: { identity }, code: 'abc' }))).toMatchObject({
      code: 'invalid_code',
    })
  })
})

it('an app in place of another is recorded as such, and leaves the words of the session', async () => {
  await addApp()
  await test.database.sql`update sessions set amr = 'hwk user mfa' where id = ${person.sessionId}`
  await addApp()
  const events = await test.database.sql`select session_id, details from audit_events
    where user_id = ${person.userId} and kind = 'totp_activated' order by id`
  expect(events).toEqual([
    { session_id: person.sessionId, details: { replaced: false } },
    { session_id: person.sessionId, details: { replaced: true } },
  ])
  const [session] = await test.database.sql`select amr from sessions where id = ${person.sessionId}`
  expect(session?.amr).toBe('hwk user mfa')
  await expect(logIn(withConfig(test.ctx, { mfaMode: 'disabled' }), person)).resolves.toBeDefined()
})
