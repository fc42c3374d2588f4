import { createMailingCore, createTestCore, type MailingCore, refusalOf, totpCode } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { reauthenticateWithTotp } from '../src/operations/auth/reauthenticate-with-totp.ts'
import { verifyPasskey } from '../src/operations/mfa/verify-passkey.ts'
import { verifyRecoveryCode } from '../src/operations/mfa/verify-recovery-code.ts'
import { verifyTotp } from '../src/operations/mfa/verify-totp.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import type { TokenPair } from '../src/words/claims.ts'
import { addPasskey, enterWithPasskey, getUnfinished } from './support/passkey-people.ts'
import {
  challenge,
  countEvents,
  signUpWithApp,
  type TwoStepPerson,
  wrongCode,
} from './support/second-factor.ts'

const WINDOW_SECONDS = 15 * 60

let test: MailingCore
let abroad: Context
let person: TwoStepPerson
beforeAll(async () => {
  test = await createMailingCore()
  abroad = test.contextOf({ ip: '198.51.100.7' })
})
beforeEach(async () => {
  person = await signUpWithApp(test)
})
afterAll(() => test.close())

const codeNow = () => totpCode(person.secret, test.clock)

async function answer(ctx: Context, code: string) {
  return verifyTotp(ctx, { challengeId: await challenge(ctx, person), code })
}

/** Answers wrongly so often, each challenge at most four times, and returns the codes of the refusals. */
async function guess(ctx: Context, times: number): Promise<string[]> {
  const refusals: string[] = []
  let challengeId = ''
  for (let time = 0; time < times; time++) {
    if (time % 4 === 0) challengeId = await challenge(ctx, person)
    const code = wrongCode(person, test.clock)
    refusals.push((await refusalOf(verifyTotp(ctx, { challengeId, code }))).code)
  }
  return refusals
}

async function askPasskey(ctx: Context) {
  const unfinished = await getUnfinished(ctx, person)
  if (!('challengeId' in unfinished) || !unfinished.passkeyOptions) throw new Error('There is no passkey.')
  return { challengeId: unfinished.challengeId, options: unfinished.passkeyOptions }
}

