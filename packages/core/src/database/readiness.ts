import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Database } from './connection.ts'
import { withDeadline } from './deadline.ts'
import { findMigrations } from './migrate.ts'

const READY_MILLISECONDS = 2000

/**
 * Makes the check whether the database answers, takes writes, and has the last migration of this build.
 *
 * It asks as operations do: a pool that is silent is replaced although a server that is not ready gets no calls.
 */
export function createReadiness(db: Database): () => Promise<boolean> {
  const last = readMigrationFiles({ migrationsFolder: findMigrations() }).at(-1)
  const ask = async () => {
    const [row] = await db.execute<{ ready: boolean }>(sql`
      select current_setting('transaction_read_only') = 'off'
        and exists (select from drizzle.__drizzle_migrations where created_at >= ${last?.folderMillis ?? 0})
        and to_regclass('users') is not null as ready`)
    return row?.ready === true
  }
  return () => withDeadline(ask(), READY_MILLISECONDS).catch(() => false)
}
