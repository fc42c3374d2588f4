import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Database } from './connection.ts'

/** The advisory lock of the schema `public`, also of the first release. */
export const MIGRATION_LOCK = 7_316_402_951
const PAUSE_MILLISECONDS = 200

/** The key of the advisory lock of a schema. Two Latchkeys in two schemas do not wait for each other. */
export function keyOfMigrationLock(schema: string): number {
  if (schema === 'public') return MIGRATION_LOCK
  return MIGRATION_LOCK + createHash('sha256').update(schema).digest().readUInt32BE()
}

/**
 * Does work while no other process migrates this schema.
 *
 * It asks again and again instead of waiting within a statement: an index that is built concurrently waits for every
 * statement that runs, so the holder of the lock and a waiting statement would wait for each other.
 *
 * @param options.onWait - is called once when another process holds the lock
 */
export async function withMigrationLock(
  db: Database,
  { schema, onWait }: { schema: string; onWait(): void },
  work: () => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const isDone = await db.transaction(async (tx) => {
      await liftTimeouts(tx)
      if (!(await tryLock(tx, schema))) return false
      await work()
      return true
    })
    if (isDone) return
    if (attempt === 1) onWait()
    await sleep(PAUSE_MILLISECONDS)
  }
}

/**
 * Takes a lock of the transaction: a lock of the session would stay behind in a connection of a transaction pooler.
 *
 * The text has no parameter, so it leaves no portal open. An open portal keeps its snapshot for the whole transaction,
 * and an index that is built concurrently waits for every older snapshot.
 */
async function tryLock(tx: Database, schema: string): Promise<boolean> {
  const [row] = await tx.execute<{ held: boolean }>(
    sql.raw(`select pg_try_advisory_xact_lock(${keyOfMigrationLock(schema)}) as held`),
  )
  return row?.held === true
}

/**
 * Lets this transaction take as long as it needs, whatever timeouts the role or the database has.
 *
 * @param isLocal - false: for the whole session
 */
export async function liftTimeouts(tx: Database, { isLocal } = { isLocal: true }): Promise<void> {
  await tx.execute(sql`
    select set_config(name, '0', ${isLocal}) from pg_settings where name in
      ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`)
}
