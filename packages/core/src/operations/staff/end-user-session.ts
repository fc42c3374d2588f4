import type { Context } from '../../context.ts'
import type { Actor } from '../../steps/actor.ts'
import { actOnUser } from '../../steps/authorise.ts'
import { composeEvent } from '../../steps/record-event.ts'
import { deleteSession } from '../../tables/sessions/end.ts'
import { DomainError } from '../../words/errors.ts'
import { isId, type SessionId } from '../../words/ids.ts'

/**
 * Ends one session of a user.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}; `not_found` also for a session that
 *   does not belong to the user
 */
export async function endUserSession(
  ctx: Context,
  input: { by: Actor; userId: string; sessionId: string },
): Promise<void> {
  const { by } = input
  if (!isId(input.sessionId)) throw new DomainError('not_found')
  const sessionId = input.sessionId as SessionId
  await actOnUser(ctx, input, async (tx, { id: userId }) => {
    const event = composeEvent(ctx, { kind: 'session_revoked', userId, by, sessionId, details: {} })
    const ended = await deleteSession(tx, ctx.clock, { sessionId, userId, event })
    if (!ended) throw new DomainError('not_found')
  })
}
