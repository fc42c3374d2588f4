import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { type DatabaseOptions, openClient } from './connection.ts'
import { withDeadline } from './deadline.ts'
import { requireSession } from './session-settings.ts'
import { closeClient } from './single-connection.ts'

const FIRST_ANSWER_MILLISECONDS = 8000
/** One connection holds the lock, the other migrates. */
const POOL_SIZE = 2
/** The advisory lock that servers starting together wait for. */
export const MIGRATION_LOCK = 7_316_402_951

/**
 * Brings the schema up to date; servers that start together wait for one another.
 *
 * @throws when the database does not answer, has a setting that does not fit, or a migration fails
 */
export async function migrateDatabase(options: DatabaseOptions): Promise<void> {
  const client = openClient({ ...options, poolSize: POOL_SIZE })
  const db = drizzle({ client })
  try {
    await withDeadline(requireSession(client), FIRST_ANSWER_MILLISECONDS)
    // Waits as long as it takes: for another server's migrations, and for its own.
    await db.transaction(async (tx) => {
      // Ends with this transaction: a lock of the session would stay behind in a transaction pooler's connection.
      await tx.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`)
      await migrate(db, { migrationsFolder: findMigrations() })
    })
  } finally {
    await closeClient(client)
  }
}

/** The folder of migrations: beside the sources in development, beside the bundle in production. */
export function findMigrations(): string {
  const candidates = ['./migrations', '../../migrations'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const found = candidates.find((path) => existsSync(path))
  if (!found) throw new Error(`No folder of migrations at ${candidates.join(' or ')}.`)
  return found
}
