import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { transaction } from '../database/transaction.ts'
import { lockUser } from '../tables/locks.ts'
import { deleteLongestUnused, type HeldSessions } from '../tables/sessions/end.ts'
import type { OpenedSession } from './open-session.ts'
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
  await displaceSessions(ctx, { userId, newest: sessionId, keep }, (tx, sessions) =>
    recordEvent(ctx, tx, {
      kind: 'sessions_displaced',
      userId,
      by: 'self',
      sessionId,
      details: { sessions },
    }),
  )
}

/**
 * Ends the sessions of a user beyond a number.
 *
 * The lock waits for the sign-ins under way, and the statement after it sees their sessions.
 *
 * @param record - is called in the transaction with the number of ended sessions, unless none ended
 */
export async function displaceSessions(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  held: HeldSessions,
  record: (tx: Database, sessions: number) => Promise<void>,
): Promise<void> {
  await transaction(db, async (tx) => {
    await lockUser(tx, held.userId)
    const sessions = await deleteLongestUnused(tx, clock, held)
    if (sessions > 0) await record(tx, sessions)
  })
}
