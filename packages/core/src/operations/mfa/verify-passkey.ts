import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { readAssertion } from '../../services/passkeys/presented-credential.ts'
import { getChallenge } from '../../steps/challenge.ts'
import { checkOwnAssertion, type ProvenPasskey } from '../../steps/check-assertion.ts'
import { completeSecondStep } from '../../steps/complete-second-step.ts'
import { getPasskeySite } from '../../steps/passkey-site.ts'
import { refuseAnswer } from '../../steps/refuse-answer.ts'
import { spendPasskey } from '../../steps/spend-passkey.ts'
import { type Challenge, takeChallenge } from '../../tables/ceremonies/challenges.ts'
import type { TokenPair } from '../../words/claims.ts'
import { DomainError } from '../../words/errors.ts'
import { describePasskeyLevel } from '../../words/passkey-level.ts'
import { describeFirstFactor } from '../../words/proven-levels.ts'

/**
 * Completes a sign-in with a passkey as its second step. It works while codes are locked, because it cannot be guessed.
 *
 * @param input.challengeId - 43 characters of base64url, which are also the challenge of WebAuthn
 * @param input.credential - the browser's JSON
 * @throws {DomainError} `challenge_invalid` - unknown, expired or used, or the user changed since the first factor
 * @throws {DomainError} `passkey_refused` - it does not verify, belongs to another user, or its counter did not grow
 * @throws {DomainError} `challenge_exhausted` - the fifth wrong answer
 * @throws {DomainError} `mfa_disabled` `passkeys_disabled`
 */
export async function verifyPasskey(
  ctx: Context,
  input: { challengeId: string; credential: unknown },
): Promise<TokenPair> {
  getPasskeySite(ctx)
  const challenge = await getChallenge(ctx, input.challengeId)
  const proven = await checkOwnAssertion(ctx, {
    userId: challenge.userId,
    credential: readAssertion(input.credential),
    challenge: input.challengeId,
  })
  if (!proven) throw await refuseAnswer(ctx, { challenge, factor: 'passkey', refusal: 'passkey_refused' })
  const tokens = await completeSecondStep(ctx, {
    challenge,
    factor: 'passkey',
    level: describePasskeyLevel(proven.passkey, [describeFirstFactor(challenge.method)]),
    scope: null,
    use: (tx) => useForStep(ctx, tx, proven, challenge),
  })
  if (!tokens) throw new DomainError('passkey_refused')
  return tokens
}

/** A counter that did not grow spends the challenge, and that is committed. */
async function useForStep(
  ctx: Context,
  tx: Database,
  proven: ProvenPasskey,
  challenge: Challenge,
): Promise<boolean> {
  const use = await spendPasskey(ctx, tx, proven)
  if (use === 'counter') await takeChallenge(tx, ctx.clock, challenge)
  return use === 'used'
}