describe('wrong codes', () => {
  it('are refused from the tenth on, over new challenges, until the window ends', async () => {
    expect(await guess(abroad, 10)).toEqual([...Array(9).fill('invalid_code'), 'mfa_locked'])
    const code = codeNow()
    expect(await refusalOf(answer(abroad, code))).toEqual({
      code: 'mfa_locked',
      detail: 'Too many failed MFA attempts. Try again later.',
    })
    // The right code was not looked at, so it is unused.
    await expect(answer(test.ctx, code)).resolves.toBeDefined()
    test.clock.seconds += WINDOW_SECONDS
    await expect(answer(abroad, codeNow())).resolves.toBeDefined()
  })

  it('say after how many seconds codes are looked at again', async () => {
    await guess(abroad, 10)
    test.clock.seconds += 300
    const refused = await answer(abroad, codeNow()).catch((error: unknown) => error)
    const { retryAfterSeconds } = refused as { retryAfterSeconds: number }
    expect(retryAfterSeconds).toBeGreaterThan(WINDOW_SECONDS - 320)
    expect(retryAfterSeconds).toBeLessThanOrEqual(WINDOW_SECONDS - 300)
  })

  it('drop no challenge when they are locked, and recovery codes open the door', async () => {
    const challengeId = await challenge(abroad, person)
    await guess(abroad, 10)
    const code = codeNow()
    expect(await refusalOf(verifyTotp(abroad, { challengeId, code }))).toMatchObject({ code: 'mfa_locked' })
    const [recoveryCode = ''] = person.recoveryCodes
    await expect(verifyRecoveryCode(abroad, { challengeId, recoveryCode })).resolves.toBeDefined()
  })

  it('from abroad leave the networks of the user and its sessions open', async () => {
    await guess(abroad, 10)
    await expect(answer(test.ctx, codeNow())).resolves.toBeDefined()
    await expect(authenticate(test.ctx, person.tokens.access)).resolves.toBeDefined()
  })

  it('from abroad leave a step-up in a session open, and those of a session lock that session alone', async () => {
    await guess(abroad, 10)
    const stepUp = async (tokens: TokenPair, code: string) =>
      reauthenticateWithTotp(abroad, { identity: await authenticate(abroad, tokens.access), code })
    const renewed = await stepUp(person.tokens, codeNow())
    for (let time = 1; time <= 10; time++) {
      await refusalOf(stepUp(renewed, wrongCode(person, test.clock)))
    }
    test.clock.seconds += 30
    expect(await refusalOf(stepUp(renewed, codeNow()))).toMatchObject({ code: 'mfa_locked' })
    await expect(authenticate(abroad, renewed.access)).resolves.toBeDefined()
    await expect(answer(test.ctx, codeNow())).resolves.toBeDefined()
  })

  it('leave a passkey as the second step and as a sign-in open', async () => {
    const { device } = await addPasskey(test.ctx, await authenticate(test.ctx, person.tokens.access))
    await guess(abroad, 10)
    expect(await refusalOf(answer(abroad, codeNow()))).toMatchObject({ code: 'mfa_locked' })
    const { challengeId, options } = await askPasskey(abroad)
    await expect(
      verifyPasskey(abroad, { challengeId, credential: device.get(options) }),
    ).resolves.toBeDefined()
    await expect(enterWithPasskey(abroad, device)).resolves.toBeDefined()
  })

  it('stay counted after a right one: a success gives back its own attempt and clears no window', async () => {
    await guess(test.ctx, 9)
    await answer(test.ctx, codeNow())
    test.clock.seconds += 30
    await answer(test.ctx, codeNow())
    test.clock.seconds += 30
    expect(await guess(test.ctx, 1)).toEqual(['mfa_locked'])
  })

  it('are counted by all servers of a database, also after a restart', async () => {
    await guess(abroad, 5)
    const second = await createTestCore({ database: test.database, clockShift: test.clock })
    const there = second.contextOf({ ip: '198.51.100.7' })
    expect(await guess(there, 5)).toEqual([...Array(4).fill('invalid_code'), 'mfa_locked'])
    await second.close()
    expect(await refusalOf(answer(abroad, codeNow()))).toMatchObject({ code: 'mfa_locked' })
  })

  it('lock until another factor is proven after a hundred in a row', async () => {
    for (let window = 1; window <= 9; window++) {
      await guess(abroad, 10)
      test.clock.seconds += WINDOW_SECONDS
    }
    expect((await guess(abroad, 10)).at(-1)).toBe('totp_locked')
    test.clock.seconds += WINDOW_SECONDS
    expect(await refusalOf(answer(abroad, codeNow()))).toEqual({
      code: 'totp_locked',
      detail: 'Codes are locked for this account. Use a passkey or a recovery code.',
    })
    const [recoveryCode = ''] = person.recoveryCodes
    await verifyRecoveryCode(test.ctx, { challengeId: await challenge(test.ctx, person), recoveryCode })
    await expect(answer(abroad, codeNow())).resolves.toBeDefined()
  })
})

describe('the lock of codes', () => {
  it('is recorded once and mailed once, and says that somebody knows the password', async () => {
    await guess(abroad, 14)
    expect(await countEvents(test, person.userId, 'second_factor_locked')).toBe(1)
    const mails = (await test.mailbox.all()).filter(
      ({ to, kind }) => to === person.email && kind === 'second-factor-locked',
    )
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain('somebody else knows your password')
  })

  it('closes at the setting of the operator', async () => {
    const strict = await createTestCore({
      database: test.database,
      clockShift: test.clock,
      config: { mfaMaxAttempts: 3 },
    })
    expect(await guess(strict.contextOf({ ip: '203.0.113.9' }), 4)).toEqual([
      'invalid_code',
      'invalid_code',
      'mfa_locked',
      'mfa_locked',
    ])
    await strict.close()
  })
})
