import type { Context } from '../context.ts'
import { findAuthenticated } from '../tables/sessions/find.ts'
import type { TokenClaims } from '../words/claims.ts'
import { DomainError } from '../words/errors.ts'
import type { Identity } from '../words/user.ts'
import { verifyToken } from './verify-token.ts'

/**
 * Finds out who calls, from an access token.
 *
 * The user and the session are read in one statement, so a session that was revoked is dead here at once.
 *
 * @throws {DomainError} `token_not_valid` - bad, expired, of the wrong kind, or its session has ended
 * @throws {DomainError} `user_not_found` `user_inactive` - the user was deleted or deactivated
 */
export async function authenticate(ctx: Context, token: string): Promise<Identity> {
  const verdict = await verifyToken(ctx, token, 'access')
  if (verdict.status === 'expired') throw refuseToken('Token is expired')
  if (verdict.status === 'wrong_type') throw refuseToken('Token has wrong type')
  if (verdict.status === 'invalid') throw refuseToken('Token is invalid')
  const { identity, hasSession } = await readIdentity(ctx, verdict.claims)
  if (!hasSession) throw refuseToken('Token is invalid')
  return identity
}

/**
 * Finds out who signs out: as {@link authenticate}, but an expired token or an ended session will do.
 *
 * A client that slept past its access token must be able to sign out; its refresh token decides what ends.
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
