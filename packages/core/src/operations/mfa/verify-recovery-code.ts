import type { Context } from '../../context.ts'
import { getChallenge } from '../../steps/challenge.ts'
import { completeSecondStep } from '../../steps/complete-second-step.ts'
import { refuseAnswer } from '../../steps/refuse-answer.ts'
import { spendRecoveryCode } from '../../steps/spend-recovery-code.ts'
import { tryRecoveryCode } from '../../steps/try-recovery-code.ts'
import type { TokenPair } from '../../words/claims.ts'
import { describeCodeLevel, RECOVERY_WORDS } from '../../words/proven-levels.ts'

/**
 * Ends a sign-in by a recovery code. Each code works once. No lock refuses a code of ours, because it cannot be guessed.
 *
 * @param input.recoveryCode - as it was typed; see `readRecoveryCode` and `readShortCode`
 * @throws {DomainError} `challenge_invalid` - see {@link getChallenge}
 * @throws {DomainError} `invalid_recovery_code` - wrong, used or replaced; counted and recorded
 * @throws {DomainError} `challenge_exhausted` - the fifth wrong answer; the challenge is deleted
 * @throws {DomainError} `mfa_locked` `recovery_codes_locked` - a short code that was moved in; see {@link tryRecoveryCode}
 */
export async function verifyRecoveryCode(
  ctx: Context,
  input: { challengeId: string; recoveryCode: string },
): Promise<TokenPair> {
  const challenge = await getChallenge(ctx, input.challengeId)
  const { userId } = challenge
  const { hashes, attempt } = await tryRecoveryCode(ctx, { userId, sessionId: null }, input.recoveryCode)
  const tokens = await completeSecondStep(ctx, {
    challenge,
    factor: 'recovery_code',
    level: describeCodeLevel(challenge.method, RECOVERY_WORDS),
    scope: attempt?.scope ?? null,
    use: (tx) => spendRecoveryCode(ctx, tx, { userId, hashes }),
  })
  if (tokens) return tokens
  const wrong = { challenge, factor: 'recovery_code', refusal: 'invalid_recovery_code', attempt } as const
  throw await refuseAnswer(ctx, wrong)
}
