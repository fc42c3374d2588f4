import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { SessionId, UserId } from '../../words/ids.ts'

/**
 * The sessions that were moved in, each with the refresh token of the other deployment that it waits for.
 *
 * A row refers to no session and no user on purpose, and it outlives them. So a session that ended here does not come
 * back with the next run of the import.
 */
export const importedSessions = pgTable('imported_sessions', {
  sessionId: uuid('session_id').$type<SessionId>().primaryKey(),
  source: text().notNull(),
  /** The `jti` of the refresh token: 32 hexadecimal digits. */
  jti: text().notNull(),
  userId: uuid('user_id').$type<UserId>().notNull(),
  /** `waiting` for its old token; `exchanged` for tokens of ours. */
  state: text({ enum: ['waiting', 'exchanged'] })
    .notNull()
    .default('waiting'),
  exchangedAt: timestamp('exchanged_at', { withTimezone: true }),
  /** When the last token of the other deployment has expired, and the row may go. */
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
})
