import { index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { UserId } from '../../words/ids.ts'
import { users } from '../users/schema.ts'

/**
 * The networks that users signed in from. A row holds only a keyed hash of the network, so a copy of the table reveals
 * no network.
 */
export const knownNetworks = pgTable(
  'known_networks',
  {
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    network: text().notNull(),
    /** The last sign-in from this network, exact to one day. */
    seenAt: timestamp('seen_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.network] }),
    index('known_networks_seen_at').on(table.seenAt),
  ],
)
