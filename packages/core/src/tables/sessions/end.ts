import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { executeRecorded, type NewAuditEvent } from '../audit-events/statements.ts'
import { KEPT_SECONDS, later, type Purge } from '../purge.ts'
import { isLive, type SessionRow } from './columns.ts'
import type { PresentedGeneration } from './rotate.ts'
import { sessions } from './schema.ts'

/**
 * Ends the live session of a refresh token, whatever its generation; false when the user has none.
 *
 * A replaced token is one of its holder too, and a newer one is of a rotation that the database has lost.
 */
export async function deleteSessionOfToken(
  db: Database,
  clock: Clock,
  presented: PresentedGeneration & { event: NewAuditEvent },
): Promise<boolean> {
  const end = db
    .delete(sessions)
    .where(
      and(eq(sessions.id, presented.sessionId), eq(sessions.userId, presented.userId), isLive(clock.now())),
    )
    .returning({ userId: sessions.userId })
  return executeRecorded(db, clock, presented.event, end)
}

/** Ends one session of a user; false when the user has no such session. */
export async function deleteSession(
  db: Database,
  clock: Clock,
  session: { sessionId: SessionId; userId: UserId; event: NewAuditEvent },
): Promise<boolean> {
  const end = db
    .delete(sessions)
    .where(and(eq(sessions.id, session.sessionId), eq(sessions.userId, session.userId)))
    .returning({ userId: sessions.userId })
  return executeRecorded(db, clock, session.event, end)
}

/** Ends every session of a user and returns their number. The caller has locked the user's row, so no sign-in is missed. */
export async function deleteSessionsOfUser(db: Database, userId: UserId): Promise<number> {
  const { count } = await db.delete(sessions).where(eq(sessions.userId, userId))
  return count
}

/** Ends one session of a user and returns its row; null when it has ended. The caller has locked the user's row. */
export async function takeSession(
  db: Database,
  session: { userId: UserId; sessionId: SessionId },
): Promise<SessionRow | null> {
  const [row] = await db
    .delete(sessions)
    .where(and(eq(sessions.id, session.sessionId), eq(sessions.userId, session.userId)))
    .returning()
  return row ?? null
}

/** The sessions of a user that go on when there are too many. */
export interface HeldSessions {
  userId: UserId
  /** A session that counts as the last used one; null for none. */
  newest: SessionId | null
  /** How many sessions go on. */
  keep: number
}

/**
 * Ends the sessions of a user that were unused for longest, so that a number of sessions is left.
 *
 * A session that has expired goes first. The caller has locked the user's row in a statement before, so that this statement
 * sees every session.
 *
 * @returns how many sessions ended
 */
export async function deleteLongestUnused(tx: Database, clock: Clock, held: HeldSessions): Promise<number> {
  const order = [sql`(${isLive(clock.now())}) desc`, desc(sessions.lastSeenAt), desc(sessions.id)]
  const excess = tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.userId, held.userId))
    .orderBy(...(held.newest ? [desc(eq(sessions.id, held.newest))] : []), ...order)
    .offset(held.keep)
  const { count } = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, held.userId), inArray(sessions.id, excess)))
  return count
}

/** Ends every session of a user except one. The caller has locked the user's row. */
export async function deleteOtherSessions(
  db: Database,
  session: { userId: UserId; except: SessionId | null },
): Promise<void> {
  const { userId, except } = session
  await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), except ? ne(sessions.id, except) : undefined))
}

/** Sessions go two days after they expired. The end moves with each refresh, so no key bounds the rows to look at. */
export const SESSION_PURGE: Purge = {
  table: sessions,
  key: [sessions.id],
  dueAt: () => later(sql`least(${sessions.idleExpiresAt}, ${sessions.absoluteExpiresAt})`, KEPT_SECONDS),
}
