import type { Context } from '../../context.ts'
import { countLogout } from '../../steps/count-calls.ts'
import { composeEvent } from '../../steps/record-event.ts'
import { readPresented, verifyToken } from '../../steps/verify-token.ts'
import { deleteSessionOfToken } from '../../tables/sessions/end.ts'
import { DomainError } from '../../words/errors.ts'
import type { UserId } from '../../words/ids.ts'

/**
 * Ends the session of a refresh token.
 *
 * A replaced token ends its live session too, because its holder wants to sign out.
 *
 * @throws {DomainError} `invalid_refresh_token` - not a refresh token of a live session of the caller
 * @throws {DomainError} `throttled` - too many bad refresh tokens from this client
 */
export async function logout(
  ctx: Context,
  input: { identity: { userId: UserId }; refresh: string },
): Promise<void> {
  const { userId } = input.identity
  const verdict = await verifyToken(ctx, input.refresh, 'refresh')
  const isOwn = verdict.status === 'valid' && verdict.claims.sub === userId
  const presented = isOwn ? readPresented(verdict.claims) : null
  await countLogout(ctx, presented?.sessionId ?? null)
  if (!presented) throw new DomainError('invalid_refresh_token')
  const { sessionId } = presented
  const event = composeEvent(ctx, { kind: 'logout', userId, by: 'self', sessionId, details: {} })
  const ended = await deleteSessionOfToken(ctx.db, ctx.clock, { ...presented, userId, event })
  if (!ended) throw new DomainError('invalid_refresh_token')
}

/** Finds the user of an unexpired refresh token, for a caller without an access token; null for any other text. */
export async function findTokenOwner(ctx: Context, refresh: string): Promise<UserId | null> {
  const verdict = await verifyToken(ctx, refresh, 'refresh')
  return verdict.status === 'valid' ? verdict.claims.sub : null
}
