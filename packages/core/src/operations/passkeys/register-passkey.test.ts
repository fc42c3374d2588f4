import { randomBytes } from 'node:crypto'
import {
  createTestCore,
  PASSWORD,
  type Person,
  readClaims,
  refusalOf,
  signUp,
  softAuthenticator,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addPasskey, enterWithPasskey, getUnfinished } from '../../../tests/support/passkey-people.ts'
import type { Context } from '../../context.ts'
import { describeUserHandle } from '../../services/passkeys/user-handle.ts'
import { authenticate } from '../../steps/authenticate.ts'
import { type FactorCaller, getSetupChallenge } from '../../steps/factor-owner.ts'
import type { Identity } from '../../steps/identity.ts'
import { hashLinkSecret } from '../../steps/link-secret.ts'
import type { UserId } from '../../words/ids.ts'
import { describePasskeyRegistration } from './describe-passkey-registration.ts'
import { listPasskeys } from './list-passkeys.ts'
import { registerPasskey } from './register-passkey.ts'

const PARALLEL = 50
const CHALLENGE_INVALID = { code: 'challenge_invalid', detail: 'Challenge expired or invalid.' }
const REFUSED = { code: 'passkey_refused', detail: 'The passkey could not be verified.' }

let test: TestCore
let required: Context
let person: Person
let identity: Identity
beforeAll(async () => {
  test = await createTestCore()
  required = withConfig(test.ctx, { mfaMode: 'required' })
})
beforeEach(async () => {
  person = await signUp(test.ctx)
  identity = await authenticate(test.ctx, person.tokens.access)
})
afterAll(() => test.close())

const optionsOf = (caller = identity) => describePasskeyRegistration(test.ctx, { by: { identity: caller } })
const register = (credential: unknown, caller = identity) =>
  registerPasskey(test.ctx, { by: { identity: caller }, credential })

async function countPasskeys(userId: string = person.userId): Promise<number> {
  const [row] = await test.database.sql`select count(*)::int from passkeys where user_id = ${userId}`
  return row?.count
}

async function getSetup(): Promise<string> {
  const answer = await getUnfinished(required, person)
  if (!('setupChallengeId' in answer)) throw new Error('No set-up was asked for.')
  return answer.setupChallengeId
}

describe('the options of a registration', () => {
  it('demand a verified user and a discoverable passkey, and name the passkeys that are there', async () => {
    const { passkey } = await addPasskey(test.ctx, identity)
    expect(await optionsOf()).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rp: { id: 'localhost', name: test.ctx.config.mfaIssuer },
      user: {
        id: describeUserHandle(person.userId as UserId),
        name: person.email,
        displayName: person.email,
      },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
      timeout: 300_000,
      attestation: 'none',
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
      excludeCredentials: [
        { type: 'public-key', id: passkey.credentialId, transports: ['hybrid', 'internal'] },
      ],
    })
    expect(Buffer.from((await optionsOf()).user.id, 'base64url')).toHaveLength(16)
  })
})

