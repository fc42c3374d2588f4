import { readMigrationFiles } from 'drizzle-orm/migrator'
import type postgres from 'postgres'
import { findMigrations } from './connection.ts'
import { withDeadline } from './deadline.ts'

const READY_MILLISECONDS = 2000

/** Makes the check whether the database answers, takes writes, and has the last migration of this build. */
export function createReadiness(sql: postgres.Sql): () => Promise<boolean> {
  const last = readMigrationFiles({ migrationsFolder: findMigrations() }).at(-1)
  const ask = async () => {
    const [row] = await sql<{ ready: boolean }[]>`
      select current_setting('transaction_read_only') = 'off'
        and exists (select from drizzle.__drizzle_migrations where created_at >= ${last?.folderMillis ?? 0})
        and to_regclass('users') is not null as ready`
    return row?.ready === true
  }
  return () => withDeadline(ask(), READY_MILLISECONDS).catch(() => false)
}
