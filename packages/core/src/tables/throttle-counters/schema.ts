import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core'

/** The counters of `THROTTLE_STORE=postgres`; unlogged, since a crash may forget them. Its columns are rate-limiter-flexible's. */
export const throttleCounters = pgTable('throttle_counters', {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  /** Milliseconds since the epoch. */
  expire: bigint({ mode: 'number' }),
})
