import { index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { RegistrationId, SessionId, UserId } from '../../words/ids.ts'
import { pendingRegistrations } from '../pending-registrations/schema.ts'
import { users } from '../users/schema.ts'

/** What a mailed link lets its bearer do; a link of one purpose is nothing for another. */
export const CAPABILITY_PURPOSES = [
  'confirm_registration',
  'verify_email',
  'reset_password',
  'change_email',
  /** Lets nobody do anything: stored where a known address would store a real one, so that both do the same work. */
  'none',
] as const

/** Mailed links. Only the SHA-256 of a link's secret is stored, so a copy of the table opens nothing. */
export const capabilities = pgTable(
  'capabilities',
  {
    /** SHA-256 of the secret, base64url. */
    tokenHash: text('token_hash').primaryKey(),
    purpose: text({ enum: CAPABILITY_PURPOSES }).notNull(),
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    registrationId: uuid('registration_id')
      .$type<RegistrationId>()
      .references(() => pendingRegistrations.id, { onDelete: 'cascade' }),
    /** The address the link was mailed to, and so the one that following it proves. */
    email: text().notNull(),
    /** The session a change of address was asked for in; it outlives the change. */
    sessionId: uuid('session_id').$type<SessionId>(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    /** Set once the link has done its work; it then only redirects, until it expires. */
    usedAt: timestamp('used_at', { withTimezone: true }),
  },
  (table) => [
    index('capabilities_user_id').on(table.userId),
    index('capabilities_registration_id').on(table.registrationId),
    index('capabilities_expires_at').on(table.expiresAt),
  ],
)
