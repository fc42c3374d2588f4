import { operations } from '@latchkey/contract'
import {
  createMailingCore,
  createTestCore,
  type MailingCore,
  refusalOf,
  signUp,
  TEST_SECRET_KEY,
  totpCode,
} from '@latchkey/testkit'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { reauthenticateWithRecoveryCode } from '../src/operations/auth/reauthenticate-with-recovery-code.ts'
import { replaceRecoveryCodes } from '../src/operations/mfa/replace-recovery-codes.ts'
import { verifyRecoveryCode } from '../src/operations/mfa/verify-recovery-code.ts'
import { verifyTotp } from '../src/operations/mfa/verify-totp.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import { giveFactors } from './support/moved-in.ts'
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
  wrongCode,
} from './support/second-factor.ts'

const WINDOW_SECONDS = 15 * 60
const SECRET = 'ZJNWKATTMT7ICWMHWJRIICEVDNDZTB7B'
const CODES = ['15277180', '44704866', '03632812']
const [FIRST = '', SECOND = ''] = CODES
const WRONG = '11223344'

let test: MailingCore
let abroad: Context
let person: Pick<TwoStepPerson, 'email' | 'password' | 'userId' | 'tokens' | 'secret'>
beforeAll(async () => {
  test = await createMailingCore()
  abroad = test.contextOf({ ip: '198.51.100.7' })
})
beforeEach(async () => {
  person = { ...(await signUp(test.ctx)), secret: SECRET }
  await giveFactors(test, person, { secret: SECRET, recoveryCodes: CODES })
})
afterAll(() => test.close())

async function answer(ctx: Context, recoveryCode: string, who: { email: string; password: string } = person) {
  return verifyRecoveryCode(ctx, { challengeId: await challenge(ctx, who), recoveryCode })
}

/** Answers wrongly so often, each challenge at most four times, and returns the codes of the refusals. */
async function guess(ctx: Context, times: number): Promise<string[]> {
  const refusals: string[] = []
  let challengeId = ''
  for (let time = 0; time < times; time++) {
    if (time % 4 === 0) challengeId = await challenge(ctx, person)
    refusals.push((await refusalOf(verifyRecoveryCode(ctx, { challengeId, recoveryCode: WRONG }))).code)
  }
  return refusals
}

async function codeOf(ctx: Context) {
  return verifyTotp(ctx, {
    challengeId: await challenge(ctx, person),
    code: totpCode(SECRET, test.clock),
  })
}

describe('wrong short recovery codes', () => {
  it('are refused from the tenth on, over new challenges, until the window ends', async () => {
    expect(await guess(abroad, 10)).toEqual([...Array(9).fill('invalid_recovery_code'), 'mfa_locked'])
    const refused = await answer(abroad, FIRST).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'mfa_locked', retryAfterSeconds: expect.any(Number) })
    test.clock.seconds += WINDOW_SECONDS
    // The right code was not looked at, so it is unused.
    await expect(answer(abroad, FIRST)).resolves.toBeDefined()
  })

  it('lock neither the app nor the networks of the user nor its sessions', async () => {
    await guess(abroad, 10)
    await expect(codeOf(abroad)).resolves.toBeDefined()
    await expect(answer(test.ctx, FIRST)).resolves.toBeDefined()
    await expect(authenticate(test.ctx, person.tokens.access)).resolves.toBeDefined()
  })

  it('are open while the codes of the app are locked', async () => {
    const code = wrongCode({ secret: SECRET }, test.clock)
    for (let time = 0; time < 10; time++)
      await refusalOf(verifyTotp(abroad, { challengeId: await challenge(abroad, person), code }))
    expect(await refusalOf(codeOf(abroad))).toMatchObject({ code: 'mfa_locked' })
    await expect(answer(abroad, FIRST)).resolves.toBeDefined()
  })

  it('stay counted after a right one: a success gives back its own attempt and clears no window', async () => {
    await guess(test.ctx, 9)
    await answer(test.ctx, FIRST)
    await answer(test.ctx, SECOND)
    expect(await guess(test.ctx, 1)).toEqual(['mfa_locked'])
  })

  it('are recorded once and mailed once as a lock', async () => {
    await guess(abroad, 14)
    expect(await countEvents(test, person.userId, 'second_factor_locked')).toBe(1)
    const mails = (await test.mailbox.all()).filter(
      ({ to, kind }) => to === person.email && kind === 'second-factor-locked',
    )
    expect(mails).toHaveLength(1)
  })

  it('lock until another factor is proven after a hundred in a row', async () => {
    for (let window = 1; window <= 9; window++) {
      await guess(abroad, 10)
      test.clock.seconds += WINDOW_SECONDS
    }
    expect((await guess(abroad, 10)).at(-1)).toBe('recovery_codes_locked')
    test.clock.seconds += WINDOW_SECONDS
    expect(await refusalOf(answer(abroad, FIRST))).toEqual({
      code: 'recovery_codes_locked',
      detail: 'Recovery codes are locked for this account. Use a passkey or an authenticator app.',
    })
    await codeOf(abroad)
    await expect(answer(abroad, FIRST)).resolves.toBeDefined()
  })

  it('lock no code of ours, and count nowhere for a user without short codes', async () => {
    const ours = await signUpWithApp(test)
    for (let time = 0; time < 11; time++)
      expect((await refusalOf(answer(abroad, WRONG, ours))).code).toBe('invalid_recovery_code')
    await expect(answer(abroad, ours.recoveryCodes[0] ?? '', ours)).resolves.toBeDefined()
    expect(await countEvents(test, ours.userId, 'second_factor_locked')).toBe(0)
  })
})

