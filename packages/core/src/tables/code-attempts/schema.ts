import { integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { UserId } from '../../words/ids.ts'
import { users } from '../users/schema.ts'

/** How often a code that can be guessed was tried for a user, by where the attempts came from. */
export const codeAttempts = pgTable(
  'code_attempts',
  {
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** `anywhere`, `network` with a hash, or `session` with an id. `recovery` follows where recovery codes were tried. */
    scope: text().notNull(),
    windowStartedAt: timestamp('window_started_at', { withTimezone: true }).notNull(),
    /** Attempts in the window. */
    inWindow: integer('in_window').notNull(),
    /** Attempts since the last proven factor of the user. */
    inARow: integer('in_a_row').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.scope] })],
)
