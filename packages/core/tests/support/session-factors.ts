import { logIn, type SoftAuthenticator } from '@latchkey/testkit'
import type { Context } from '../../src/context.ts'
import { describeReauthentication } from '../../src/operations/auth/describe-reauthentication.ts'
import { login } from '../../src/operations/auth/login.ts'
import { reauthenticate } from '../../src/operations/auth/reauthenticate.ts'
import { reauthenticateWithPasskey } from '../../src/operations/auth/reauthenticate-with-passkey.ts'
import { deactivateSecondFactor } from '../../src/operations/mfa/deactivate-second-factor.ts'
import { enableSecondFactor } from '../../src/operations/mfa/enable-second-factor.ts'
import { verifyPasskey } from '../../src/operations/mfa/verify-passkey.ts'
import { verifyRecoveryCode } from '../../src/operations/mfa/verify-recovery-code.ts'
import type { Identity } from '../../src/steps/identity.ts'
import type { TokenPair } from '../../src/words/claims.ts'
import { enterWithPasskey } from './passkey-people.ts'
import { BY_PASSKEY, BY_PASSWORD, BY_RECOVERY_CODE, type ModelLevel } from './session-model.ts'

/** What the user of a world can prove. */
export interface WorldFactors {
  email: string
  password: string
  device: SoftAuthenticator
  /** Whether its second factor is on. */
  isOn: boolean
  recoveryCodes: string[]
}

/** What a proof gives: tokens, and the level that their session has. */
export interface Proven {
  tokens: TokenPair
  level: ModelLevel
}

/** Signs in by one of the ways that are open. `choice` is a number from 0 to 1. */
export async function signInSomehow(ctx: Context, factors: WorldFactors, choice: number): Promise<Proven> {
  if (choice < 0.3) return { tokens: await enterWithPasskey(ctx, factors.device), level: BY_PASSKEY }
  if (!factors.isOn) return { tokens: await logIn(ctx, factors), level: BY_PASSWORD }
  const answer = await login(ctx, factors)
  if (!('challengeId' in answer)) throw new Error('The second factor is on, and nobody asked for it.')
  const { challengeId, passkeyOptions } = answer
  const recoveryCode = choice < 0.7 ? factors.recoveryCodes.pop() : undefined
  if (recoveryCode !== undefined) {
    return { tokens: await verifyRecoveryCode(ctx, { challengeId, recoveryCode }), level: BY_RECOVERY_CODE }
  }
  if (!passkeyOptions) throw new Error('The passkey is not asked for.')
  const credential = factors.device.get(passkeyOptions)
  return { tokens: await verifyPasskey(ctx, { challengeId, credential }), level: BY_PASSKEY }
}

/** Proves again who the caller is, by the password where it counts, or by the passkey. */
export async function proveSomehow(
  ctx: Context,
  factors: WorldFactors,
  proof: { identity: Identity; isByPassword: boolean },
): Promise<TokenPair> {
  const { identity, isByPassword } = proof
  if (isByPassword) return reauthenticate(ctx, { identity, password: factors.password })
  const options = await describeReauthentication(ctx, { identity })
  return reauthenticateWithPasskey(ctx, { identity, credential: factors.device.get(options) })
}

/** Turns the second factor on, and keeps the recovery codes. */
export async function turnOn(ctx: Context, factors: WorldFactors, identity: Identity): Promise<void> {
  const codes = await enableSecondFactor(ctx, { identity })
  if (!codes) throw new Error('The second factor was on before.')
  Object.assign(factors, { isOn: true, recoveryCodes: codes })
}

/** Turns the second factor off. */
export async function turnOff(ctx: Context, factors: WorldFactors, identity: Identity): Promise<void> {
  await deactivateSecondFactor(ctx, { identity, password: factors.password })
  Object.assign(factors, { isOn: false, recoveryCodes: [] })
}
