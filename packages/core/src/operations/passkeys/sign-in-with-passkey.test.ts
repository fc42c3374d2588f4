import { randomBytes } from 'node:crypto'
import {
  createTestCore,
  readClaims,
  refusalOf,
  softAuthenticator,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addPasskey,
  enterWithPasskey,
  type PasskeyPerson,
  signUpWithPasskey,
} from '../../../tests/support/passkey-people.ts'
import { OPERATOR } from '../../steps/actor.ts'
import { authenticate } from '../../steps/authenticate.ts'
import { hashLinkSecret } from '../../steps/link-secret.ts'
import type { UserId } from '../../words/ids.ts'
import { deleteUser } from '../staff/delete-user.ts'
import { deletePasskey } from './delete-passkey.ts'
import { describePasskeyRegistration } from './describe-passkey-registration.ts'
import { describePasskeySignIn } from './describe-passkey-sign-in.ts'
import { signInWithPasskey } from './sign-in-with-passkey.ts'

const PARALLEL = 50
const CHALLENGE_INVALID = { code: 'challenge_invalid', detail: 'Challenge expired or invalid.' }

let test: TestCore
let person: PasskeyPerson
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await signUpWithPasskey(test.ctx)
})
afterAll(() => test.close())

const enter = (faults?: Parameters<typeof enterWithPasskey>[2]) =>
  enterWithPasskey(test.ctx, person.device, faults)

async function sessionsOf(userId: string) {
  return test.database
    .sql`select acr, amr, passkey_id from sessions where user_id = ${userId} order by created_at`
}

async function countFailuresOfNobody(): Promise<number> {
  const [row] = await test.database.sql`select coalesce(sum((details->>'count')::int), 0)::int as count
    from audit_events where user_id is null and kind = 'login_failed'`
  return row?.count
}

async function eventsOf(userId: string, kind: string) {
  const events = await test.database
    .sql`select details from audit_events where user_id = ${userId} and kind = ${kind} order by id`
  return events.map(({ details }) => details)
}

async function hasCeremony(challenge: string): Promise<boolean> {
  const found = await test.database
    .sql`select 1 from ceremonies where token_hash = ${hashLinkSecret(challenge)}`
  return found.length > 0
}

describe('the options of a sign-in', () => {
  it('name no user and no passkey, and have a new challenge each time', async () => {
    const [one, other] = [await describePasskeySignIn(test.ctx), await describePasskeySignIn(test.ctx)]
    expect(one).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rpId: 'localhost',
      timeout: 300_000,
      userVerification: 'required',
      allowCredentials: [],
    })
    expect(one.challenge).not.toBe(other.challenge)
  })

  it('are refused while passkeys are disabled, and so is the sign-in', async () => {
    const credential = person.device.get(await describePasskeySignIn(test.ctx))
    const ctx = withConfig(test.ctx, { passkeysEnabled: false })
    const refusal = { code: 'passkeys_disabled', detail: 'Passkeys are disabled.' }
    expect(await refusalOf(describePasskeySignIn(ctx))).toEqual(refusal)
    expect(await refusalOf(signInWithPasskey(ctx, { credential }))).toEqual(refusal)
  })
})

