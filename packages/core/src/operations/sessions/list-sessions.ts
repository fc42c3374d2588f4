import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import { type SessionSummary, summarizeSession } from '../../steps/summarize-session.ts'
import { listLiveSessions } from '../../tables/sessions/find.ts'

/** Lists the live sessions of the caller, the one that was last seen first, `sessionsPerAccount` at most. */
export async function listSessions(ctx: Context, input: { identity: Identity }): Promise<SessionSummary[]> {
  const { userId, sessionId } = input.identity
  const rows = await listLiveSessions(ctx.db, ctx.clock, { userId, limit: ctx.config.sessionsPerAccount })
  return rows.map((row) => summarizeSession(row, sessionId))
}
