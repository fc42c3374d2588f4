import type { Context } from '../context.ts'
import { type AuthenticatedRow, findAuthenticated } from '../tables/sessions/find.ts'
import type { TokenClaims } from '../words/claims.ts'
import { DomainError } from '../words/errors.ts'
import { countRefusedToken } from './count-calls.ts'
import type { Identity } from './identity.ts'
import { mustVerify } from './must-verify.ts'
import { type TokenVerdict, verifyToken } from './verify-token.ts'

/**
 * Finds the caller of an access token.
 *
 * Every call reads the user and the session from the database, so a revoked session is refused at once. A refused token
 * is counted by client, and never by a user or a live session that it names.
 *
 * @throws {DomainError} `token_not_valid` - the token is bad, expired or of the other kind, or its session has ended
 * @throws {DomainError} `user_not_found` `user_inactive` - the user was deleted or deactivated
 * @throws {DomainError} `email_not_verified` - see {@link mustVerify}; the session stays
 * @throws {DomainError} `throttled` - too many refused tokens from this client
 */
export async function authenticate(ctx: Context, token: string): Promise<Identity> {
  const verdict = await verifyToken(ctx, token, 'access')
  if (verdict.status === 'expired') {
    await countRefusedToken(ctx, verdict.claims.jti)
    throw describeRefusal('Token is expired')
  }
  const claims = await requireOurs(ctx, verdict)
  const { sessionCreatedAt, acr, authAgeSeconds, secondFactor, ...user } = await readUser(ctx, claims)
  if (!sessionCreatedAt || acr === null || authAgeSeconds === null) {
    throw await refuseToken(ctx, 'Token is invalid')
  }
  if (mustVerify(ctx, user)) {
    await countRefusedToken(ctx, claims.session)
    throw new DomainError('email_not_verified')
  }
  const session = { sessionId: claims.session, sessionCreatedAt, acr, authAgeSeconds }
  return { userId: claims.sub, ...session, secondFactor, user }
}

/**
 * Finds the caller of a sign-out. Unlike {@link authenticate}, it accepts an expired token, an ended session
 * and an unverified address.
 *
 * A client whose access token has expired must be able to sign out. Its refresh token decides which session ends.
 *
 * @throws {DomainError} `token_not_valid` `user_not_found` `user_inactive` `throttled` - otherwise as
 *   {@link authenticate}
 */
export async function authenticateForLogout(ctx: Context, token: string): Promise<Pick<Identity, 'userId'>> {
  const claims = await requireOurs(ctx, await verifyToken(ctx, token, 'access'))
  await readUser(ctx, claims)
  return { userId: claims.sub }
}

async function requireOurs(ctx: Context, verdict: TokenVerdict): Promise<TokenClaims> {
  if (verdict.status === 'wrong_type') throw await refuseToken(ctx, 'Token has wrong type')
  if (verdict.status === 'invalid') throw await refuseToken(ctx, 'Token is invalid')
  return verdict.claims
}

async function readUser(ctx: Context, claims: TokenClaims): Promise<Omit<AuthenticatedRow, 'isActive'>> {
  const row = await findAuthenticated(ctx.db, ctx.clock, { userId: claims.sub, sessionId: claims.session })
  if (!row?.isActive) {
    await countRefusedToken(ctx)
    throw new DomainError(row ? 'user_inactive' : 'user_not_found')
  }
  const { isActive: _, ...user } = row
  return user
}

async function refuseToken(ctx: Context, message: string): Promise<DomainError> {
  await countRefusedToken(ctx)
  return describeRefusal(message)
}

function describeRefusal(message: string): DomainError {
  return new DomainError('token_not_valid', {
    detail: 'Given token not valid for any token type',
    messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
  })
}
