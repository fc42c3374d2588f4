import {
  createTestCore,
  readClaims,
  refusalOf,
  signUp,
  signUpForm,
  type TestCore,
  totpCode,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { challenge, countSessions, fulfilled, refusalsOf } from '../../../tests/support/second-factor.ts'
import { type FactorCaller, getSetupChallenge } from '../../steps/factor-owner.ts'
import { login } from '../auth/login.ts'
import { register } from '../registration/register.ts'
import { activateTotp } from './activate-totp.ts'
import { setUpTotp } from './set-up-totp.ts'
import { verifyTotp } from './verify-totp.ts'

let test: TestCore
let optional: TestCore
beforeAll(async () => {
  test = await createTestCore({ config: { mfaMode: 'required' } })
  optional = await createTestCore({ database: test.database, clockShift: test.clock })
})
afterAll(async () => {
  await optional.close()
  await test.close()
})

/** Signs a user in up to the challenge for the set-up. */
async function askSetUp(person: { email: string; password: string }): Promise<string> {
  const answer = await login(test.ctx, person)
  if (!('setupChallengeId' in answer)) throw new Error('The sign-in asked for no set-up.')
  return answer.setupChallengeId
}

/** Presents the challenge, as the doors do before they call an operation. */
async function callerOf(setupChallengeId: string): Promise<FactorCaller> {
  return { challenge: await getSetupChallenge(test.ctx, setupChallengeId) }
}

describe('a sign-in that must set a factor up', () => {
  it('ends with a session of two factors, also at the sign-up', async () => {
    const form = signUpForm()
    const answer = await register(test.ctx, form)
    if (!answer || !('setupChallengeId' in answer)) throw new Error('The sign-up asked for no set-up.')
    const by = await callerOf(answer.setupChallengeId)
    const { secret } = await setUpTotp(test.ctx, { by })
    const { recoveryCodes, tokens } = await activateTotp(test.ctx, { by, code: totpCode(secret, test.clock) })
    expect(recoveryCodes).toHaveLength(10)
    expect(readClaims(tokens?.access ?? '')).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
    await expect(challenge(test.ctx, { email: form.email, password: form.password1 })).resolves.toBeDefined()
    expect(await refusalOf(callerOf(answer.setupChallengeId))).toMatchObject({ code: 'not_authenticated' })
  })

  it('opens one session for fifty callers at once', async () => {
    const person = await signUp(optional.ctx)
    const by = await callerOf(await askSetUp(person))
    const { secret } = await setUpTotp(test.ctx, { by })
    const code = totpCode(secret, test.clock)
    const before = await countSessions(test, person.userId)
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => activateTotp(test.ctx, { by, code })),
    )
    expect(fulfilled(results)).toHaveLength(1)
    expect(Object.keys(refusalsOf(results)).sort()).toEqual(
      expect.not.arrayContaining(['Error', 'undefined']),
    )
    // The session of before had one factor, and ended.
    expect(await countSessions(test, person.userId)).toBe(before)
  })

  it('knows its challenge for nothing else, and no other secret for it', async () => {
    const person = await signUp(optional.ctx)
    const setupChallengeId = await askSetUp(person)
    const asAnswer = verifyTotp(test.ctx, { challengeId: setupChallengeId, code: '123456' })
    expect(await refusalOf(asAnswer)).toMatchObject({ code: 'challenge_invalid' })
    const texts = ['', 'abc', 'x'.repeat(43), person.tokens.access, person.tokens.refresh, '\u0000']
    for (const text of texts)
      expect(await refusalOf(callerOf(text))).toMatchObject({ code: 'not_authenticated' })
  })

  it('replaces no app that was set up in the meantime', async () => {
    const person = await signUp(optional.ctx)
    const by = await callerOf(await askSetUp(person))
    const late = await askSetUp(person)
    const lateBy = await callerOf(late)
    const { secret } = await setUpTotp(test.ctx, { by })
    await activateTotp(test.ctx, { by, code: totpCode(secret, test.clock) })
    const replacing = setUpTotp(test.ctx, { by: lateBy, replace: true })
    expect(await refusalOf(replacing)).toMatchObject({ code: 'totp_already_active' })
    expect(await refusalOf(callerOf(late))).toMatchObject({ code: 'not_authenticated' })
  })

  it('is void after the set-up time, and after a change of the password', async () => {
    const person = await signUp(optional.ctx)
    const setupChallengeId = await askSetUp(person)
    await test.database.sql`update users set session_epoch = session_epoch + 1 where id = ${person.userId}`
    expect(await refusalOf(callerOf(setupChallengeId))).toMatchObject({ code: 'not_authenticated' })
    const other = await askSetUp(person)
    test.clock.seconds += 901
    expect(await refusalOf(callerOf(other))).toMatchObject({ code: 'not_authenticated' })
  })
})
