import {
  createTestCore,
  type FactorOwner,
  refusalOf,
  signUpWithFactors,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../context.ts'
import type { Challenge } from '../tables/ceremonies/challenges.ts'
import type { CodeAttempt } from '../tables/code-attempts/statements.ts'
import { newId, type UserId } from '../words/ids.ts'
import { authenticate } from './authenticate.ts'
import { getChallenge } from './challenge.ts'
import { getFactorOwner, getSetupChallenge } from './factor-owner.ts'
import type { Identity } from './identity.ts'
import { newLinkSecret } from './link-secret.ts'
import { matchTotpCode } from './match-totp-code.ts'
import { getPasskeyOwner } from './passkey-owner.ts'
import { isFactorOn, isFactorRequired, rpIdOf } from './second-factor-policy.ts'
import { findProofMethods, listUsable } from './usable-factors.ts'

let test: TestCore
let person: FactorOwner
let identity: Identity
beforeAll(async () => {
  test = await createTestCore()
  person = await signUpWithFactors(test, { passkey: true, totp: true, codes: true, on: false })
  identity = await authenticate(test.ctx, person.access)
})
afterAll(() => test.close())

const using = (changes: Partial<Context['config']>) => withConfig(test.ctx, changes)

describe('what the settings say about second factors:', () => {
  it.each([
    ['disabled', 900, false],
    ['optional', 900, true],
    ['optional', 0, false],
    ['required', 0, true],
  ] as const)('with the mode %s, and one required of the role 900, the role %i needs one: %s', (...given) => {
    const [mfaMode, role, isRequired] = given
    expect(isFactorRequired(using({ mfaMode, mfaRequiredRoles: [900] }), role)).toBe(isRequired)
  })

  it.each([
    ['disabled', true, false],
    ['optional', true, true],
    ['optional', false, false],
    ['required', false, false],
  ] as const)('with the mode %s, the factor of a user that turned it on (%s) counts: %s', (...given) => {
    const [mfaMode, secondFactor, isOn] = given
    expect(isFactorOn(using({ mfaMode }), { secondFactor })).toBe(isOn)
  })

  it('passkeys belong to the domain of the settings, and to none while they are disabled', () => {
    expect(rpIdOf(using({ passkeysEnabled: true }))).toBe('localhost')
    expect(rpIdOf(using({ passkeysEnabled: false }))).toBeNull()
  })
})

describe('the factors of a user that a sign-in accepts', () => {
  const NONE = { passkeys: [], totp: false, recoveryCode: false }

  it('have a recovery code only where the second factor is on, and the user has one', () => {
    expect(listUsable({ ...NONE, recoveryCode: true }, true)).toEqual(['recovery_code'])
    expect(listUsable({ ...NONE, recoveryCode: true }, false)).toEqual([])
    expect(listUsable({ ...NONE, totp: true }, true)).toEqual(['totp'])
    expect(listUsable(NONE, true)).toEqual([])
  })
})

describe('what a signed-in user proves itself with', () => {
  const methodsOf = (changes: Partial<Context['config']>, secondFactor: boolean) =>
    findProofMethods(using(changes), { ...identity, secondFactor })

  it('is a passkey or the password while the second factor is off', async () => {
    expect(await methodsOf({}, false)).toEqual(['passkey', 'password'])
    expect(await methodsOf({ passkeysEnabled: false }, false)).toEqual(['password'])
  })

  it('is a second factor alone while it is on', async () => {
    expect(await methodsOf({}, true)).toEqual(['passkey', 'totp', 'recovery_code'])
  })

  it('is the password alone where second factors are disabled', async () => {
    expect(await methodsOf({ mfaMode: 'disabled' }, true)).toEqual(['password'])
  })
})

describe('where second factors are disabled', () => {
  it('no challenge is looked for, and no factor is set up', async () => {
    const off = using({ mfaMode: 'disabled' })
    const disabled = { code: 'mfa_disabled' }
    expect(await refusalOf(getChallenge(off, newLinkSecret()))).toMatchObject(disabled)
    expect(await refusalOf(getFactorOwner(off, { identity }))).toMatchObject(disabled)
    await expect(getFactorOwner(test.ctx, { identity })).resolves.toMatchObject({ userId: person.userId })
  })

  it('a passkey is still added, unless passkeys are disabled too', async () => {
    const off = using({ mfaMode: 'disabled' })
    await expect(getPasskeyOwner(off, { identity })).resolves.toMatchObject({ userId: person.userId })
    expect(await refusalOf(getPasskeyOwner(using({ passkeysEnabled: false }), { identity }))).toMatchObject({
      code: 'passkeys_disabled',
    })
  })
})

describe('the challenge of a set-up', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an unknown secret', newLinkSecret()],
    ['a text that is no secret', 'x'],
    ['a list of a secret', [newLinkSecret()]],
    ['an object', {}],
  ])('is not found by %s', async (_case, secret) => {
    expect(await refusalOf(getSetupChallenge(test.ctx, secret))).toMatchObject({ code: 'not_authenticated' })
  })

  it('stands for nobody after its user was deleted', async () => {
    const challenge = { userId: newId<UserId>() } as Challenge
    expect(await refusalOf(getFactorOwner(test.ctx, { challenge }))).toMatchObject({
      code: 'not_authenticated',
    })
  })
})

describe('the code of an app', () => {
  it('matches nothing for a user without an app', async () => {
    const attempt = { scope: '', epochSeconds: test.ctx.clock.epochSeconds() } as CodeAttempt
    expect(await matchTotpCode(test.ctx, { userId: newId<UserId>(), code: '123456', attempt })).toBeNull()
  })
})
