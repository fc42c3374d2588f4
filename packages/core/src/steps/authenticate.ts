import type { Context } from '../context.ts'
import { findAuthenticated } from '../tables/sessions/find.ts'
import type { TokenClaims } from '../words/claims.ts'
import { DomainError } from '../words/errors.ts'
import type { Identity } from './identity.ts'
import { mustVerify } from './must-verify.ts'
import { verifyToken } from './verify-token.ts'

/**
 * Finds the caller of an access token.
 *
 * Every call reads the user and the session from the database, so a revoked session is refused at once.
 *
 * @throws {DomainError} `token_not_valid` - the token is bad, expired or of the other kind, or its session has ended
 * @throws {DomainError} `user_not_found` `user_inactive` - the user was deleted or deactivated
 * @throws {DomainError} `email_not_verified` - see {@link mustVerify}; the session stays
 */
export async function authenticate(ctx: Context, token: string): Promise<Identity> {
  const verdict = await verifyToken(ctx, token, 'access')
  if (verdict.status === 'expired') throw refuseToken('Token is expired')
  if (verdict.status === 'wrong_type') throw refuseToken('Token has wrong type')
  if (verdict.status === 'invalid') throw refuseToken('Token is invalid')
  const { identity, hasSession } = await readIdentity(ctx, verdict.claims)
  if (!hasSession) throw refuseToken('Token is invalid')
  if (mustVerify(ctx, identity.user)) throw new DomainError('email_not_verified')
  return identity
}

/**
 * Finds the caller of a sign-out. Unlike {@link authenticate}, it accepts an expired token, an ended session
 * and an unverified address.
 *
 * A client whose access token has expired must be able to sign out. Its refresh token decides which session ends.
 *
 * @throws {DomainError} `token_not_valid` `user_not_found` `user_inactive` - otherwise as {@link authenticate}
 */
export async function authenticateForLogout(ctx: Context, token: string): Promise<Identity> {
  const verdict = await verifyToken(ctx, token, 'access')
  if (verdict.status === 'wrong_type') throw refuseToken('Token has wrong type')
  if (verdict.status === 'invalid') throw refuseToken('Token is invalid')
  const { identity } = await readIdentity(ctx, verdict.claims)
  return identity
}

async function readIdentity(
  ctx: Context,
  claims: TokenClaims,
): Promise<{ identity: Identity; hasSession: boolean }> {
  const named = { userId: claims.sub, sessionId: claims.session }
  const row = await findAuthenticated(ctx.db, ctx.clock, named)
  if (!row) throw new DomainError('user_not_found')
  if (!row.isActive) throw new DomainError('user_inactive')
  const { isActive: _, hasSession, ...user } = row
  return { identity: { ...named, user }, hasSession }
}

function refuseToken(message: string): DomainError {
  return new DomainError('token_not_valid', {
    detail: 'Given token not valid for any token type',
    messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
  })
}
