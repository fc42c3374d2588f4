import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { requireMfa } from '../../steps/challenge.ts'
import type { Identity } from '../../steps/identity.ts'
import { refuseProof } from '../../steps/refuse-proof.ts'
import { spendRecoveryCode } from '../../steps/spend-recovery-code.ts'
import { stepUp } from '../../steps/step-up.ts'
import { tryRecoveryCode } from '../../steps/try-recovery-code.ts'
import { settleAttempts } from '../../tables/code-attempts/statements.ts'
import type { TokenPair } from '../../words/claims.ts'
import { RECOVERY_WORDS } from '../../words/proven-levels.ts'

/**
 * Confirms by a recovery code that the caller is the user itself, and opens a successor of its session with two factors.
 * Each code works once. No lock refuses a code of ours, because it cannot be guessed.
 *
 * @param input.recoveryCode - as it was typed; see `readRecoveryCode` and `readShortCode`
 * @returns the tokens of the successor. Those of before work until the grace is over
 * @throws {DomainError} `invalid_recovery_code` - wrong, used or replaced; recorded
 * @throws {DomainError} `token_not_valid` - the session has ended since the check; the code was not used up
 * @throws {DomainError} `mfa_locked` `recovery_codes_locked` - a short code that was moved in; see {@link tryRecoveryCode}
 * @throws {DomainError} `mfa_disabled`
 */
export async function reauthenticateWithRecoveryCode(
  ctx: Context,
  input: { identity: Identity; recoveryCode: string },
): Promise<TokenPair> {
  requireMfa(ctx)
  const { identity } = input
  const { userId } = identity
  const { hashes, attempt } = await tryRecoveryCode(ctx, identity, input.recoveryCode)
  const use = async (tx: Database) => {
    if (!(await spendRecoveryCode(ctx, tx, { userId, hashes }))) return false
    await settleAttempts(tx, userId, attempt?.scope ?? null)
    return true
  }
  const proof = { method: 'recovery_code', acr: 'aal2', amr: RECOVERY_WORDS.join(' '), use } as const
  const tokens = await stepUp(ctx, identity, proof)
  if (tokens) return tokens
  const wrong = { factor: 'recovery_code', refusal: 'invalid_recovery_code', attempt } as const
  throw await refuseProof(ctx, identity, wrong)
}
