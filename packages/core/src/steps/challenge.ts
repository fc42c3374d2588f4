import type { Context } from '../context.ts'
import { type Challenge, type ChallengeKind, findChallenge } from '../tables/ceremonies/challenges.ts'
import { DomainError } from '../words/errors.ts'
import { hashLinkSecret, isLinkSecret } from './link-secret.ts'

/**
 * Requires that second factors are in use on this server.
 *
 * @throws {DomainError} `mfa_disabled`
 */
export function requireMfa(ctx: Context): void {
  if (ctx.config.mfaMode === 'disabled') throw new DomainError('mfa_disabled')
}

/** Finds the challenge that a secret opens; null for any other text, and for a challenge that no longer works. */
export async function findPresented(
  ctx: Context,
  presented: { secret: string; kind: ChallengeKind },
): Promise<Challenge | null> {
  const { secret, kind } = presented
  if (!isLinkSecret(secret)) return null
  return findChallenge(ctx.db, ctx.clock, { tokenHash: hashLinkSecret(secret), kind })
}

/**
 * Gets the challenge that a sign-in got in place of tokens.
 *
 * @param challengeId - 43 characters of base64url
 * @throws {DomainError} `mfa_disabled`
 * @throws {DomainError} `challenge_invalid` - unknown, expired, exhausted, for something else, or the user has changed
 */
export async function getChallenge(ctx: Context, challengeId: string): Promise<Challenge> {
  requireMfa(ctx)
  const challenge = await findPresented(ctx, { secret: challengeId, kind: 'second_factor' })
  if (!challenge) throw new DomainError('challenge_invalid')
  return challenge
}
