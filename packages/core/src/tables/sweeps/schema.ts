import { bigint, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * How far the housekeeping has come: one row for each table that it goes through. A process that takes over goes on from
 * there.
 */
export const sweeps = pgTable('sweeps', {
  /** The name of the table, or of another thing that is gone through. */
  name: text().primaryKey(),
  /** The key of the last examined row, as texts; null when a sweep begins anew. */
  position: jsonb().$type<string[]>(),
  /** When the sweep under way began; null when none is under way. */
  beganAt: timestamp('began_at', { withTimezone: true }),
  /** When the last complete sweep began. What was due then has been deleted. */
  sweptAt: timestamp('swept_at', { withTimezone: true }),
  /** The next share of the work is done from then on. */
  nextAt: timestamp('next_at', { withTimezone: true }),
  /** How many rows were deleted since the first sweep. */
  purged: bigint({ mode: 'number' }).notNull().default(0),
})
