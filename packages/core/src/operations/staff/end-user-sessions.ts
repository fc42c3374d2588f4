import type { Context } from '../../context.ts'
import type { Actor } from '../../steps/actor.ts'
import { actOnUser } from '../../steps/authorise.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { deleteSessionsOfUser } from '../../tables/sessions/end.ts'

/**
 * Ends every session of a user at once, and returns their number.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}
 */
export async function endUserSessions(ctx: Context, input: { by: Actor; userId: string }): Promise<number> {
  return actOnUser(ctx, input, async (tx, { id: userId }) => {
    const sessions = await deleteSessionsOfUser(tx, userId)
    await recordEvent(ctx, tx, { kind: 'sessions_ended', userId, by: input.by, details: { sessions } })
    return sessions
  })
}
