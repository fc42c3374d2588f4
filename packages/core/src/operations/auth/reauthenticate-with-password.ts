import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import { isFactorOn } from '../../steps/second-factor-policy.ts'
import { stepUp } from '../../steps/step-up.ts'
import { verifyOwnPassword } from '../../steps/verify-own-password.ts'
import { lockUnchangedUser } from '../../tables/locks.ts'
import { PASSWORD_LEVEL, type TokenPair } from '../../words/claims.ts'
import { type DomainError, type FieldSentence, invalidFields } from '../../words/errors.ts'
import { SENTENCES } from '../../words/sentences.ts'

/**
 * Confirms by the password that the caller is the user itself, and opens a successor of its session whose proof is recent.
 *
 * The level of the session stays: a password is one factor. Where a second factor is on, the password alone confirms
 * nothing, and is neither hashed nor counted.
 *
 * @param input.password - as it was typed
 * @returns the tokens of the successor. Those of before work until the grace is over
 * @throws {DomainError} `invalid` - the password is wrong, or the second factor is on; nothing was written
 * @throws {DomainError} `no_usable_password` - see {@link verifyOwnPassword}
 * @throws {DomainError} `token_not_valid` - the session has ended since the check
 * @throws {DomainError} `throttled` - too many attempts in this session; nothing was hashed
 */
export async function reauthenticateWithPassword(
  ctx: Context,
  input: { identity: Identity; password: string },
): Promise<TokenPair> {
  const { identity, password } = input
  if (isFactorOn(ctx, identity)) throw refusePassword(SENTENCES.useSecondFactor)
  const verified = await verifyOwnPassword(ctx, identity, password)
  if (!verified) throw refusePassword(SENTENCES.wrongPassword)
  // Another password, or a second factor, may have come since the check. Then the check is outdated.
  const use = (tx: Context['db']) => lockUnchangedUser(tx, verified)
  const tokens = await stepUp(ctx, identity, { method: 'password', ...PASSWORD_LEVEL, use })
  if (!tokens) throw refusePassword(SENTENCES.wrongPassword)
  return tokens
}

function refusePassword(sentence: FieldSentence): DomainError {
  return invalidFields({ password: [sentence] })
}
