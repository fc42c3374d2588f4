import { index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { RegistrationId } from '../../words/ids.ts'

/**
 * Pending sign-ups: their address is not proven yet, and they are not users. One address may have several. The first
 * one whose own link is followed becomes the user.
 */
export const pendingRegistrations = pgTable(
  'pending_registrations',
  {
    id: uuid().$type<RegistrationId>().primaryKey(),
    /** Normalised; not unique on purpose. */
    email: text().notNull(),
    passwordHash: text('password_hash').notNull(),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('pending_registrations_email').on(table.email, table.createdAt)],
)