describe('a registration', () => {
  it('stores a passkey that signs in, is recorded, and leaves the session and the second step as they are', async () => {
    const { device, passkey } = await addPasskey(test.ctx, identity, { synced: true })
    expect(passkey).toMatchObject({ name: 'Passkey', signCount: 0, rpId: 'localhost', lastUsedAt: null })
    await expect(enterWithPasskey(test.ctx, device)).resolves.toBeDefined()
    await expect(authenticate(test.ctx, person.tokens.access)).resolves.toMatchObject({
      acr: 'aal1',
      secondFactor: false,
    })
    const [event] = await test.database
      .sql`select details, session_id from audit_events where user_id = ${person.userId} and kind = 'passkey_added'`
    expect(event).toEqual({ details: { passkey: passkey.id, synced: true }, session_id: person.sessionId })
  })

  it('names the passkey after its provider, after the browser, or as the caller says', async () => {
    const firefox = test.contextOf({
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    })
    const google = await addPasskey(firefox, identity, { aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4' })
    const unknown = await addPasskey(firefox, identity)
    const credential = softAuthenticator().create(await optionsOf())
    await registerPasskey(firefox, { by: { identity }, credential, name: 'My key' })
    const { passkeys } = await listPasskeys(test.ctx, { identity })
    expect(passkeys.map(({ name }) => name)).toEqual(['Google Password Manager', 'Firefox, Linux', 'My key'])
    expect([google.passkey.id, unknown.passkey.id]).toEqual(passkeys.slice(0, 2).map(({ id }) => id))
  })

  it(`stores one passkey for one ceremony, of ${PARALLEL} at once`, async () => {
    const options = await optionsOf()
    const answers = await Promise.allSettled(
      Array.from({ length: PARALLEL }, () => register(softAuthenticator().create(options))),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await countPasskeys()).toBe(1)
  })

  it('is refused with a ceremony that is used, expired, made up, or of another session, user or kind', async () => {
    const device = softAuthenticator()
    const used = device.create(await optionsOf())
    await register(used)
    expect(await refusalOf(register(used))).toEqual(CHALLENGE_INVALID)
    const stranger = await signUp(test.ctx)
    const strangers = await optionsOf(await authenticate(test.ctx, stranger.tokens.access))
    const second = await authenticate(test.ctx, (await enterWithPasskey(test.ctx, device)).access)
    const others = await optionsOf(second)
    const madeUp = { ...others, challenge: randomBytes(32).toString('base64url') }
    for (const options of [strangers, others, madeUp]) {
      const credential = softAuthenticator().create(options)
      expect(await refusalOf(register(credential))).toEqual(CHALLENGE_INVALID)
    }
    const late = await optionsOf()
    test.clock.seconds += 300
    expect(await refusalOf(register(softAuthenticator().create(late)))).toEqual(CHALLENGE_INVALID)
    expect(await countPasskeys()).toBe(1)
  })

  it('is refused with the credential id of another user, and changes nothing', async () => {
    const stranger = await signUp(test.ctx)
    const { device } = await addPasskey(test.ctx, await authenticate(test.ctx, stranger.tokens.access))
    const credentialId = Buffer.from(device.credentialId, 'base64url')
    const credential = softAuthenticator({ credentialId }).create(await optionsOf())
    expect(await refusalOf(register(credential))).toEqual(REFUSED)
    const claims = readClaims((await enterWithPasskey(test.ctx, device)).access)
    expect(claims.sub).toBe(stranger.userId)
    expect(await countPasskeys()).toBe(0)
  })

  it.each([undefined, null, 'x', {}, { id: 'AAAA' }])('is refused for %j', async (credential) => {
    expect(await refusalOf(register(credential))).toEqual(REFUSED)
  })

  it('is refused when it does not verify', async () => {
    const credential = softAuthenticator().create(await optionsOf(), { flags: { uv: false } })
    expect(await refusalOf(register(credential))).toEqual(REFUSED)
  })

  it('is refused in a session that was ended meanwhile', async () => {
    const credential = softAuthenticator().create(await optionsOf())
    await test.database.sql`delete from sessions where id = ${person.sessionId}`
    expect(await refusalOf(register(credential))).toMatchObject({ code: 'token_not_valid' })
    expect(await countPasskeys()).toBe(0)
  })

  it('is refused without a recent proof, and so are its options', async () => {
    const credential = softAuthenticator().create(await optionsOf())
    const refusal = { code: 'insufficient_user_authentication' }
    const old = { ...identity, authAgeSeconds: test.ctx.config.reauthenticationMaxAgeSeconds + 1 }
    const single: Identity = { ...identity, secondFactor: true, acr: 'aal1' }
    for (const caller of [old, single]) {
      expect(await refusalOf(optionsOf(caller))).toMatchObject(refusal)
      expect(await refusalOf(register(credential, caller))).toMatchObject(refusal)
    }
  })

  it('is refused for the twenty-first passkey, also of many at once', async () => {
    const options = await Promise.all(Array.from({ length: 25 }, () => optionsOf()))
    const answers = await Promise.allSettled(
      options.map((asked) => register(softAuthenticator().create(asked))),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
    expect(await countPasskeys()).toBe(20)
    expect(await refusalOf(optionsOf())).toMatchObject({ code: 'too_many_passkeys' })
  })
})

describe('a registration by a set-up challenge', () => {
  /** Presents the challenge, as the doors do before they call an operation. */
  const by = async (setup: string): Promise<FactorCaller> => ({
    challenge: await getSetupChallenge(required, setup),
  })

  it('turns the second step on, gives recovery codes and opens the session', async () => {
    const setup = await getSetup()
    const caller = await by(setup)
    const options = await describePasskeyRegistration(required, { by: caller })
    const device = softAuthenticator()
    const added = await registerPasskey(required, { by: caller, credential: device.create(options) })
    expect(added.recoveryCodes).toHaveLength(10)
    expect(readClaims(added.tokens?.access ?? '')).toMatchObject({
      acr: 'aal2',
      amr: ['pwd', 'hwk', 'user', 'mfa'],
    })
    expect(await getUnfinished(required, person)).toMatchObject({ mfaRequired: true })
    expect(await refusalOf(by(setup))).toMatchObject({ code: 'not_authenticated' })
  })

  it(`opens one session, of ${PARALLEL} at once`, async () => {
    const setup = await getSetup()
    const caller = await by(setup)
    const options = await Promise.all(
      Array.from({ length: PARALLEL }, () => describePasskeyRegistration(required, { by: caller })),
    )
    const answers = await Promise.allSettled(
      options.map((asked) =>
        registerPasskey(required, { by: caller, credential: softAuthenticator().create(asked) }),
      ),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await countPasskeys()).toBe(1)
  })

  it('is refused after the user added a factor in a session: the challenge of before is void', async () => {
    const setup = await getSetup()
    const caller = await by(setup)
    const options = await describePasskeyRegistration(required, { by: caller })
    await addPasskey(test.ctx, identity)
    const credential = softAuthenticator().create(options)
    expect(await refusalOf(registerPasskey(required, { by: caller, credential }))).toMatchObject({
      code: 'not_authenticated',
    })
    expect(await refusalOf(by(setup))).toMatchObject({ code: 'not_authenticated' })
    expect(await countPasskeys()).toBe(1)
  })

  it('is refused with the ceremony of a session, and the other way', async () => {
    const setup = await getSetup()
    const caller = await by(setup)
    const ofSession = softAuthenticator().create(await optionsOf())
    expect(await refusalOf(registerPasskey(required, { by: caller, credential: ofSession }))).toEqual(
      CHALLENGE_INVALID,
    )
    const ofSetup = softAuthenticator().create(await describePasskeyRegistration(required, { by: caller }))
    expect(await refusalOf(register(ofSetup))).toEqual(CHALLENGE_INVALID)
  })

  it.each(['made up', 'a challenge of a second step', 'a password'])('is refused for %s', async (kind) => {
    const { device } = await addPasskey(test.ctx, identity)
    const step = await getUnfinished(required, person)
    const texts: Record<string, string> = {
      'made up': randomBytes(32).toString('base64url'),
      'a challenge of a second step': 'challengeId' in step ? step.challengeId : '',
      'a password': PASSWORD,
    }
    expect(await refusalOf(by(texts[kind] ?? ''))).toMatchObject({ code: 'not_authenticated' })
    expect(device.credentialId).toHaveLength(27)
  })
})

describe('the table of ceremonies', () => {
  it('holds no secret of a registration', async () => {
    const { challenge } = await optionsOf()
    const rows = await test.database.sql`select to_json(ceremonies)::text as row from ceremonies`
    expect(rows.some(({ row }) => row.includes(challenge))).toBe(false)
    expect(rows.some(({ row }) => row.includes(hashLinkSecret(challenge)))).toBe(true)
  })
})
