import { beginStep, createTestCore, readClaims, refusalOf, type TestCore, totpCode } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  challenge,
  challenges,
  countEvents,
  countSessions,
  fulfilled,
  refusalsOf,
  signUpWithApp,
  type TwoStepPerson,
  wrongCode,
} from '../../../tests/support/second-factor.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { verifyTotp } from './verify-totp.ts'

let test: TestCore
let person: TwoStepPerson
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await signUpWithApp(test)
})
afterAll(() => test.close())

const codeNow = (steps = 0) => totpCode(person.secret, test.clock, steps)
const answer = async (code: string) =>
  verifyTotp(test.ctx, { challengeId: await challenge(test.ctx, person), code })

describe('the code of an authenticator app', () => {
  it('ends a sign-in with a session of two factors, which a refresh keeps', async () => {
    const tokens = await answer(codeNow())
    const claims = { acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] }
    expect(readClaims(tokens.access)).toMatchObject({ ...claims, sub: person.userId })
    expect(readClaims((await refreshSession(test.ctx, tokens)).access)).toMatchObject(claims)
    const [event] = await test.database.sql`
      select details, session_id from audit_events where user_id = ${person.userId} and kind = 'login'
      order by id desc limit 1`
    expect(event).toMatchObject({
      details: { method: 'password', second: 'totp' },
      session_id: readClaims(tokens.access).session,
    })
  })

  it('ends one sign-in: its challenge does not work again', async () => {
    const challengeId = await challenge(test.ctx, person)
    await verifyTotp(test.ctx, { challengeId, code: codeNow() })
    test.clock.seconds += 30
    expect(await refusalOf(verifyTotp(test.ctx, { challengeId, code: codeNow() }))).toMatchObject({
      code: 'challenge_invalid',
      detail: 'Challenge expired or invalid.',
    })
  })

  it('works once: not again in its step, in the next one, or as an older one after a newer', async () => {
    const code = codeNow()
    const older = codeNow(-1)
    await answer(code)
    for (const used of [code, older]) {
      expect(await refusalOf(answer(used))).toEqual({ code: 'invalid_code', detail: 'Invalid code.' })
    }
    test.clock.seconds += 30
    expect(await refusalOf(answer(code))).toMatchObject({ code: 'invalid_code' })
    await expect(answer(codeNow())).resolves.toBeDefined()
  })

  it('of the activation signs nobody in', async () => {
    expect(await refusalOf(answer(person.activationCode))).toMatchObject({ code: 'invalid_code' })
  })

  it('works with a clock that is a step ahead, and with one that is a step behind', async () => {
    test.clock.seconds += 60
    beginStep(test.clock)
    await expect(answer(codeNow(-1))).resolves.toBeDefined()
    await expect(answer(codeNow(1))).resolves.toBeDefined()
    test.clock.seconds += 120
    beginStep(test.clock)
    for (const steps of [-2, 2]) {
      if (![-1, 0, 1].map(codeNow).includes(codeNow(steps)))
        expect(await refusalOf(answer(codeNow(steps)))).toMatchObject({ code: 'invalid_code' })
    }
  })

  it('is read with blanks, and is nothing else than six ASCII digits', async () => {
    const code = codeNow()
    const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('')
    const challengeId = await challenge(test.ctx, person)
    const malformed: unknown[] = [
      wide,
      code.slice(1),
      `${code}0`,
      `${code}\u0000`,
      '',
      'abcdef',
      Number(code),
    ]
    for (const one of malformed) {
      const refused = verifyTotp(test.ctx, { challengeId, code: one as string })
      expect(await refusalOf(refused)).toMatchObject({ code: 'invalid_code' })
    }
    expect(await countEvents(test, person.userId, 'second_factor_failed')).toBe(0)
    const spaced = ` ${code.slice(0, 3)} ${code.slice(3)} `
    await expect(verifyTotp(test.ctx, { challengeId, code: spaced })).resolves.toBeDefined()
  })

  it('of another user is wrong', async () => {
    const other = await signUpWithApp(test)
    expect(await refusalOf(answer(totpCode(other.secret, test.clock)))).toMatchObject({
      code: 'invalid_code',
    })
  })
})

describe('fifty callers at once', () => {
  it('with one code and one challenge get one session', async () => {
    const challengeId = await challenge(test.ctx, person)
    const code = codeNow()
    const before = await countSessions(test, person.userId)
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => verifyTotp(test.ctx, { challengeId, code })),
    )
    expect(fulfilled(results)).toHaveLength(1)
    expect(Object.keys(refusalsOf(results)).sort()).not.toContain('Error')
    expect(await countSessions(test, person.userId)).toBe(before + 1)
  })

  it('with one code and fifty challenges get one session', async () => {
    const code = codeNow()
    const ids = await challenges(test.ctx, person, 50)
    const before = await countSessions(test, person.userId)
    const results = await Promise.allSettled(
      ids.map((challengeId) => verifyTotp(test.ctx, { challengeId, code })),
    )
    expect(fulfilled(results)).toHaveLength(1)
    expect(await countSessions(test, person.userId)).toBe(before + 1)
  })

  it('with wrong codes and a challenge each have ten codes looked at', async () => {
    const code = wrongCode(person, test.clock)
    const ids = await challenges(test.ctx, person, 50)
    const results = await Promise.allSettled(
      ids.map((challengeId) => verifyTotp(test.ctx, { challengeId, code })),
    )
    expect(refusalsOf(results)).toEqual({ invalid_code: 9, mfa_locked: 41 })
    expect(await countEvents(test, person.userId, 'second_factor_failed')).toBe(10)
    expect(await countEvents(test, person.userId, 'second_factor_locked')).toBe(1)
  })
})

describe('a challenge', () => {
  it('is deleted by its fifth wrong answer', async () => {
    const challengeId = await challenge(test.ctx, person)
    const code = wrongCode(person, test.clock)
    const codes: string[] = []
    for (let wrong = 1; wrong <= 6; wrong++)
      codes.push((await refusalOf(verifyTotp(test.ctx, { challengeId, code }))).code)
    expect(codes.slice(0, 4)).toEqual(Array(4).fill('invalid_code'))
    expect(codes.slice(4)).toEqual(['challenge_exhausted', 'challenge_invalid'])
    expect(await countEvents(test, person.userId, 'second_factor_failed')).toBe(5)
  })

  it('expires, and is void for any other text', async () => {
    const challengeId = await challenge(test.ctx, person)
    for (const text of ['', 'abc', `${challengeId} `, challengeId.slice(1), '\u0000', 'x'.repeat(43)])
      expect(await refusalOf(verifyTotp(test.ctx, { challengeId: text, code: '123456' }))).toMatchObject({
        code: 'challenge_invalid',
      })
    test.clock.seconds += 301
    expect(await refusalOf(verifyTotp(test.ctx, { challengeId, code: codeNow() }))).toMatchObject({
      code: 'challenge_invalid',
    })
  })
})
