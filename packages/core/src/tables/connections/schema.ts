import { index, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import type { ConnectionId, UserId } from '../../words/ids.ts'
import { users } from '../users/schema.ts'

/** The accounts at other providers that sign users in. Nothing in a row is secret. */
export const connections = pgTable(
  'connections',
  {
    id: uuid().$type<ConnectionId>().primaryKey(),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The id of the provider in the settings. */
    provider: text().notNull(),
    /** The subject: how the provider names the account, for good. */
    uid: text().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    /** The last sign-in by it, or when it was connected. */
    lastLogin: timestamp('last_login', { withTimezone: true }).notNull(),
  },
  (table) => [
    unique('connections_provider_uid').on(table.provider, table.uid),
    index('connections_user_id').on(table.userId),
  ],
)
