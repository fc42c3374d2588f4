import {
  beginStep,
  createTestCore,
  PASSWORD,
  refusalOf,
  signUp,
  type TestCore,
  totpCode,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { reauthenticate } from '../src/operations/auth/reauthenticate.ts'
import type { Identity } from '../src/steps/identity.ts'
import { giveFactors } from './support/moved-in.ts'
import { countSessions, identityOf } from './support/second-factor.ts'

const SECRET = 'ZJNWKATTMT7ICWMHWJRIICEVDNDZTB7B'
const CODES = ['15277180', '44704866', '03632812']
const WRONG = '11223344'

let test: TestCore
let ctx: Context
let identity: Identity
beforeAll(async () => {
  test = await createTestCore({ config: { mfaMaxAttempts: 2 } })
  ctx = test.ctx
})
beforeEach(async () => {
  const person = await signUp(ctx)
  await giveFactors(test, person, { secret: SECRET, recoveryCodes: CODES })
  identity = await identityOf(ctx, person)
})
afterAll(() => test.close())

describe('a step-up', () => {
  it('by right codes of the app gives each attempt back', async () => {
    beginStep(test.clock)
    for (const steps of [-1, 0, 1])
      await reauthenticate(ctx, { identity, code: totpCode(SECRET, test.clock, steps) })
    expect(await countSessions(test, identity.userId)).toBe(4)
  })

  it('by right recovery codes that are short gives each attempt back', async () => {
    for (const recoveryCode of CODES) await reauthenticate(ctx, { identity, recoveryCode })
    expect(await countSessions(test, identity.userId)).toBe(4)
  })

  it('by a wrong recovery code that is short says when it has closed the lock', async () => {
    const guess = async () => (await refusalOf(reauthenticate(ctx, { identity, recoveryCode: WRONG }))).code
    expect([await guess(), await guess(), await guess()]).toEqual([
      'invalid_recovery_code',
      'mfa_locked',
      'mfa_locked',
    ])
  })

  it('by a text that is no code of an app counts no attempt', async () => {
    for (let time = 0; time < 3; time++)
      expect(await refusalOf(reauthenticate(ctx, { identity, code: 'abc' }))).toMatchObject({
        code: 'invalid_code',
      })
    const attempts = await test.database
      .sql`select 1 from code_attempts where user_id = ${identity.userId} and in_window > 0`
    expect(attempts).toEqual([])
  })

  it.each([
    ['no proof', {}],
    ['two proofs', { password: PASSWORD, recoveryCode: CODES[0] }],
  ])('by %s is refused, and uses nothing up', async (_, proofs) => {
    expect(Object.keys((await refusalOf(reauthenticate(ctx, { identity, ...proofs }))).fields ?? {})).toEqual(
      ['nonFieldErrors'],
    )
    await expect(reauthenticate(ctx, { identity, recoveryCode: CODES[0] })).resolves.toBeDefined()
  })
})
