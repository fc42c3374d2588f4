import {
  createTestCore,
  logIn,
  readClaims,
  refusalOf,
  signUp,
  type TestCore,
  totpCode,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  challenge,
  countEvents,
  fulfilled,
  identityOf,
  kindsOf,
  refusalsOf,
  signUpWithApp,
  wrongCode,
} from '../../../tests/support/second-factor.ts'
import type { Identity } from '../../steps/identity.ts'
import { login } from '../auth/login.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { activateTotp } from './activate-totp.ts'
import { setUpTotp } from './set-up-totp.ts'
import { verifyTotp } from './verify-totp.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

async function newcomer() {
  const person = await signUp(test.ctx)
  return { person, by: { identity: await identityOf(test.ctx, person) } }
}

const activate = (by: { identity: Identity }, code: string) => activateTotp(test.ctx, { by, code })

describe('setting up an authenticator app', () => {
  it('gives a secret, and asks nobody for a code before its first one', async () => {
    const { person, by } = await newcomer()
    const { secret, provisioningUri, expiresIn } = await setUpTotp(test.ctx, { by })
    expect(provisioningUri).toContain(`secret=${secret}`)
    expect(provisioningUri).toContain(encodeURIComponent(person.email))
    expect(expiresIn).toBe(900)
    await expect(logIn(test.ctx, person)).resolves.toBeDefined()
  })

  it('again makes another secret, and the one before is dead', async () => {
    const { by } = await newcomer()
    const { secret: former } = await setUpTotp(test.ctx, { by })
    const { secret } = await setUpTotp(test.ctx, { by })
    expect(secret).not.toBe(former)
    expect(await refusalOf(activate(by, totpCode(former, test.clock)))).toMatchObject({
      code: 'invalid_code',
    })
    await expect(activate(by, totpCode(secret, test.clock))).resolves.toBeDefined()
  })

  it('is refused without a set-up, after its time, and after it is done', async () => {
    const { by } = await newcomer()
    const refused = { code: 'setup_not_initiated', detail: 'Setup not initiated.' }
    expect(await refusalOf(activate(by, '123456'))).toEqual(refused)
    const { secret } = await setUpTotp(test.ctx, { by })
    expect(await refusalOf(activate(by, wrongCode({ secret }, test.clock)))).toMatchObject({
      code: 'invalid_code',
    })
    test.clock.seconds += 901
    expect(await refusalOf(activate(by, totpCode(secret, test.clock)))).toEqual(refused)
    const again = await setUpTotp(test.ctx, { by })
    const code = totpCode(again.secret, test.clock)
    await activate(by, code)
    expect(await refusalOf(activate(by, code))).toEqual(refused)
  })

  it('stores the secret sealed, for its user alone', async () => {
    const { person, by } = await newcomer()
    const other = await newcomer()
    const { secret } = await setUpTotp(test.ctx, { by })
    await setUpTotp(test.ctx, { by: other.by })
    const { sql } = test.database
    const [row] = await sql`select * from totp_factors where user_id = ${person.userId}`
    expect(JSON.stringify(row)).not.toContain(secret)
    await sql`update totp_factors set pending_jwe = ${row?.pending_jwe} where user_id = ${other.person.userId}`
    await expect(activate(other.by, totpCode(secret, test.clock))).rejects.toThrow('for another user')
  })

  it('is refused where second factors are disabled', async () => {
    const { by } = await newcomer()
    const ctx = withConfig(test.ctx, { mfaMode: 'disabled' })
    const refused = { code: 'mfa_disabled', detail: 'MFA TOTP is disabled.' }
    expect(await refusalOf(setUpTotp(ctx, { by }))).toEqual(refused)
    expect(await refusalOf(activateTotp(ctx, { by, code: '123456' }))).toEqual(refused)
  })

  it('is refused in a session whose proof is old', async () => {
    const person = await signUp(test.ctx)
    test.clock.seconds += 901
    const by = { identity: await identityOf(test.ctx, person) }
    const refused = { code: 'insufficient_user_authentication' }
    expect(await refusalOf(setUpTotp(test.ctx, { by }))).toMatchObject(refused)
    expect(await refusalOf(activate(by, '123456'))).toMatchObject(refused)
  })
})

