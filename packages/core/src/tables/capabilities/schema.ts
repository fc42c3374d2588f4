import { index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { RegistrationId, SessionId, UserId } from '../../words/ids.ts'
import { pendingRegistrations } from '../pending-registrations/schema.ts'
import { users } from '../users/schema.ts'

/** What a mailed link is for. A link works for its own purpose only. */
export const CAPABILITY_PURPOSES = [
  'confirm_registration',
  'verify_email',
  'reset_password',
  'change_email',
  /** A decoy, which opens nothing. With it, an address that gets no link costs the same statements. */
  'none',
] as const

/** One row per mailed link, with only the SHA-256 of the link's secret. A copy of the table therefore opens nothing. */
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
    /** The address the link was mailed to. Following the link proves this address. */
    email: text().notNull(),
    /** The session that asked for a change of address. The change ends every other session. */
    sessionId: uuid('session_id').$type<SessionId>(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    /** When the link did its work. From then until its expiry the link only redirects. */
    usedAt: timestamp('used_at', { withTimezone: true }),
  },
  (table) => [
    index('capabilities_user_id').on(table.userId),
    index('capabilities_registration_id').on(table.registrationId),
    index('capabilities_expires_at').on(table.expiresAt),
    // Of every link, not of decoys only: a decoy must cost what a link costs.
    index('capabilities_email').on(table.email).concurrently(),
  ],
)
