import { and, desc, eq, isNull, lt, lte, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { EventId, UserId } from '../../words/ids.ts'
import type { PageRequest } from '../../words/page.ts'
import { auditEvents } from './schema.ts'

/** A recorded event. */
export type AuditEvent = typeof auditEvents.$inferSelect
/** An event about to be recorded. */
export type NewAuditEvent = Omit<AuditEvent, 'createdAt'>

/** Stores an event: rolled back with the transaction it is given, or at once with the database. */
export async function insertEvent(db: Database, clock: Clock, event: NewAuditEvent): Promise<void> {
  await db.insert(auditEvents).values({ ...event, createdAt: sql`${clock.now()}` })
}

/**
 * The statement that stores an event for each row of a source, to be a part of the statement that caused it.
 *
 * @param source.userId - the user, as an expression over the source
 * @param source.from - the source; without rows nothing happened and nothing is stored
 */
export function insertEventFrom(clock: Clock, event: NewAuditEvent, source: { userId: SQL; from: SQL }): SQL {
  const { actor, kind, sessionId, ip, browser, os, device } = event
  const actorId = actor === 'self' ? source.userId : sql`${event.actorId}::uuid`
  return sql`
    insert into audit_events
      (id, user_id, actor, actor_id, kind, session_id, ip, browser, os, device, details, created_at)
    select ${event.id}, ${source.userId}, ${actor}, ${actorId}, ${kind}, ${sessionId}, ${ip}, ${browser}, ${os},
      ${device}, ${JSON.stringify(event.details)}, ${clock.now()}
    from ${source.from}`
}

/**
 * Runs a statement and records what it did in the same round trip: both happen or neither.
 *
 * @param cause - changes one row at most and returns its `user_id`
 */
export async function executeRecorded(
  db: Database,
  clock: Clock,
  event: NewAuditEvent,
  cause: SQLWrapper,
): Promise<boolean> {
  const source = { userId: sql`cause.user_id`, from: sql`cause` }
  const rows = await db.execute(
    sql`with cause as ${cause} ${insertEventFrom(clock, event, source)} returning id`,
  )
  return rows.length > 0
}

/** A page of a user's events, the newest first, and one more if there is one. */
export async function listEvents(
  db: Database,
  query: PageRequest & { userId: UserId },
): Promise<AuditEvent[]> {
  const before = query.cursor === null ? undefined : lt(auditEvents.id, query.cursor as EventId)
  return db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.userId, query.userId), before))
    .orderBy(desc(auditEvents.id))
    .limit(query.limit + 1)
}

/** Erases where and with what a user's own doings were done; that they happened, and when, remains. */
export async function eraseClients(db: Database, userId: UserId): Promise<void> {
  const ownDoings = and(
    eq(auditEvents.userId, userId),
    or(isNull(auditEvents.actorId), eq(auditEvents.actorId, userId)),
  )
  const doneAsStaff = and(eq(auditEvents.actor, 'staff'), eq(auditEvents.actorId, userId))
  await db
    .update(auditEvents)
    .set({ ip: null, browser: null, os: null, device: null })
    .where(or(ownDoings, doneAsStaff))
}

/** Removes events from before a moment. */
export async function purgeEvents(db: Database, before: SQL): Promise<void> {
  await db.delete(auditEvents).where(lte(auditEvents.createdAt, before))
}
