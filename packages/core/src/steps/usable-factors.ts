import type { Context } from '../context.ts'
import { findUsableFactors, type UsableFactors } from '../tables/ceremonies/open-challenge.ts'
import { type ProofMethod, SECOND_FACTORS, type SecondFactor } from '../words/second-factors.ts'
import type { Identity } from './identity.ts'
import { isFactorOn, rpIdOf } from './second-factor-policy.ts'

/** Lists the second factors of a user that a sign-in accepts. A recovery code counts only where the factor is on. */
export function listUsable(factors: UsableFactors, isOn: boolean): SecondFactor[] {
  const usable: Record<SecondFactor, boolean> = {
    passkey: factors.passkeys.length > 0,
    totp: factors.totp,
    recovery_code: factors.recoveryCode && isOn,
  }
  return SECOND_FACTORS.filter((name) => usable[name])
}

/**
 * Finds what a signed-in user can prove that it is itself with. The password counts where no second factor is on: who
 * has turned one on is never let through by the password alone.
 */
export async function findProofMethods(ctx: Context, identity: Identity): Promise<ProofMethod[]> {
  const isOn = isFactorOn(ctx, identity)
  const factors = await findUsableFactors(ctx.db, { userId: identity.userId, rpId: rpIdOf(ctx) })
  const usable = ctx.config.mfaMode === 'disabled' ? [] : listUsable(factors, isOn)
  return isOn ? usable : [...usable.filter((name) => name === 'passkey'), 'password']
}
