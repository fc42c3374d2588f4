import type { Context } from '../../context.ts'
import { readTotpCode } from '../../services/second-factor/totp.ts'
import { getChallenge } from '../../steps/challenge.ts'
import { countCodeAttempt } from '../../steps/code-attempts.ts'
import { completeSecondStep } from '../../steps/complete-second-step.ts'
import { matchTotpCode } from '../../steps/match-totp-code.ts'
import { refuseAnswer } from '../../steps/refuse-answer.ts'
import { useTotpStep } from '../../tables/totp-factors/statements.ts'
import type { TokenPair } from '../../words/claims.ts'
import { DomainError } from '../../words/errors.ts'
import { describeCodeLevel, TOTP_WORDS } from '../../words/proven-levels.ts'

/**
 * Ends a sign-in by the code of an authenticator app.
 *
 * Each code works once. The attempt is counted before the code is looked at, so a code tells nothing while codes are
 * locked. A lock refuses codes alone: passkeys and recovery codes work on.
 *
 * @param input.code - six digits; a text of another form is refused and counts nowhere
 * @throws {DomainError} `challenge_invalid` - see {@link getChallenge}
 * @throws {DomainError} `invalid_code` - wrong or used; counted and recorded
 * @throws {DomainError} `challenge_exhausted` - the fifth wrong answer; the challenge is deleted
 * @throws {DomainError} `mfa_locked` `totp_locked` - see {@link countCodeAttempt}
 */
export async function verifyTotp(
  ctx: Context,
  input: { challengeId: string; code: string },
): Promise<TokenPair> {
  const challenge = await getChallenge(ctx, input.challengeId)
  const code = readTotpCode(input.code)
  if (code === null) throw new DomainError('invalid_code')
  const { userId } = challenge
  const attempt = await countCodeAttempt(ctx, { userId, sessionId: null, of: 'app' })
  const matched = await matchTotpCode(ctx, { userId, code, attempt })
  const tokens =
    matched &&
    (await completeSecondStep(ctx, {
      challenge,
      factor: 'totp',
      level: describeCodeLevel(challenge.method, TOTP_WORDS),
      scope: attempt.scope,
      use: (tx) => useTotpStep(tx, ctx.clock, matched),
    }))
  if (tokens) return tokens
  throw await refuseAnswer(ctx, { challenge, factor: 'totp', refusal: 'invalid_code', attempt })
}
