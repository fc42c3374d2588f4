import type { Context } from '../context.ts'
import { transaction } from '../database/transaction.ts'
import { lockUser } from '../tables/locks.ts'
import { deleteLongestUnused } from '../tables/sessions/end.ts'
import type { OpenedSession } from '../tables/sessions/open.ts'
import { recordEvent } from './record-event.ts'

/** A sign-in does not see the sessions of other sign-ins under way. The limit is exact while fewer are under way. */
const SIGN_INS_AT_ONCE = 20

/**
 * Ends the sessions of a user that were unused for longest when a sign-in came near the limit, and records it.
 *
 * The statement that opened the session counted the others, so a user far below the limit costs nothing here.
 * `session-limit.test.ts` holds this.
 */
export async function endExcessSessions(ctx: Context, opened: OpenedSession): Promise<void> {
  const { userId, sessionId, others } = opened
  const keep = ctx.config.sessionsPerAccount
  if (others + SIGN_INS_AT_ONCE < keep) return
  await transaction(ctx.db, async (tx) => {
    await lockUser(tx, userId)
    const sessions = await deleteLongestUnused(tx, { userId, newest: sessionId, keep })
    if (sessions === 0) return
    await recordEvent(ctx, tx, {
      kind: 'sessions_displaced',
      userId,
      by: 'self',
      sessionId,
      details: { sessions },
    })
  })
}
