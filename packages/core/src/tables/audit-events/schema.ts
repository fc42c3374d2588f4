import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { AUDIT_ACTORS, type AuditDetails, type AuditKind } from '../../words/audit-kinds.ts'
import type { EventId, SessionId, UserId } from '../../words/ids.ts'

/**
 * What happened to users, kept for them and for staff.
 *
 * No foreign key: the rows outlive the user they speak of, with an id that then is nobody's, and a sign-in need
 * not lock a second row to write one.
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: uuid().$type<EventId>().primaryKey(),
    /** The user it happened to; null where an address has no user. */
    userId: uuid('user_id').$type<UserId>(),
    actor: text({ enum: AUDIT_ACTORS }).notNull(),
    /** The user that did it, where one proved to. */
    actorId: uuid('actor_id').$type<UserId>(),
    kind: text().$type<AuditKind>().notNull(),
    sessionId: uuid('session_id').$type<SessionId>(),
    /** Where it came from; cut to its network where the operator wants that. */
    ip: text(),
    browser: text(),
    os: text(),
    device: text(),
    details: jsonb().$type<AuditDetails[AuditKind]>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    index('audit_events_user_id').on(table.userId, table.id),
    index('audit_events_staff').on(table.actorId).where(sql`${table.actor} = 'staff'`),
    // A few pages for millions of rows, and next to nothing at each insert: rows arrive in the order of time.
    index('audit_events_created_at').using('brin', table.createdAt),
  ],
)
