import { and, eq, gt, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { TokenSubject } from '../../words/claims.ts'
import type { Device } from '../../words/device.ts'
import { insertEventFrom, type NewAuditEvent } from '../audit-events/statements.ts'
import { isMovedIn } from '../imports/moved-in.ts'
import { beginningOf, lastEndOf, subjectColumns } from '../sessions/columns.ts'
import { keyFrom } from '../sessions/keys.ts'
import type { PresentedRefresh } from '../sessions/rotate.ts'
import { sessions } from '../sessions/schema.ts'
import { users } from '../users/schema.ts'
import { knownId } from './find.ts'
import { importedSessions } from './schema.ts'

/** What the first tokens of ours for a session that was moved in are given for. */
export interface Exchange {
  presented: PresentedRefresh
  /** The refresh token of the other deployment. Null for a token of ours whose exchange the database has lost. */
  old: { jti: string; externalId: string } | null
  /** Whether only a session of a verified address is exchanged. */
  verifiedOnly: boolean
  idleSeconds: number
  /** The longest life of a session, from its beginning; null for no such end. */
  lifetimeSeconds: number | null
  ip: string | null
  userAgent: string | null
  device: Device
  event: NewAuditEvent
}

/**
 * Gives a session that was moved in its first generation here. This one statement decides which of several concurrent
 * refreshes exchanges the old token, and stores the event.
 *
 * A run of the import can give the session another token at the same time. Both lock the row of the import first, so the
 * token that is exchanged is the one that the row names.
 *
 * @returns what the new tokens state; null when the statement changed nothing
 * @see decision 139
 */
export async function exchangeSession(
  db: Database,
  clock: Clock,
  exchange: Exchange,
): Promise<TokenSubject | null> {
  const { presented, userAgent, device } = exchange
  const own = lockWaiting(db, clock, exchange)
  const marked = db.$with('marked').as(
    db
      .update(importedSessions)
      .set({ state: 'exchanged', exchangedAt: sql`${clock.now()}` })
      .from(own)
      .where(eq(importedSessions.sessionId, own.id))
      .returning({ id: importedSessions.sessionId }),
  )
  const recorded = db
    .$with('recorded', {})
    .as(insertEventFrom(clock, exchange.event, { userId: sql`own.user_id`, from: sql`own` }))
  const [row] = await db
    .with(own, marked, recorded)
    .update(sessions)
    .set({
      generation: Math.max(presented.generation, 1),
      // The row is locked before this is computed, so the grace counts from the time of writing.
      rotatedAt: sql`clock_timestamp() + make_interval(secs => ${clock.secondsAfter(0)}::double precision)`,
      lastSeenAt: sql`${clock.now()}`,
      idleExpiresAt: sql`${clock.after(exchange.idleSeconds)}`,
      createdAt: beginningOf(presented.begun),
      absoluteExpiresAt: lastEndOf(presented.begun, exchange.lifetimeSeconds),
      ip: exchange.ip,
      rotationKey: keyFrom(exchange.old && presented.rotationKey),
      // A program without a name does not erase the device that the person knows.
      ...(userAgent !== null && { userAgent, ...device }),
    })
    .from(own)
    .innerJoin(users, eq(users.id, own.userId))
    .where(and(eq(sessions.id, own.id), eq(sessions.userId, own.userId)))
    .returning(subjectColumns)
  return row ?? null
}

/** Locks the row of the import and the session that wait for this token, and no other ones. */
function lockWaiting(db: Database, clock: Clock, exchange: Exchange) {
  const { presented, old, verifiedOnly, lifetimeSeconds } = exchange
  const isOfOldToken = old && [
    eq(importedSessions.jti, old.jti),
    eq(knownId, old.externalId),
    isMovedIn(importedSessions.source),
    gt(sessions.idleExpiresAt, clock.now()),
  ]
  const lastEnd = lastEndOf(presented.begun, lifetimeSeconds)
  return db.$with('own').as(
    db
      .select({ id: sessions.id, userId: sessions.userId })
      .from(importedSessions)
      .innerJoin(sessions, eq(sessions.id, importedSessions.sessionId))
      .innerJoin(users, and(eq(users.id, sessions.userId), users.isActive))
      .where(
        and(
          eq(importedSessions.sessionId, presented.sessionId),
          eq(importedSessions.userId, presented.userId),
          eq(sessions.userId, presented.userId),
          eq(sessions.generation, 0),
          ...(isOfOldToken ?? []),
          verifiedOnly ? users.emailVerified : undefined,
          sql`coalesce(${lastEnd} > ${clock.now()}, true)`,
        ),
      )
      .for('no key update', { of: [importedSessions, sessions] }),
  )
}
