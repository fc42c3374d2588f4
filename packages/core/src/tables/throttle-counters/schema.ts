import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core'

/**
 * The counters of `THROTTLE_STORE=postgres`. The table is unlogged, because a crash may lose the counters.
 * rate-limiter-flexible prescribes the columns.
 */
export const throttleCounters = pgTable('throttle_counters', {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  /** Milliseconds since the Unix epoch. */
  expire: bigint({ mode: 'number' }),
})
