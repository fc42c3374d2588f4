import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import { composeEvent } from '../../steps/record-event.ts'
import { deleteSession } from '../../tables/sessions/end.ts'
import { DomainError } from '../../words/errors.ts'
import { isId, type SessionId } from '../../words/ids.ts'

/**
 * Ends one session of the caller, which may be the present one.
 *
 * @param input.sessionId - as sent; a text that is not an id names an unknown session
 * @throws {DomainError} `not_found` - the session is unknown, has ended, or belongs to another user
 */
export async function revokeSession(
  ctx: Context,
  input: { identity: Identity; sessionId: string },
): Promise<void> {
  const { userId } = input.identity
  if (!isId(input.sessionId)) throw new DomainError('not_found')
  const sessionId = input.sessionId as SessionId
  const event = composeEvent(ctx, { kind: 'session_revoked', userId, by: 'self', sessionId, details: {} })
  const ended = await deleteSession(ctx.db, ctx.clock, { sessionId, userId, event })
  if (!ended) throw new DomainError('not_found')
}
