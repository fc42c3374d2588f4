import type { Context } from '../../context.ts'
import type { Actor } from '../../steps/actor.ts'
import { getReadableUser } from '../../steps/authorise.ts'
import { type SessionSummary, summarizeSession } from '../../steps/summarize-session.ts'
import { listLiveSessions } from '../../tables/sessions/find.ts'

/**
 * Lists the live sessions of a user, the one that was last seen first, `sessionsPerAccount` at most.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link getReadableUser}
 */
export async function listUserSessions(
  ctx: Context,
  input: { by: Actor; userId: string },
): Promise<SessionSummary[]> {
  const user = await getReadableUser(ctx, input)
  const ownSession = input.by.kind === 'staff' ? input.by.identity.sessionId : null
  const query = { userId: user.id, limit: ctx.config.sessionsPerAccount }
  const rows = await listLiveSessions(ctx.db, ctx.clock, query)
  return rows.map((row) => summarizeSession(row, ownSession))
}
