import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { AUDIT_ACTORS, type AuditDetails, type AuditKind } from '../../words/audit-kinds.ts'
import type { EventId, SessionId, UserId } from '../../words/ids.ts'

/**
 * The audit trail: what happened to users, for the users and for staff.
 *
 * No index has the time: an id has it too, so the purge and the lists go along the ids (decision 121).
 *
 * The table has no foreign key. An event therefore stays when its user is deleted, and writing one locks no user row.
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: uuid().$type<EventId>().primaryKey(),
    /** The user the event happened to; null when no user has the address. */
    userId: uuid('user_id').$type<UserId>(),
    actor: text({ enum: AUDIT_ACTORS }).notNull(),
    /** The user who caused the event, if proven: the user itself or a member of staff. */
    actorId: uuid('actor_id').$type<UserId>(),
    kind: text().$type<AuditKind>().notNull(),
    sessionId: uuid('session_id').$type<SessionId>(),
    /** The IP address of the client, cut to its network with `AUDIT_TRUNCATE_IP`. */
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
  ],
)
