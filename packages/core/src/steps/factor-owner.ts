import type { Context } from '../context.ts'
import type { Challenge } from '../tables/ceremonies/challenges.ts'
import { findCredentials } from '../tables/users/find.ts'
import { DomainError } from '../words/errors.ts'
import type { SessionId, UserId } from '../words/ids.ts'
import { findPresented, requireMfa } from './challenge.ts'
import type { Identity } from './identity.ts'
import { requireRecent } from './require-recent.ts'

/** Who sets a factor up: a caller with a session, or a sign-in that must set one up before there is a session. */
export type FactorCaller = { identity: Identity } | { challenge: Challenge }

/** The user whose factor is set up. */
export interface FactorOwner {
  userId: UserId
  email: string
  /** The session of the caller; null for a sign-in. */
  sessionId: SessionId | null
  /** The challenge of the sign-in; null for a caller with a session. */
  challenge: Challenge | null
}

/**
 * Gets the challenge of a sign-in that must set a factor up. It stands for a session, in what sets a factor up alone.
 *
 * @param secret - as sent: anything
 * @throws {DomainError} `not_authenticated` - unknown, expired or used, or the user has changed
 */
export async function getSetupChallenge(ctx: Context, secret: unknown): Promise<Challenge> {
  const challenge = typeof secret === 'string' && (await findPresented(ctx, { secret, kind: 'setup' }))
  if (!challenge) throw new DomainError('not_authenticated')
  return challenge
}

/**
 * Gets the user whose factor a caller sets up. A set-up challenge counts as recent, because the password was just checked.
 *
 * @throws {DomainError} `mfa_disabled`
 * @throws {DomainError} `not_authenticated` - the user of the challenge was deleted
 * @throws {DomainError} `insufficient_user_authentication` - see {@link requireRecent}
 */
export async function getFactorOwner(ctx: Context, caller: FactorCaller): Promise<FactorOwner> {
  requireMfa(ctx)
  if ('identity' in caller) {
    const { identity } = caller
    await requireRecent(ctx, identity)
    const { userId, sessionId, user } = identity
    return { userId, email: user.email, sessionId, challenge: null }
  }
  const { challenge } = caller
  const user = await findCredentials(ctx.db, challenge.userId)
  if (!user) throw new DomainError('not_authenticated')
  return { userId: user.id, email: user.email, sessionId: null, challenge }
}
