import { createTestCore, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reauthenticate } from '../src/operations/auth/reauthenticate.ts'
import type { Identity } from '../src/steps/identity.ts'
import { MOST_IN_A_ROW } from '../src/tables/code-attempts/statements.ts'
import { giveFactors } from './support/moved-in.ts'
import { identityOf } from './support/second-factor.ts'

const MOST_IN_WINDOW = 3

let test: TestCore
let identity: Identity
beforeAll(async () => {
  test = await createTestCore({ config: { mfaMaxAttempts: MOST_IN_WINDOW } })
})
beforeEach(async () => {
  const person = await signUp(test.ctx)
  const recoveryCodes = ['15277180', '44704866']
  await giveFactors(test, person, { secret: 'ZJNWKATTMT7ICWMHWJRIICEVDNDZTB7B', recoveryCodes })
  identity = await identityOf(test.ctx, person)
})
afterAll(() => test.close())

const locksTold = () =>
  test.database.sql`
    select details from audit_events where user_id = ${identity.userId} and kind = 'second_factor_locked'`

describe.each([
  ['codes of the app', { code: '000000' }, 'invalid_code', 'totp_locked'],
  ['short recovery codes', { recoveryCode: '11223344' }, 'invalid_recovery_code', 'recovery_codes_locked'],
] as const)('wrong %s in a step-up', (_, proof, wrong, locked) => {
  const guess = async () => (await refusalOf(reauthenticate(test.ctx, { identity, ...proof }))).code

  it('lock until the window ends, and the lock is recorded once', async () => {
    for (let time = 1; time < MOST_IN_WINDOW; time++) expect(await guess()).toBe(wrong)
    expect(await locksTold()).toEqual([])
    expect([await guess(), await guess()]).toEqual(['mfa_locked', 'mfa_locked'])
    expect(await locksTold()).toEqual([{ details: { lasting: false } }])
  })

  it('lock until another factor is proven after a hundred in a row, also over many windows', async () => {
    expect(await guess()).toBe(wrong)
    await test.database.sql`
      update code_attempts set in_a_row = ${MOST_IN_A_ROW - 1} where user_id = ${identity.userId}`
    expect([await guess(), await guess()]).toEqual([locked, locked])
    expect(await locksTold()).toEqual([{ details: { lasting: true } }])
  })
})
