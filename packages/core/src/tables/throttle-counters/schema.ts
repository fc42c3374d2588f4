import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core'

/** Counters of `THROTTLE_STORE=postgres` in the columns of rate-limiter-flexible. Unlogged: a crash may lose them. */
export const throttleCounters = pgTable('throttle_counters', {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  /** Milliseconds since the Unix epoch. */
  expire: bigint({ mode: 'number' }),
})
