import { pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { UserId } from '../../words/ids.ts'
import { users } from '../users/schema.ts'

/**
 * The recovery codes of a user. One of ours has 120 random bits, so its plain hash opens nothing. One that was moved in is
 * short, and its hash is keyed.
 */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** `sha256:` and the SHA-256 of the user's id and the code, base64url; or `hmac-sha256:`, a key id, and the HMAC. */
    codeHash: text('code_hash').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    usedAt: timestamp('used_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
)