describe('the first code', () => {
  it('turns the second step on, keeps the session of the caller and ends the others with one factor', async () => {
    const { person, by } = await newcomer()
    const other = await logIn(test.ctx, person)
    const { secret } = await setUpTotp(test.ctx, { by })
    const { recoveryCodes, tokens } = await activate(by, totpCode(secret, test.clock))
    expect(recoveryCodes).toHaveLength(10)
    expect(tokens).toBeNull()
    expect(await refusalOf(refreshSession(test.ctx, other))).toMatchObject({ code: 'token_not_valid' })
    expect(await identityOf(test.ctx, person)).toMatchObject({ acr: 'aal2', secondFactor: true })
    const refreshed = await refreshSession(test.ctx, person.tokens)
    expect(readClaims(refreshed.access)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
    await expect(challenge(test.ctx, person)).resolves.toHaveLength(43)
    expect(await kindsOf(test, person.userId)).toEqual(
      expect.arrayContaining(['second_factor_enabled', 'totp_activated']),
    )
  })

  it('is used up for one of fifty callers at once', async () => {
    const { person, by } = await newcomer()
    const { secret } = await setUpTotp(test.ctx, { by })
    const code = totpCode(secret, test.clock)
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => activate(by, code)))
    expect(fulfilled(results)).toHaveLength(1)
    expect(refusalsOf(results)).toEqual({ setup_not_initiated: 49 })
    expect(await countEvents(test, person.userId, 'totp_activated')).toBe(1)
  })

  it('leaves no sign-in that was under way: none without the second step survives', async () => {
    const { person, by } = await newcomer()
    const { secret } = await setUpTotp(test.ctx, { by })
    const code = totpCode(secret, test.clock)
    const signIns = Array.from({ length: 25 }, () => login(test.ctx, person))
    const results = await Promise.allSettled([...signIns, activate(by, code)])
    expect(refusalsOf(results)).toEqual({})
    const levels = await test.database.sql`select acr from sessions where user_id = ${person.userId}`
    expect(levels.map(({ acr }) => acr)).toEqual(['aal2'])
  })

  it('is refused when the session of the caller has ended, and changes nothing', async () => {
    const { person, by } = await newcomer()
    const { secret } = await setUpTotp(test.ctx, { by })
    await test.database.sql`delete from sessions where user_id = ${person.userId}`
    expect(await refusalOf(activate(by, totpCode(secret, test.clock)))).toMatchObject({
      code: 'token_not_valid',
    })
    await expect(logIn(test.ctx, person)).resolves.toBeDefined()
  })
})

describe('a working app', () => {
  it('is not replaced unless the caller says so, and works until the new one is proven', async () => {
    const person = await signUpWithApp(test)
    const by = { identity: await identityOf(test.ctx, person) }
    expect(await refusalOf(setUpTotp(test.ctx, { by }))).toEqual({
      code: 'totp_already_active',
      detail: 'TOTP already activated.',
    })
    const { secret } = await setUpTotp(test.ctx, { by, replace: true })
    const challengeId = await challenge(test.ctx, person)
    await verifyTotp(test.ctx, { challengeId, code: totpCode(person.secret, test.clock) })
    const { recoveryCodes } = await activate(by, totpCode(secret, test.clock))
    expect(recoveryCodes).toBeNull()
    test.clock.seconds += 30
    const late = verifyTotp(test.ctx, {
      challengeId: await challenge(test.ctx, person),
      code: totpCode(person.secret, test.clock),
    })
    expect(await refusalOf(late)).toMatchObject({ code: 'invalid_code' })
    await expect(
      verifyTotp(test.ctx, {
        challengeId: await challenge(test.ctx, person),
        code: totpCode(secret, test.clock),
      }),
    ).resolves.toBeDefined()
  })

  it('makes every challenge of before void when it is replaced', async () => {
    const person = await signUpWithApp(test)
    const by = { identity: await identityOf(test.ctx, person) }
    const challengeId = await challenge(test.ctx, person)
    const { secret } = await setUpTotp(test.ctx, { by, replace: true })
    await activate(by, totpCode(secret, test.clock))
    test.clock.seconds += 30
    const late = verifyTotp(test.ctx, { challengeId, code: totpCode(secret, test.clock) })
    expect(await refusalOf(late)).toMatchObject({ code: 'challenge_invalid' })
  })
})
