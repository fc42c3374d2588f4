import { and, desc, eq, inArray, isNull, lt, lte, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { EventId, UserId } from '../../words/ids.ts'
import type { PageRequest } from '../../words/page.ts'
import { HOUR_SECONDS } from '../../words/time.ts'
import { idOf, later, type Purge } from '../purge.ts'
import { auditEvents } from './schema.ts'

/** How far the clock of a process may be ahead of the database without a delay of the purge. */
const CLOCK_MARGIN_SECONDS = HOUR_SECONDS

/** A statement has 65,535 values at most. */
const EVENTS_AT_ONCE = 1000

/** A recorded event. */
export type AuditEvent = typeof auditEvents.$inferSelect
/** An event to be stored. */
export type NewAuditEvent = Omit<AuditEvent, 'createdAt'>

/** Stores an event. With a transaction as `db` the event is rolled back with it; with the database it stays. */
export async function insertEvent(db: Database, clock: Clock, event: NewAuditEvent): Promise<void> {
  await db.insert(auditEvents).values({ ...event, createdAt: sql`${clock.now()}` })
}

/** Stores events that happen at once. */
export async function insertEvents(db: Database, clock: Clock, events: NewAuditEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
    const page = events.slice(from, from + EVENTS_AT_ONCE)
    await db.insert(auditEvents).values(page.map((event) => ({ ...event, createdAt: sql`${clock.now()}` })))
  }
}

/** Stores an event unless one with its id is stored, which is the same event of the same window. */
export async function insertEventOnce(db: Database, clock: Clock, event: NewAuditEvent): Promise<void> {
  const row = { ...event, createdAt: sql`${clock.now()}` }
  await db.insert(auditEvents).values(row).onConflictDoNothing()
}

/**
 * Stores an event with the count 1, or adds 1 to the count of the event with its id.
 *
 * A value of the client becomes null when the counted events differ in it.
 */
export async function countEvent(db: Database, clock: Clock, event: NewAuditEvent): Promise<void> {
  const { id, ip, browser, os, device, details } = auditEvents
  const count = sql`((${details}->>'count')::int + 1)`
  const first = { ...event.details, count: 1 } as AuditEvent['details']
  await db
    .insert(auditEvents)
    .values({ ...event, details: first, createdAt: sql`${clock.now()}` })
    .onConflictDoUpdate({
      target: id,
      set: {
        details: sql`${details} || jsonb_build_object('count', ${count})`,
        ip: keepShared(ip),
        browser: keepShared(browser),
        os: keepShared(os),
        device: keepShared(device),
      },
    })
}

function keepShared(column: PgColumn): SQL {
  return sql`case when ${column} = excluded.${sql.identifier(column.name)} then ${column} end`
}

/**
 * Builds the insert of an event as a part of the statement that causes the event.
 *
 * @param source.userId - the user, as an expression over `source.from`
 * @param source.from - one event per row is stored; no rows mean that nothing happened
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
 * Runs a statement and stores its event in the same round trip, both or neither.
 *
 * @param cause - changes at most one row and returns its `user_id`
 * @returns whether the statement changed a row
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

/** Lists a page of a user's events, newest first, and one event more to show that a next page exists. */
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

/** Erases IP address and device from the events of users without those by staff, and from their own acts as staff. */
export async function eraseClients(db: Database, userIds: UserId[]): Promise<void> {
  for (let from = 0; from < userIds.length; from += EVENTS_AT_ONCE)
    await eraseClientsOfPage(db, userIds.slice(from, from + EVENTS_AT_ONCE))
}

async function eraseClientsOfPage(db: Database, userIds: UserId[]): Promise<void> {
  const ownEvents = and(
    inArray(auditEvents.userId, userIds),
    or(isNull(auditEvents.actorId), eq(auditEvents.actorId, auditEvents.userId)),
  )
  const staffEvents = and(eq(auditEvents.actor, 'staff'), inArray(auditEvents.actorId, userIds))
  await db
    .update(auditEvents)
    .set({ ip: null, browser: null, os: null, device: null })
    .where(or(ownEvents, staffEvents))
}

/**
 * Events go when they are older than their retention.
 *
 * The id of an event has its time, so the walk along the ids ends soon behind the last due event. An event of a process
 * whose clock is ahead by more than the margin goes later by that much, and none goes too early.
 */
export const EVENT_PURGE: Purge = {
  table: auditEvents,
  key: [auditEvents.id],
  dueAt: ({ auditRetentionSeconds }) => later(auditEvents.createdAt, auditRetentionSeconds),
  until: (clock, { auditRetentionSeconds }) =>
    lte(auditEvents.id, idOf(clock.after(CLOCK_MARGIN_SECONDS - auditRetentionSeconds))),
}
