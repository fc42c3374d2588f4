import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Work that one process does at a time. A row says which process has it, and until when without a sign of life. */
export const leases = pgTable('leases', {
  /** What is done: `housekeeping`. */
  name: text().primaryKey(),
  /** Another value for each run of a process; null when the work is free. */
  holder: uuid(),
  heldUntil: timestamp('held_until', { withTimezone: true }),
})
