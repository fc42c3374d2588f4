import { randomBytes } from 'node:crypto'
import { createTestCore, PASSWORD, readClaims, refusalOf, type TestCore, withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  enterWithPasskey,
  getUnfinished,
  type PasskeyPerson,
  signUpWithPasskey,
} from '../../../tests/support/passkey-people.ts'
import { authenticate } from '../../steps/authenticate.ts'
import { changePassword } from '../password/change-password.ts'
import { enableSecondFactor } from './enable-second-factor.ts'
import { verifyPasskey } from './verify-passkey.ts'

const PARALLEL = 50
const CHALLENGE_INVALID = { code: 'challenge_invalid', detail: 'Challenge expired or invalid.' }
const REFUSED = { code: 'passkey_refused', detail: 'The passkey could not be verified.' }

let test: TestCore
let person: PasskeyPerson
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await enrol()
})
afterAll(() => test.close())

async function enrol(counter = 0): Promise<PasskeyPerson> {
  const enrolled = await signUpWithPasskey(test.ctx, { counter })
  await enableSecondFactor(test.ctx, { identity: enrolled.identity })
  return enrolled
}

async function getStep(of = person) {
  const step = await getUnfinished(test.ctx, of)
  if (!('challengeId' in step) || !step.passkeyOptions) throw new Error('No passkey was asked for.')
  return { challengeId: step.challengeId, options: step.passkeyOptions }
}

async function countSessions(userId: string): Promise<number> {
  const [row] = await test.database.sql`select count(*)::int from sessions where user_id = ${userId}`
  return row?.count
}

describe('a passkey as the second step', () => {
  it('is asked for by its id, under the challenge of the sign-in', async () => {
    const { challengeId, options } = await getStep()
    expect(options.challenge).toBe(challengeId)
    expect(options.allowCredentials).toMatchObject([{ id: person.passkey.credentialId }])
  })

  it('opens a session of two factors, without a user handle too', async () => {
    const { challengeId, options } = await getStep()
    const credential = person.device.get(options, { userHandle: null })
    const tokens = await verifyPasskey(test.ctx, { challengeId, credential })
    expect(readClaims(tokens.access)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'hwk', 'user', 'mfa'] })
    const [session] = await test.database
      .sql`select passkey_id from sessions where id = ${readClaims(tokens.access).session}`
    expect(session?.passkey_id).toBe(person.passkey.id)
    const events = await test.database
      .sql`select details from audit_events where user_id = ${person.userId} and kind = 'login' order by id`
    expect(events.at(-1)?.details).toEqual({ method: 'password', second: 'passkey' })
  })

  it(`opens one session for one challenge, of ${PARALLEL} at once`, async () => {
    const { challengeId, options } = await getStep()
    const credential = person.device.get(options)
    const answers = await Promise.allSettled(
      Array.from({ length: PARALLEL }, () => verifyPasskey(test.ctx, { challengeId, credential })),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await countSessions(person.userId)).toBe(2)
  })

  it('is refused with the passkey of another user, and with any fault', async () => {
    const stranger = await signUpWithPasskey(test.ctx)
    const { challengeId, options } = await getStep()
    const credentials = [
      stranger.device.get(options),
      stranger.device.get(options, { userHandle: null }),
      person.device.get(options, { userHandle: randomBytes(16).toString('base64url') }),
      person.device.get(options, { flags: { uv: false } }),
    ]
    for (const credential of credentials) {
      expect(await refusalOf(verifyPasskey(test.ctx, { challengeId, credential }))).toEqual(REFUSED)
    }
    await expect(
      verifyPasskey(test.ctx, { challengeId, credential: person.device.get(options) }),
    ).resolves.toBeDefined()
  })

  it('is refused for the challenge of another sign-in', async () => {
    const [one, other] = [await getStep(), await getStep()]
    const credential = person.device.get(other.options)
    expect(await refusalOf(verifyPasskey(test.ctx, { challengeId: one.challengeId, credential }))).toEqual(
      REFUSED,
    )
  })

  it('ends its challenge with the fifth wrong answer, of any shape', async () => {
    const { challengeId, options } = await getStep()
    for (const credential of [undefined, null, 'x', {}]) {
      expect(await refusalOf(verifyPasskey(test.ctx, { challengeId, credential }))).toEqual(REFUSED)
    }
    const last = verifyPasskey(test.ctx, { challengeId, credential: [] })
    expect(await refusalOf(last)).toMatchObject({ code: 'challenge_exhausted' })
    const credential = person.device.get(options)
    expect(await refusalOf(verifyPasskey(test.ctx, { challengeId, credential }))).toEqual(CHALLENGE_INVALID)
  })

  it('has no challenge after it was used, after its end, after a new password, and when it was made up', async () => {
    const { challengeId, options } = await getStep()
    const credential = person.device.get(options)
    await verifyPasskey(test.ctx, { challengeId, credential })
    const late = await getStep()
    const former = await getStep()
    const identity = await authenticate(test.ctx, (await enterWithPasskey(test.ctx, person.device)).access)
    const passwords = {
      newPassword1: 'one more horse, one battery',
      newPassword2: 'one more horse, one battery',
    }
    await changePassword(test.ctx, { identity, oldPassword: PASSWORD, ...passwords })
    test.clock.seconds += 300
    const madeUp = randomBytes(32).toString('base64url')
    for (const id of [challengeId, late.challengeId, former.challengeId, madeUp, '', person.tokens.access]) {
      const answer = person.device.get({ challenge: id })
      expect(await refusalOf(verifyPasskey(test.ctx, { challengeId: id, credential: answer }))).toEqual(
        CHALLENGE_INVALID,
      )
    }
  })

  it('with a counter that stands still is refused, recorded, and ends its challenge', async () => {
    const counting = await enrol(10)
    const { challengeId, options } = await getStep(counting)
    const credential = counting.device.get(options, { counter: 10 })
    expect(await refusalOf(verifyPasskey(test.ctx, { challengeId, credential }))).toEqual(REFUSED)
    expect(await refusalOf(verifyPasskey(test.ctx, { challengeId, credential }))).toEqual(CHALLENGE_INVALID)
    const events = await test.database
      .sql`select details from audit_events where user_id = ${counting.userId} and kind = 'passkey_counter'`
    expect(events.map(({ details }) => details)).toEqual([{ passkey: counting.passkey.id }])
    expect(await countSessions(counting.userId)).toBe(1)
  })

  it('is refused while passkeys are disabled', async () => {
    const { challengeId, options } = await getStep()
    const ctx = withConfig(test.ctx, { passkeysEnabled: false })
    const credential = person.device.get(options)
    expect(await refusalOf(verifyPasskey(ctx, { challengeId, credential }))).toMatchObject({
      code: 'passkeys_disabled',
    })
  })
})
