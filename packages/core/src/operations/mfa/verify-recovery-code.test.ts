import { createTestCore, readClaims, refusalOf, type TestCore, totpCode } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  challenge,
  challenges,
  countEvents,
  countSessions,
  fulfilled,
  identityOf,
  refusalsOf,
  signUpWithApp,
  type TwoStepPerson,
  userIdOf,
} from '../../../tests/support/second-factor.ts'
import {
  hashRecoveryCode,
  newRecoveryCodes,
  readRecoveryCode,
} from '../../services/second-factor/recovery-codes.ts'
import { deactivateSecondFactor } from './deactivate-second-factor.ts'
import { replaceRecoveryCodes } from './replace-recovery-codes.ts'
import { verifyRecoveryCode } from './verify-recovery-code.ts'
import { verifyTotp } from './verify-totp.ts'

let test: TestCore
let person: TwoStepPerson
let first: string
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await signUpWithApp(test)
  first = person.recoveryCodes[0] ?? ''
})
afterAll(() => test.close())

const answer = async (recoveryCode: string) =>
  verifyRecoveryCode(test.ctx, { challengeId: await challenge(test.ctx, person), recoveryCode })

const WRONG = { code: 'invalid_recovery_code', detail: 'Invalid recovery code.' }

async function countUnused(): Promise<number> {
  const [row] = await test.database.sql`
    select count(*)::int from recovery_codes where user_id = ${person.userId} and used_at is null`
  return row?.count ?? 0
}

describe('a recovery code', () => {
  it('ends a sign-in with a session of two factors, and works once', async () => {
    const tokens = await answer(first)
    const claims = { acr: 'aal2', amr: ['pwd', 'recovery_code', 'mfa'] }
    expect(readClaims(tokens.access)).toMatchObject(claims)
    expect(await refusalOf(answer(first))).toEqual(WRONG)
    expect(await countUnused()).toBe(9)
    const [event] = await test.database.sql`
      select details from audit_events where user_id = ${person.userId} and kind = 'recovery_code_used'`
    expect(event?.details).toEqual({ left: 9 })
  })

  it('is read in any case, with blanks, and with look-alikes', async () => {
    const [, second = '', third = '', fourth = ''] = person.recoveryCodes
    await expect(answer(first.toUpperCase())).resolves.toBeDefined()
    await expect(answer(` ${second.replaceAll('-', ' ')}\n`)).resolves.toBeDefined()
    await expect(answer(third.replaceAll('0', 'O').replaceAll('1', 'l'))).resolves.toBeDefined()
    await expect(answer(fourth.replaceAll('-', '').replaceAll('1', 'I'))).resolves.toBeDefined()
  })

  it('of another user, of another form and a code of the app are wrong', async () => {
    const other = await signUpWithApp(test)
    const wrong = [other.recoveryCodes[0] ?? '', 'zzz', '', '\u0000', 'x'.repeat(1e5)]
    for (const typed of wrong) expect(await refusalOf(answer(typed))).toEqual(WRONG)
    expect(await refusalOf(answer(totpCode(person.secret, test.clock)))).toEqual(WRONG)
    expect(await countEvents(test, person.userId, 'second_factor_failed')).toBe(6)
  })

  it('is dead after new ones were made, and after the second factor was turned off', async () => {
    const tokens = await answer(first)
    const identity = await identityOf(test.ctx, { tokens })
    const renewed = await replaceRecoveryCodes(test.ctx, { identity })
    for (const former of person.recoveryCodes.slice(1, 3))
      expect(await refusalOf(answer(former))).toEqual(WRONG)
    const challengeId = await challenge(test.ctx, person)
    await deactivateSecondFactor(test.ctx, { identity, password: person.password })
    const refused = verifyRecoveryCode(test.ctx, { challengeId, recoveryCode: renewed[0] ?? '' })
    expect(await refusalOf(refused)).toMatchObject({ code: 'challenge_invalid' })
    expect(await countUnused()).toBe(0)
  })

  it('leaves nothing in the database that works as one', async () => {
    const rows = await test.database
      .sql`select code_hash from recovery_codes where user_id = ${person.userId}`
    expect(rows).toHaveLength(10)
    for (const { code_hash } of rows) {
      expect(code_hash).toMatch(/^sha256:/)
      expect(await refusalOf(answer(code_hash))).toEqual(WRONG)
    }
    const dump = JSON.stringify(rows)
    for (const code of person.recoveryCodes) {
      expect(dump).not.toContain(code)
      expect(dump).not.toContain(readRecoveryCode(code))
    }
  })

  it('wrong five times ends the challenge', async () => {
    const challengeId = await challenge(test.ctx, person)
    const refusals: string[] = []
    for (let time = 1; time <= 6; time++)
      refusals.push((await refusalOf(verifyRecoveryCode(test.ctx, { challengeId, recoveryCode: 'no' }))).code)
    expect(refusals.slice(3)).toEqual(['invalid_recovery_code', 'challenge_exhausted', 'challenge_invalid'])
  })

  it('counts wrong answers together with those of the app', async () => {
    const challengeId = await challenge(test.ctx, person)
    for (let time = 1; time <= 4; time++)
      await refusalOf(verifyRecoveryCode(test.ctx, { challengeId, recoveryCode: 'no' }))
    const used = totpCode(person.secret, test.clock, -1)
    expect(await refusalOf(verifyTotp(test.ctx, { challengeId, code: used }))).toMatchObject({
      code: 'challenge_exhausted',
    })
  })
})

describe('fifty callers at once', () => {
  it('with one code and fifty challenges get one session', async () => {
    const ids = await challenges(test.ctx, person, 50)
    const before = await countSessions(test, person.userId)
    const results = await Promise.allSettled(
      ids.map((challengeId) => verifyRecoveryCode(test.ctx, { challengeId, recoveryCode: first })),
    )
    expect(fulfilled(results)).toHaveLength(1)
    expect(refusalsOf(results)).toEqual({ invalid_recovery_code: 49 })
    expect(await countSessions(test, person.userId)).toBe(before + 1)
    expect(await countUnused()).toBe(9)
  })

  it('with one challenge and fifty right codes get one session, and 49 codes are left', async () => {
    const more = Array.from({ length: 4 }, newRecoveryCodes).flat()
    const userId = userIdOf(person)
    for (const code of more) {
      const hash = hashRecoveryCode(userId, readRecoveryCode(code) ?? '')
      await test.database.sql`
        insert into recovery_codes (user_id, code_hash, created_at) values (${userId}, ${hash}, now())`
    }
    const codes = [...person.recoveryCodes, ...more]
    const challengeId = await challenge(test.ctx, person)
    const results = await Promise.allSettled(
      codes.map((recoveryCode) => verifyRecoveryCode(test.ctx, { challengeId, recoveryCode })),
    )
    expect(fulfilled(results)).toHaveLength(1)
    expect(refusalsOf(results)).toEqual({ challenge_invalid: 49 })
    expect(await countUnused()).toBe(49)
    expect(await countEvents(test, person.userId, 'recovery_code_used')).toBe(1)
  })
})
