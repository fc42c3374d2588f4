import type { Context } from '../context.ts'
import { findUsableFactors, type UsableFactors } from '../tables/ceremonies/open-challenge.ts'
import { findCredentials } from '../tables/users/find.ts'
import { type ProofMethod, SECOND_FACTORS, type SecondFactor } from '../words/second-factors.ts'
import { isUsablePassword } from '../words/usable-password.ts'
import type { Identity } from './identity.ts'
import { isFactorOn, rpIdOf } from './second-factor-policy.ts'
import { hasUsableConnection } from './usable-connection.ts'

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
 * has turned one on is never let through by the password alone. So does a connected account of a provider.
 */
export async function findProofMethods(ctx: Context, identity: Identity): Promise<ProofMethod[]> {
  const isOn = isFactorOn(ctx, identity)
  const factors = await findUsableFactors(ctx.db, { userId: identity.userId, rpId: rpIdOf(ctx) })
  const usable = ctx.config.mfaMode === 'disabled' ? [] : listUsable(factors, isOn)
  if (isOn) return usable
  return [...usable.filter((name) => name === 'passkey'), ...(await findFirstFactors(ctx, identity))]
}

/** A user whom a provider brought may have no password. */
async function findFirstFactors(ctx: Context, { userId }: Identity): Promise<('password' | 'social')[]> {
  const [user, social] = await Promise.all([
    findCredentials(ctx.db, userId),
    hasUsableConnection(ctx, ctx.db, userId),
  ])
  const isThere = { password: user !== null && isUsablePassword(user.passwordHash), social }
  return (['password', 'social'] as const).filter((name) => isThere[name])
}
