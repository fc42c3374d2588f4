import type { Context } from '../context.ts'
import type { SessionId } from '../words/ids.ts'
import { clientOf, count } from './count.ts'
import { describeFamily, type Identity } from './identity.ts'

/**
 * Counts a call without a token, by the network of the client.
 *
 * @throws {DomainError} `throttled`
 */
export function countAnonymousCall(ctx: Context): Promise<void> {
  return count(ctx, { limit: 'anon', key: clientOf(ctx) })
}

/**
 * Counts a call with an access token, by its session and the network of the client together.
 *
 * A thief with a stolen session in another network then fills no counter of the owner. A session that follows another
 * after a change of password has the same counter.
 *
 * @throws {DomainError} `throttled`
 */
export function countSessionCall(ctx: Context, identity: Identity): Promise<void> {
  const { userId } = identity
  return count(ctx, { limit: 'user', key: `${describeFamily(identity)} ${clientOf(ctx)}`, userId })
}

/**
 * Counts a call of an operation that ends sessions or protects an account. Each of them has a counter of its own, which
 * no other call fills.
 *
 * @param call.operation - the name of the operation
 * @param call.identity - null for an operation without an access token
 * @throws {DomainError} `throttled`
 * @see decision 083
 */
export function countProtectingCall(
  ctx: Context,
  call: { operation: string; identity: Identity | null },
): Promise<void> {
  const { operation, identity } = call
  if (!identity) return count(ctx, { limit: 'anon', key: `${operation} ${clientOf(ctx)}` })
  const key = `${operation} ${describeFamily(identity)} ${clientOf(ctx)}`
  return count(ctx, { limit: 'user', key, userId: identity.userId })
}

/**
 * Counts a call whose token was refused, by the network of the client.
 *
 * An expired token also counts by its id, and a token of an unverified address by its session. Otherwise strangers in the
 * network of a user, or a thief with an older token, could use up the answers that tell the user's client what to do next.
 *
 * @param of - the id or the session of such a token
 * @throws {DomainError} `throttled`
 */
export function countRefusedToken(ctx: Context, of = ''): Promise<void> {
  return count(ctx, { limit: 'user', key: `refused ${of} ${clientOf(ctx)}` })
}

/**
 * Counts a refresh, by the session of its token and the network of the client together.
 *
 * @param sessionId - null when the text is no refresh token of ours or has expired; it counts as a call without a token
 * @throws {DomainError} `throttled`
 */
export function countRefresh(ctx: Context, sessionId: SessionId | null): Promise<void> {
  if (sessionId === null) return countAnonymousCall(ctx)
  return count(ctx, { limit: 'refresh', key: `${sessionId} ${clientOf(ctx)}` })
}

/**
 * Counts a sign-out, by the session that it ends. So only a holder of the refresh token of a session fills the counter,
 * and its first call ends the session.
 *
 * @param sessionId - null when the refresh token is not good for the caller; it counts as a refused token
 * @throws {DomainError} `throttled`
 */
export function countLogout(ctx: Context, sessionId: SessionId | null): Promise<void> {
  if (sessionId === null) return countRefusedToken(ctx)
  return count(ctx, { limit: 'user', key: `logout ${sessionId} ${clientOf(ctx)}` })
}
