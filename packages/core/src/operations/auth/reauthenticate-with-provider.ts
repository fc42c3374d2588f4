import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import type { Identity } from '../../steps/identity.ts'
import { type PresentedSocialCode, redeemSocialCode } from '../../steps/redeem-social-code.ts'
import { isFactorOn } from '../../steps/second-factor-policy.ts'
import { stepUp } from '../../steps/step-up.ts'
import { findConnection, listSubjects } from '../../tables/connections/find.ts'
import type { TokenPair } from '../../words/claims.ts'
import { DomainError, invalidFields } from '../../words/errors.ts'
import { SENTENCES } from '../../words/sentences.ts'

/**
 * Confirms by a connected account of a provider that the caller is the user itself, and opens a successor of its session
 * whose proof is recent.
 *
 * The level of the session stays: a provider is one factor. Where a second factor is on, it confirms nothing, and the code
 * is not spent. A code of another subject is not spent either.
 *
 * @param input.code - the code in `return_to`
 * @returns the tokens of the successor. Those of before work until the grace is over
 * @throws {DomainError} `invalid` - the second factor is on; nothing was written
 * @throws {DomainError} `challenge_invalid` - the code is unknown, used or expired, belongs to another verifier or names a
 *   subject that is not connected to the caller; nothing was written
 * @throws {DomainError} `token_not_valid` - the session has ended; nothing was written
 */
export async function reauthenticateWithProvider(
  ctx: Context,
  input: PresentedSocialCode & { identity: Identity },
): Promise<TokenPair> {
  const { identity, ...presented } = input
  if (isFactorOn(ctx, identity)) throw invalidFields({ socialCode: [SENTENCES.useSecondFactor] })
  const use = (tx: Database) => useCode(ctx, tx, { ...presented, identity })
  const tokens = await stepUp(ctx, identity, { method: 'social', acr: 'aal1', amr: 'fed', use })
  if (!tokens) throw new DomainError('challenge_invalid')
  return tokens
}

/** The row of the user is locked, and the connection is read in the same transaction. */
async function useCode(
  ctx: Context,
  tx: Database,
  { identity, ...presented }: PresentedSocialCode & { identity: Identity },
): Promise<boolean> {
  const { provider, subject, formerSubject } = await redeemSocialCode(ctx, presented, {
    refusal: 'challenge_invalid',
    db: tx,
  })
  const connection = await findConnection(tx, { provider, uids: listSubjects(subject, formerSubject) })
  if (connection?.userId !== identity.userId) throw new DomainError('challenge_invalid')
  return true
}
