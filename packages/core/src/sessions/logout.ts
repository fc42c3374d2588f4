import { composeEvent } from '../audit/record-event.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { verifyToken } from '../tokens/verify-token.ts'
import type { Identity } from './authenticate.ts'
import { readPresented } from './refresh-session.ts'
import { deleteSessionOfToken } from './store.ts'

/**
 * Ends the session of a refresh token.
 *
 * A token that was already replaced closes its live session too: whoever holds it meant to leave.
 *
 * @throws {DomainError} `token_not_valid` - not a refresh token of a live session of the caller's
 */
export async function logout(ctx: Context, input: { identity: Identity; refresh: string }): Promise<void> {
  const verdict = await verifyToken(ctx, input.refresh, 'refresh')
  const presented = verdict.status === 'valid' ? readPresented(verdict.claims) : null
  const { userId } = input.identity
  if (!presented) throw new DomainError('invalid_refresh_token')
  const { sessionId } = presented
  const event = composeEvent(ctx, { kind: 'logout', userId, by: 'self', sessionId, details: {} })
  const ended = await deleteSessionOfToken(ctx.db, ctx.clock, { ...presented, userId, event })
  if (!ended) throw new DomainError('invalid_refresh_token')
}
