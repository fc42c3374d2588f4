import { createTestCore, refusalOf, signUp, signUpWithFactors, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { login } from '../operations/auth/login.ts'
import type { Challenge } from '../tables/ceremonies/challenges.ts'
import type { PasskeyId } from '../words/ids.ts'
import { newId, type UserId } from '../words/ids.ts'
import { admit } from './admit.ts'
import { authenticate } from './authenticate.ts'
import { getChallenge } from './challenge.ts'
import type { ProvenPasskey } from './check-assertion.ts'
import { completeSecondStep, type SecondStep } from './complete-second-step.ts'
import { hashLinkSecret, newLinkSecret } from './link-secret.ts'
import { refuseAnswer } from './refuse-answer.ts'
import { readResetToken, signResetToken } from './reset-token.ts'
import { spendPasskey } from './spend-passkey.ts'
import { stepUp } from './step-up.ts'
import { verifyToken } from './verify-token.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

const INVALID = { code: 'challenge_invalid' }
const STEP = {
  factor: 'totp',
  level: { acr: 'aal2', amr: 'pwd otp mfa', passkeyId: null },
  scope: null,
} as never as SecondStep

/** A challenge that has ended, of a user that is gone. */
const GONE: Challenge = {
  userId: newId<UserId>(),
  verifiedEpoch: 0,
  method: 'password',
  kind: 'second_factor',
  tokenHash: hashLinkSecret(newLinkSecret()),
}

async function challengeOf(person: { email: string; password: string }): Promise<Challenge> {
  const answer = await login(test.ctx, person)
  if (!('challengeId' in answer)) throw new Error('The sign-in asked for no second factor.')
  return getChallenge(test.ctx, answer.challengeId)
}

const change = (userId: string) =>
  test.database.sql`update users set session_epoch = session_epoch + 1 where id = ${userId}`

describe('after the check of the first factor', () => {
  it('a change of the user leads to no challenge', async () => {
    const { userId } = await signUpWithFactors(test, { totp: true })
    const verified = { userId: userId as UserId, verifiedEpoch: 7, role: 0, secondFactor: true } as const
    expect(await admit(test.ctx, { ...verified, method: 'password' })).toBeNull()
  })
})

describe('after a challenge was found', () => {
  it('a change of the user opens no session, and spends nothing', async () => {
    const person = await signUpWithFactors(test, { totp: true })
    const challenge = await challengeOf(person)
    await change(person.userId)
    const work = completeSecondStep(test.ctx, { ...STEP, challenge, use: async () => true })
    expect(await refusalOf(work)).toMatchObject(INVALID)
    expect(
      await test.database.sql`select kind from ceremonies where token_hash = ${challenge.tokenHash}`,
    ).toHaveLength(1)
  })

  it('the end of its user refuses every answer in the same way', async () => {
    for (const isUsed of [true, false]) {
      const work = completeSecondStep(test.ctx, { ...STEP, challenge: GONE, use: async () => isUsed })
      expect(await refusalOf(work)).toMatchObject(INVALID)
    }
  })

  it('its own end refuses a wrong answer as any other', async () => {
    const wrong = { challenge: GONE, factor: 'totp', refusal: 'totp_invalid' } as never
    expect(await refuseAnswer(test.ctx, wrong)).toMatchObject(INVALID)
  })
})

describe('after a proof was checked', () => {
  it('the end of its user refuses the step-up, also when the proof was used', async () => {
    const identity = await authenticate(test.ctx, (await signUp(test.ctx)).tokens.access)
    for (const isUsed of [true, false]) {
      const proof = { method: 'password', acr: 'aal1', amr: 'pwd', use: async () => isUsed } as const
      const work = stepUp(test.ctx, { ...identity, userId: newId<UserId>() }, proof)
      expect(await refusalOf(work)).toMatchObject({ code: 'token_not_valid' })
    }
  })

  it('a removed passkey is told from one whose counter did not grow, which alone is recorded', async () => {
    const { userId } = await signUpWithFactors(test, { passkey: true })
    const [stored] = await test.database.sql`
      update passkeys set sign_count = 9 where user_id = ${userId} returning id`
    const spend = (id: unknown) => {
      const proven = { passkey: { id, userId }, signCount: 9, backedUp: true } as never as ProvenPasskey
      return transaction(test.ctx.db, (tx) => spendPasskey(test.ctx, tx, proven))
    }
    expect(await spend(newId<PasskeyId>())).toBe('removed')
    expect(await spend(stored?.id)).toBe('counter')
    const events = await test.database.sql`
      select details from audit_events where user_id = ${userId} and kind = 'passkey_counter'`
    expect([...events]).toEqual([{ details: { passkey: stored?.id } }])
  })
})

describe('a fault of the server is no refusal of a token:', () => {
  const FAULT = new Error('the file of the secrets is gone')

  it('of a reset token', async () => {
    const token = await signResetToken(test.ctx, 'x')
    const find = async () => Promise.reject(FAULT)
    const secrets = { ...test.ctx.secrets, 'password-reset': { ...test.ctx.secrets['password-reset'], find } }
    await expect(readResetToken({ ...test.ctx, secrets }, token)).rejects.toBe(FAULT)
  })

  it('of an access token', async () => {
    const { tokens } = await signUp(test.ctx)
    const broken = Object.defineProperty({ ...test.ctx.keys.active() }, 'verifyKey', {
      get: () => {
        throw FAULT
      },
    })
    const keys = { ...test.ctx.keys, find: async () => broken }
    await expect(verifyToken({ ...test.ctx, keys }, tokens.access, 'access')).rejects.toBe(FAULT)
  })
})
