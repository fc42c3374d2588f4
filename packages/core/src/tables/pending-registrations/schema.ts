import { index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { RegistrationId } from '../../words/ids.ts'

/**
 * Sign-ups whose address is not proven yet. They are no users: several for one address stand side by side, and
 * the first one whose own link is followed becomes the user.
 */
export const pendingRegistrations = pgTable(
  'pending_registrations',
  {
    id: uuid().$type<RegistrationId>().primaryKey(),
    /** Normalised; deliberately not unique. */
    email: text().notNull(),
    passwordHash: text('password_hash').notNull(),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('pending_registrations_email').on(table.email, table.createdAt)],
)
