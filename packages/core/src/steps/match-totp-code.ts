import type { Context } from '../context.ts'
import { findTotpStep } from '../services/second-factor/totp.ts'
import { openTotpSecret, sealTotpSecret } from '../services/second-factor/totp-secret.ts'
import { type CodeAttempt, giveAttemptBack } from '../tables/code-attempts/statements.ts'
import { findTotpFactor } from '../tables/totp-factors/statements.ts'
import type { TotpFactorId, UserId } from '../words/ids.ts'

/** A right code, which `useTotpStep` uses up. */
export interface MatchedCode {
  userId: UserId
  id: TotpFactorId
  step: number
  /** The secret of the app, encrypted under the current key. */
  sealed: string
}

/**
 * Compares a code with the authenticator app of a user. Uses nothing up.
 *
 * @param input.code - six digits
 * @param input.attempt - the counted attempt; it is given back when no known key opens the secret
 * @returns null for a wrong code, and for a user without an app
 * @throws when no known key opens the secret
 */
export async function matchTotpCode(
  ctx: Context,
  input: { userId: UserId; code: string; attempt: CodeAttempt },
): Promise<MatchedCode | null> {
  const { userId, code, attempt } = input
  const factor = await findTotpFactor(ctx.db, userId)
  if (!factor) return null
  const { totp: keys } = ctx.secrets
  const secret = await openTotpSecret(factor.secretJwe, userId, keys).catch(async (error: unknown) => {
    // No guess was compared. A key that the operator forgot must not lock the user out.
    await giveAttemptBack(ctx.db, { userId, scope: attempt.scope })
    throw error
  })
  const step = findTotpStep(secret, code, attempt.epochSeconds)
  if (step === null) return null
  return { userId, id: factor.id, step, sealed: await sealTotpSecret(secret, userId, keys) }
}
