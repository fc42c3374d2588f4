import { lt } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import { throttleCounters } from './schema.ts'

/** Deletes the counters whose window has ended. */
export async function purgeThrottleCounters(db: Database): Promise<void> {
  await db.delete(throttleCounters).where(lt(throttleCounters.expire, Date.now()))
}