describe('a sign-in with a passkey', () => {
  it('opens a session of two factors, and is recorded', async () => {
    const tokens = await enter()
    expect(readClaims(tokens.access)).toMatchObject({ acr: 'aal2', amr: ['hwk', 'user', 'mfa'] })
    await expect(authenticate(test.ctx, tokens.access)).resolves.toMatchObject({ userId: person.userId })
    expect((await sessionsOf(person.userId)).at(-1)).toMatchObject({ passkey_id: person.passkey.id })
    expect(await eventsOf(person.userId, 'login')).toContainEqual({ method: 'passkey', second: 'none' })
    const [row] = await test.database.sql`select last_used_at from passkeys where id = ${person.passkey.id}`
    expect(row?.last_used_at).toBeInstanceOf(Date)
  })

  it('says that the key of a synced passkey is held in software', async () => {
    const synced = await signUpWithPasskey(test.ctx, { synced: true })
    const { access } = await enterWithPasskey(test.ctx, synced.device)
    expect(readClaims(access)).toMatchObject({ acr: 'aal2', amr: ['swk', 'user', 'mfa'] })
  })

  it('asks for no second factor where one is on or required', async () => {
    await test.database.sql`update users set second_factor = true where id = ${person.userId}`
    const ctx = withConfig(test.ctx, { mfaMode: 'required' })
    await expect(enterWithPasskey(ctx, person.device)).resolves.toHaveProperty('access')
  })

  it('opens the lock of a hundred wrong codes in a row, and clears no window', async () => {
    await test.database.sql`insert into code_attempts (user_id, scope, window_started_at, in_window, in_a_row)
      values (${person.userId}, 'anywhere', now(), 10, 100)`
    await enter()
    const attempts = await test.database
      .sql`select in_window, in_a_row from code_attempts where user_id = ${person.userId}`
    expect(attempts).toMatchObject([{ in_window: 10, in_a_row: 0 }])
  })

  it(`opens one session for one answer, of ${PARALLEL} at once`, async () => {
    const credential = person.device.get(await describePasskeySignIn(test.ctx))
    const answers = await Promise.allSettled(
      Array.from({ length: PARALLEL }, () => signInWithPasskey(test.ctx, { credential })),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'challenge_invalid' })
    }
    expect(await sessionsOf(person.userId)).toHaveLength(2)
  })

  it('opens no session of a passkey that is removed meanwhile', async () => {
    for (let round = 0; round < PARALLEL; round++) {
      const { device, passkey } = await addPasskey(test.ctx, person.identity)
      const credential = device.get(await describePasskeySignIn(test.ctx))
      const signIn = () => signInWithPasskey(test.ctx, { credential })
      const removal = () => deletePasskey(test.ctx, { identity: person.identity, passkeyId: passkey.id })
      const works = round % 2 === 0 ? [signIn(), removal()] : [removal(), signIn()]
      await Promise.allSettled(works)
      const left = await test.database.sql`select 1 from sessions where passkey_id = ${passkey.id}`
      expect(left).toHaveLength(0)
    }
  })
})

describe('a ceremony of a sign-in', () => {
  it('works once', async () => {
    const credential = person.device.get(await describePasskeySignIn(test.ctx))
    await signInWithPasskey(test.ctx, { credential })
    expect(await refusalOf(signInWithPasskey(test.ctx, { credential }))).toEqual(CHALLENGE_INVALID)
  })

  it('expires after MFA_CHALLENGE_LIFETIME', async () => {
    const [late, inTime] = [await describePasskeySignIn(test.ctx), await describePasskeySignIn(test.ctx)]
    test.clock.seconds += 290
    await signInWithPasskey(test.ctx, { credential: person.device.get(inTime) })
    test.clock.seconds += 10
    const refusal = await refusalOf(signInWithPasskey(test.ctx, { credential: person.device.get(late) }))
    expect(refusal).toEqual(CHALLENGE_INVALID)
  })

  it('is unknown when it was made up, or is one of another kind', async () => {
    const registration = await describePasskeyRegistration(test.ctx, { by: { identity: person.identity } })
    const [{ token_hash } = {}] = await test.database
      .sql`select token_hash from ceremonies where kind = 'passkey_registration' limit 1`
    for (const challenge of [registration.challenge, randomBytes(32).toString('base64url'), '', token_hash]) {
      const credential = person.device.get({ challenge })
      expect(await refusalOf(signInWithPasskey(test.ctx, { credential }))).toEqual(CHALLENGE_INVALID)
    }
    expect(await hasCeremony(registration.challenge)).toBe(true)
  })

  it('is not spent by a wrong answer', async () => {
    const options = await describePasskeySignIn(test.ctx)
    const wrong = person.device.get(options, { signature: () => randomBytes(70) })
    expect(await refusalOf(signInWithPasskey(test.ctx, { credential: wrong }))).toMatchObject({
      code: 'incorrect_credentials',
    })
    await expect(
      signInWithPasskey(test.ctx, { credential: person.device.get(options) }),
    ).resolves.toBeDefined()
  })

  it.each([undefined, null, 7, 'x', [], {}, { id: 'AAAA' }])('is not found in %j', async (credential) => {
    expect(await refusalOf(signInWithPasskey(test.ctx, { credential }))).toEqual(CHALLENGE_INVALID)
  })
})

