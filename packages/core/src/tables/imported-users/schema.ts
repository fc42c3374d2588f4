import { customType, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
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
    /** A keyed hash of the values at the source, in a fixed order. Empty: the next run compares every column. */
    rowHash: bytea('row_hash').notNull(),
    /**
     * Eight digits of the SHA-256 of each column as it was imported. A column with another value was changed here. So few
     * digits tell a change, and do not tell the address of a user that was deleted.
     */
    importedHash: text('imported_hash').notNull(),
    /**
     * `account`: a user. `pending`: a sign-up that waits for its link. `adopted`: a user that was here before. `gone`: a user
     * that the source had no more, and that was deactivated here.
     */
    state: text({ enum: ['account', 'pending', 'adopted', 'gone'] }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.oldId] })],
)
