import type { Context } from '../../context.ts'
import { composeEvent } from '../../steps/record-event.ts'
import { readPresented, verifyToken } from '../../steps/verify-token.ts'
import { deleteSessionOfToken } from '../../tables/sessions/end.ts'
import { DomainError } from '../../words/errors.ts'
import type { UserId } from '../../words/ids.ts'

/**
 * Ends the session of a refresh token.
 *
 * A token that was already replaced closes its live session too: whoever holds it meant to leave.
 *
 * @throws {DomainError} `token_not_valid` - not a refresh token of a live session of the caller's
 */
export async function logout(
  ctx: Context,
  input: { identity: { userId: UserId }; refresh: string },
): Promise<void> {
  const verdict = await verifyToken(ctx, input.refresh, 'refresh')
  const presented = verdict.status === 'valid' ? readPresented(verdict.claims) : null
  const { userId } = input.identity
  if (!presented) throw new DomainError('invalid_refresh_token')
  const { sessionId } = presented
  const event = composeEvent(ctx, { kind: 'logout', userId, by: 'self', sessionId, details: {} })
  const ended = await deleteSessionOfToken(ctx.db, ctx.clock, { ...presented, userId, event })
  if (!ended) throw new DomainError('invalid_refresh_token')
}

/** Finds whose an unexpired refresh token of ours is, for a caller that proves itself by nothing else. */
export async function findTokenOwner(ctx: Context, refresh: string): Promise<UserId | null> {
  const verdict = await verifyToken(ctx, refresh, 'refresh')
  return verdict.status === 'valid' ? verdict.claims.sub : null
}
