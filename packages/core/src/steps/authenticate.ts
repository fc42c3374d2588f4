import type { Context } from '../context.ts'
import { type AuthenticatedRow, findAuthenticated } from '../tables/sessions/find.ts'
import type { TokenClaims } from '../words/claims.ts'
import { DomainError } from '../words/errors.ts'
import type { SessionId, UserId } from '../words/ids.ts'
import type { OldClaims } from '../words/old-token.ts'
import { countRefusedToken } from './count-calls.ts'
import type { Identity } from './identity.ts'
import { mustVerify } from './must-verify.ts'
import { presentOld } from './present-refresh.ts'
import { type TokenVerdict, verifyToken } from './verify-token.ts'

/** The user and the session that a token names. */
interface Names {
  userId: UserId
  sessionId: SessionId
}

type OwnVerdict = Exclude<TokenVerdict, { status: 'old' }>

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
  // A client of the other deployment refreshes when it is told so, and gets tokens of ours.
  if (verdict.status === 'expired' || verdict.status === 'old') {
    await countRefusedToken(ctx, verdict.claims.jti)
    throw describeRefusal('Token is expired')
  }
  const claims = await requireOurs(ctx, verdict)
  const { sessionCreatedAt, acr, authAgeSeconds, secondFactor, ...user } = await readUser(
    ctx,
    readNames(claims),
  )
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
  const verdict = await verifyToken(ctx, token, 'access')
  const { userId, sessionId } =
    verdict.status === 'old'
      ? await requireMovedIn(ctx, verdict.claims)
      : readNames(await requireOurs(ctx, verdict))
  await readUser(ctx, { userId, sessionId })
  return { userId }
}

/** The user and the session of an access token of the other deployment, also after the end of the session. */
async function requireMovedIn(ctx: Context, old: OldClaims): Promise<Names> {
  const presented = await presentOld(ctx, old, { anyToken: true })
  if (!presented) throw await refuseToken(ctx, 'Token is invalid')
  return presented
}

function readNames({ sub: userId, session: sessionId }: TokenClaims): Names {
  return { userId, sessionId }
}

async function requireOurs(ctx: Context, verdict: OwnVerdict): Promise<TokenClaims> {
  if (verdict.status === 'wrong_type') throw await refuseToken(ctx, 'Token has wrong type')
  if (verdict.status === 'invalid') throw await refuseToken(ctx, 'Token is invalid')
  return verdict.claims
}

async function readUser(ctx: Context, named: Names): Promise<Omit<AuthenticatedRow, 'isActive'>> {
  const row = await findAuthenticated(ctx.db, ctx.clock, named)
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