describe('a passkey that does not sign in', () => {
  it('is unknown when no user has it, when it was removed, and on another site', async () => {
    const unknown = { code: 'unknown_passkey', detail: 'This passkey is not known here.' }
    const stranger = softAuthenticator()
    stranger.create({ challenge: 'x', user: { id: 'AAAA' } })
    const before = await countFailuresOfNobody()
    expect(await refusalOf(enterWithPasskey(test.ctx, stranger))).toEqual(unknown)
    expect(await countFailuresOfNobody()).toBe(before + 1)
    await test.database.sql`update passkeys set rp_id = 'example.com' where id = ${person.passkey.id}`
    expect(await refusalOf(enter())).toEqual(unknown)
    await test.database.sql`update passkeys set rp_id = 'localhost' where id = ${person.passkey.id}`
    await deletePasskey(test.ctx, { identity: person.identity, passkeyId: person.passkey.id })
    expect(await refusalOf(enter())).toEqual(unknown)
  })

  it.each([
    ['without a user handle', { userHandle: null }],
    ['with the user handle of another user', { userHandle: randomBytes(16).toString('base64url') }],
    ['with a wrong signature', { signature: () => randomBytes(70) }],
    ['without a verified user', { flags: { uv: false } }],
    ['in a frame of another site', { clientData: { crossOrigin: true } }],
    ['from another origin', { origin: 'http://localhost:3001' }],
    ['that may be synced all of a sudden', { flags: { be: true } }],
  ])('%s is refused, and recorded without a session', async (_, faults) => {
    expect(await refusalOf(enter(faults))).toMatchObject({ code: 'incorrect_credentials' })
    const event = { reason: 'incorrect_credentials', count: 1 }
    expect(await eventsOf(person.userId, 'login_failed')).toEqual([event])
    expect(await sessionsOf(person.userId)).toHaveLength(1)
  })

  it.each(['deactivated', 'unverified'])(
    'of a %s user is refused after its right signature alone',
    async (state) => {
      const ctx = withConfig(test.ctx, { emailVerification: state === 'unverified' ? 'mandatory' : 'none' })
      if (state === 'deactivated') {
        await test.database.sql`update users set is_active = false where id = ${person.userId}`
      }
      const wrong = { signature: () => randomBytes(70) }
      expect(await refusalOf(enterWithPasskey(ctx, person.device, wrong))).toMatchObject({
        code: 'incorrect_credentials',
      })
      const reason = state === 'unverified' ? 'email_not_verified' : 'no_active_account'
      expect(await refusalOf(enterWithPasskey(ctx, person.device))).toMatchObject({ code: reason })
      expect(await eventsOf(person.userId, 'login_failed')).toContainEqual({ reason })
      expect(await sessionsOf(person.userId)).toHaveLength(1)
    },
  )
})

describe('the counter of a passkey', () => {
  it.each([
    ['went back', 5],
    ['stood still', 10],
    ['is 0 after it counted', 0],
  ])(
    'that %s refuses the answer, spends its ceremony and is recorded, and the passkey stays',
    async (_, counter) => {
      const counting = await signUpWithPasskey(test.ctx, { counter: 10 })
      counting.device.counter = 11
      const options = await describePasskeySignIn(test.ctx)
      await test.database.sql`update passkeys set sign_count = 10 where id = ${counting.passkey.id}`
      const credential = counting.device.get(options, { counter })
      expect(await refusalOf(signInWithPasskey(test.ctx, { credential }))).toMatchObject({
        code: 'incorrect_credentials',
      })
      expect(await hasCeremony(options.challenge)).toBe(false)
      expect(await eventsOf(counting.userId, 'passkey_counter')).toEqual([{ passkey: counting.passkey.id }])
      await expect(enterWithPasskey(test.ctx, counting.device)).resolves.toBeDefined()
    },
  )

  it('that is always 0 is no alarm', async () => {
    await enter()
    await enter()
    expect(await eventsOf(person.userId, 'passkey_counter')).toEqual([])
  })

  it('that is forged low without a signature leaves no alarm', async () => {
    const counting = await signUpWithPasskey(test.ctx, { counter: 10 })
    const faults = { counter: 1, signature: () => randomBytes(70) }
    expect(await refusalOf(enterWithPasskey(test.ctx, counting.device, faults))).toBeDefined()
    expect(await eventsOf(counting.userId, 'passkey_counter')).toEqual([])
  })

  it(`lets one of ${PARALLEL} answers with the same count sign in`, async () => {
    const counting = await signUpWithPasskey(test.ctx, { counter: 10 })
    const options = await Promise.all(Array.from({ length: PARALLEL }, () => describePasskeySignIn(test.ctx)))
    const answers = await Promise.allSettled(
      options.map((asked) =>
        signInWithPasskey(test.ctx, { credential: counting.device.get(asked, { counter: 11 }) }),
      ),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await eventsOf(counting.userId, 'passkey_counter')).toHaveLength(PARALLEL - 1)
  })
})

describe('a removed user', () => {
  it('has no passkey left', async () => {
    await deleteUser(test.ctx, { by: OPERATOR, userId: person.userId as UserId })
    expect(await refusalOf(enter())).toMatchObject({ code: 'unknown_passkey' })
  })
})
