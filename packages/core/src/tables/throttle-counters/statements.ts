import { sql } from 'drizzle-orm'
import { MINUTE_SECONDS } from '../../words/time.ts'
import { later, type Purge } from '../purge.ts'
import { throttleCounters } from './schema.ts'

/** The library compares with the clock of its process, which may differ from that of the database by less than this. */
const TOLERANCE_SECONDS = MINUTE_SECONDS

/** Counters go when their window has ended. */
export const THROTTLE_COUNTER_PURGE: Purge = {
  table: throttleCounters,
  key: [throttleCounters.key],
  dueAt: () => later(sql`to_timestamp(${throttleCounters.expire} / 1000.0)`, TOLERANCE_SECONDS),
}
