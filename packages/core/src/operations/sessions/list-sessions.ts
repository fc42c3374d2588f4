import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import { type SessionSummary, summarizeSession } from '../../steps/summarize-session.ts'
import { listLiveSessions } from '../../tables/sessions/find.ts'

/** Lists the live sessions of the caller, the one that was last seen first. */
export async function listSessions(ctx: Context, input: { identity: Identity }): Promise<SessionSummary[]> {
  const rows = await listLiveSessions(ctx.db, ctx.clock, input.identity.userId)
  return rows.map((row) => summarizeSession(row, input.identity.sessionId))
}
