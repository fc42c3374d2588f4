import { and, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { TokenSubject } from '../../words/claims.ts'
import { executeRecorded, type NewAuditEvent } from '../audit-events/statements.ts'
import { users } from '../users/schema.ts'
import { lastEndOf, subjectColumns } from './columns.ts'
import { isOfAnotherKey, isOfKey } from './keys.ts'
import type { PresentedRefresh } from './rotate.ts'
import { sessions } from './schema.ts'

function isOutsideGrace(clock: Clock, graceSeconds: number): SQL {
  return graceSeconds === 0 ? sql`true` : lte(sessions.rotatedAt, clock.after(-graceSeconds))
}

/** The state of a session. The database makes every comparison of times. */
export interface SessionState extends TokenSubject {
  isWithinGrace: boolean
  /** Whether the last rotation was asked with the key of the caller. */
  isOfKey: boolean
  rotatedAt: Date | null
  isIdleExpired: boolean
  isAbsoluteExpired: boolean
  userIsActive: boolean
  ip: string | null
  userAgent: string | null
}

/** Finds the reason why a rotation changed nothing; null when the session does not exist. */
export async function findSessionState(
  db: Database,
  clock: Clock,
  session: PresentedRefresh & { graceSeconds: number; lifetimeSeconds: number | null },
): Promise<SessionState | null> {
  // The last end of a session that was moved in is written when its first tokens of ours are given.
  const unwrittenEnd = sql`case when ${sessions.generation} = 0 then ${lastEndOf(session.begun, session.lifetimeSeconds)} end`
  const [row] = await db
    .select({
      ...subjectColumns,
      isWithinGrace: sql<boolean>`coalesce(not ${isOutsideGrace(clock, session.graceSeconds)}, false)`,
      isOfKey: sql<boolean>`${isOfKey(session.rotationKey)}`,
      rotatedAt: sessions.rotatedAt,
      isIdleExpired: sql<boolean>`${sessions.idleExpiresAt} <= ${clock.now()}`,
      isAbsoluteExpired: sql<boolean>`coalesce(coalesce(${sessions.absoluteExpiresAt}, ${unwrittenEnd}) <= ${clock.now()}, false)`,
      userIsActive: users.isActive,
      ip: sessions.ip,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, session.sessionId), eq(sessions.userId, session.userId)))
  return row ?? null
}

/**
 * Ends the session of a replaced token that came back after the grace.
 *
 * A session that is bound to a key never ends by it, and neither does one for the token and the key of its last rotation.
 *
 * @returns false when the statement changed nothing
 */
export async function deleteReplayedSession(
  db: Database,
  clock: Clock,
  presented: PresentedRefresh & { graceSeconds: number; event: NewAuditEvent },
): Promise<boolean> {
  const end = db
    .delete(sessions)
    .where(
      and(
        eq(sessions.id, presented.sessionId),
        eq(sessions.userId, presented.userId),
        isNull(sessions.jkt),
        or(
          gt(sessions.generation, presented.generation + 1),
          and(
            eq(sessions.generation, presented.generation + 1),
            isOutsideGrace(clock, presented.graceSeconds),
            isOfAnotherKey(presented.rotationKey),
          ),
        ),
      ),
    )
    .returning({ userId: sessions.userId })
  return executeRecorded(db, clock, presented.event, end)
}
