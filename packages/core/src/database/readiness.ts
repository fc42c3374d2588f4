import { sql } from 'drizzle-orm'
import type { ClockWatch } from './clock-watch.ts'
import type { Database } from './connection.ts'
import { withDeadline } from './deadline.ts'
import { readMigrations } from './migrations.ts'
import { shareAnswers } from './share-answers.ts'

const READY_MILLISECONDS = 2000
const KEEP_MILLISECONDS = 1000

/**
 * Makes the check whether the database answers, takes writes, and has every migration of this build, and whether its
 * clock agrees with that of this process.
 *
 * It asks with the deadline of operations, so it replaces a silent pool. A server that is not ready gets no other calls
 * that could do so. Any caller may ask, so an answer serves every question within a second of its statement.
 */
export function createReadiness(db: Database, watch?: Pick<ClockWatch, 'compare'>): () => Promise<boolean> {
  const hashes = readMigrations().map(({ hash }) => hash)
  const ask = async () => {
    const askedAt = performance.now()
    const [row] = await db.execute<{ ready: boolean; seconds: number }>(sql`
      select extract(epoch from clock_timestamp())::float8 as seconds, current_setting('transaction_read_only') = 'off'
        and (select count(*) from latchkey_migrations where hash in ${hashes}) = ${hashes.length}::int
        and to_regclass('users') is not null as ready`)
    if (!row) return false
    const roundTripSeconds = (performance.now() - askedAt) / 1000
    const isClockFit = watch?.compare({ seconds: row.seconds, roundTripSeconds }) ?? true
    return row.ready && isClockFit
  }
  return shareAnswers(() => withDeadline(ask(), READY_MILLISECONDS).catch(() => false), KEEP_MILLISECONDS)
}
