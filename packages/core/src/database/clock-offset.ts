import { sql } from 'drizzle-orm'
import type { Database } from './connection.ts'

/**
 * Measures how far the clock of this process is ahead of that of the database, in seconds.
 *
 * The moment of the database is taken to lie in the middle of the round trip, so the error is at most half of it.
 */
export async function measureClockOffset(db: Database): Promise<number> {
  const askedAt = Date.now()
  const [row] = await db.execute<{ seconds: number }>(
    sql`select extract(epoch from clock_timestamp())::float8 as seconds`,
  )
  const middle = (askedAt + Date.now()) / 2000
  return middle - Number(row?.seconds)
}