/** How a wrong short code reaches each operation that takes one. */
const TRIES: Record<string, () => Promise<unknown>> = {
  verifyRecoveryCode: () => answer(abroad, WRONG),
  reauthenticate: async () =>
    reauthenticateWithRecoveryCode(abroad, {
      identity: await authenticate(abroad, person.tokens.access),
      recoveryCode: WRONG,
    }),
}

describe('every operation that takes a recovery code', () => {
  it('is one of these', () => {
    const refused = Object.entries(operations).map(([name, operation]) => {
      const refusals: unknown = 'refusals' in operation ? operation.refusals : []
      return { name, refusals: Array.isArray(refusals) ? refusals : [] }
    })
    const taking = refused.filter(({ refusals }) => refusals.includes('invalid_recovery_code'))
    expect(taking.map(({ name }) => name).sort()).toEqual(Object.keys(TRIES).sort())
    for (const { refusals } of taking)
      expect(refusals).toEqual(expect.arrayContaining(['mfa_locked', 'recovery_codes_locked']))
  })

  it.each(Object.entries(TRIES))('%s refuses short codes after ten wrong ones', async (_name, tryIt) => {
    const codes: string[] = []
    for (let time = 0; time < 11; time++) codes.push((await refusalOf(tryIt())).code)
    expect(codes).toEqual([...Array(9).fill('invalid_recovery_code'), 'mfa_locked', 'mfa_locked'])
  })
})

describe('a short recovery code', () => {
  it('of fifty callers with a challenge each opens one session', async () => {
    const ids = await challenges(test.ctx, { ...person } as TwoStepPerson, 50)
    const before = await countSessions(test, person.userId)
    const results = await Promise.allSettled(
      ids.map((challengeId) => verifyRecoveryCode(test.ctx, { challengeId, recoveryCode: FIRST })),
    )
    expect(fulfilled(results)).toHaveLength(1)
    expect(Object.keys(refusalsOf(results)).sort()).not.toContain('Error')
    expect(await countSessions(test, person.userId)).toBe(before + 1)
  })

  it('confirms a session, is counted as used, and is mailed', async () => {
    const identity = await identityOf(test.ctx, person)
    await reauthenticateWithRecoveryCode(test.ctx, { identity, recoveryCode: ' 1527-7180' })
    const [row] = await test.database.sql`
      select details from audit_events where user_id = ${person.userId} and kind = 'recovery_code_used'`
    expect(row?.details).toEqual({ left: 2 })
    expect((await test.mailbox.all()).filter(({ to }) => to === person.email)).not.toHaveLength(0)
  })

  it('is dead after new ones were made, which are ours', async () => {
    const renewed = await replaceRecoveryCodes(test.ctx, {
      identity: await identityOf(test.ctx, { tokens: await codeOf(test.ctx) }),
    })
    expect((await refusalOf(answer(test.ctx, FIRST))).code).toBe('invalid_recovery_code')
    await expect(answer(test.ctx, renewed[0] ?? '')).resolves.toBeDefined()
    const rows = await test.database
      .sql`select 1 from recovery_codes where user_id = ${person.userId} and code_hash like 'hmac%'`
    expect(rows).toHaveLength(0)
  })

  it('of another user is wrong, and its digits are nowhere in the database', async () => {
    const other = await signUp(test.ctx)
    await giveFactors(test, other, { secret: SECRET, recoveryCodes: ['99887766'] })
    expect((await refusalOf(answer(test.ctx, '99887766'))).code).toBe('invalid_recovery_code')
    const rows = await test.database.sql`select code_hash from recovery_codes where user_id = ${other.userId}`
    expect(JSON.stringify(rows)).not.toContain('99887766')
  })

  it('works while its secret is in SECRET_KEY_FALLBACKS, and never after', async () => {
    const start = (fallbacks: string[], lines: string[] = []) =>
      createTestCore({
        log: pino({}, { write: (line) => lines.push(line) }),
        database: test.database,
        clockShift: test.clock,
        secretKey: 'another-secret-of-tests-0123456789-abcdefghijklmno',
        secretKeyFallbacks: fallbacks,
      })
    const replacing = await start([TEST_SECRET_KEY])
    await expect(answer(replacing.ctx, FIRST)).resolves.toBeDefined()
    await replacing.close()
    const lines: string[] = []
    const replaced = await start([], lines)
    expect(lines.join('')).toContain('recovery_codes_hashed_elsewhere')
    expect((await refusalOf(answer(replaced.ctx, SECOND))).code).toBe('invalid_recovery_code')
    await replaced.close()
  })
})
