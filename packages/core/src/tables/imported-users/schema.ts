import { customType, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { UserId } from '../../words/ids.ts'

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/**
 * What is known of each user of another deployment, from one run of an import to the next. The rows outlive their users,
 * so that a deleted user does not come back.
 */
export const importedUsers = pgTable(
  'imported_users',
  {
    source: text().notNull(),
    /** The key of the user at the source, as text. */
    oldId: text('old_id').notNull(),
    /** It refers to no row of `users` on purpose. */
    userId: uuid('user_id').$type<UserId>().notNull(),
    /** SHA-256 of the values at the source, in a fixed order. */
    rowHash: bytea('row_hash').notNull(),
    /** SHA-256 of each column as it was imported, in JSON: a column that differs here was changed here. */
    importedHash: text('imported_hash').notNull(),
    /** `account`, `pending`, `left_out`, or `gone`. */
    state: text({ enum: ['account', 'pending', 'left_out', 'gone'] }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.oldId] }),
    index('imported_users_user_id').on(table.userId),
  ],
)
