import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Database } from './connection.ts'
import { MigrationError } from './migration-error.ts'
import { liftTimeouts } from './migration-lock.ts'
import { noteMigration } from './migration-notes.ts'
import { findConcurrentIndex, type Migration } from './migrations.ts'
import { findSqlState } from './transaction.ts'

/**
 * A statement that waits for a table holds up every later statement on that table, those of a serving server too. So a
 * migration waits this long at most, lets the others pass, and tries again.
 */
const LOCK_WAIT_MILLISECONDS = 1000
const LONGEST_PAUSE_MILLISECONDS = 10_000
/** With its pauses about five minutes. */
const ATTEMPTS = 30
/** `lock_not_available` and `deadlock_detected`. */
const CONTENDED = new Set(['55P03', '40P01'])

/** Where a migration is applied. */
export interface MigrationPlace {
  db: Database
  schema: string
  report: (sentence: string) => void
  /** False behind a transaction pooler, which would hand a session's settings on to other clients. */
  hasSession: boolean
}

/**
 * Applies a migration and notes it.
 *
 * @throws {MigrationError} when it fails; nothing of it stays, except for indexes that were built concurrently
 */
export async function applyMigration(migration: Migration, place: MigrationPlace): Promise<void> {
  const apply = migration.isConcurrent ? buildIndexes : applyAtOnce
  for (let attempt = 1; ; attempt++) {
    try {
      return await apply(migration, place)
    } catch (error) {
      const isContended = CONTENDED.has(findSqlState(error) ?? '')
      if (!isContended || attempt === ATTEMPTS) throw new MigrationError(migration.name, error)
      if (attempt === 1) place.report(`The migration ${migration.name} waits for a table that is in use.`)
      await sleep(Math.min(LOCK_WAIT_MILLISECONDS * attempt, LONGEST_PAUSE_MILLISECONDS))
    }
  }
}

async function applyAtOnce(migration: Migration, { db, schema, report }: MigrationPlace): Promise<void> {
  await inSchema(db, schema, async (tx) => {
    await noteMigration(tx, migration)
    for (const statement of migration.statements) await tx.execute(sql.raw(statement))
    await migration.work?.(tx, report)
  })
}

/** Works in a transaction whose only schema is ours: no statement of it reaches a table of another application. */
export async function inSchema(
  db: Database,
  schema: string,
  work: (tx: Database) => Promise<void>,
): Promise<void> {
  await db.transaction(async (tx) => {
    await liftTimeouts(tx)
    await tx.execute(sql`
      select set_config('search_path', quote_ident(${schema}), true),
        set_config('lock_timeout', ${String(LOCK_WAIT_MILLISECONDS)}, true)`)
    await work(tx)
  })
}

/**
 * Builds indexes while other statements read and write the table. PostgreSQL does so outside of a transaction only.
 *
 * A build that was cut off leaves an invalid index behind, which is dropped first. A valid index stays.
 */
async function buildIndexes(migration: Migration, { db, schema, hasSession }: MigrationPlace): Promise<void> {
  // The other connection of the pool holds the lock, so every statement here runs on the same one.
  if (hasSession) await liftTimeouts(db, { isLocal: false })
  for (const statement of migration.statements) {
    const index = findConcurrentIndex(statement) ?? ''
    const state = await readIndexState(db, schema, index)
    if (state === 'valid') continue
    if (state === 'invalid') await db.execute(sql`drop index concurrently ${sql.identifier(index)}`)
    await db.execute(sql.raw(statement))
  }
  await noteMigration(db, migration)
}

async function readIndexState(db: Database, schema: string, index: string) {
  const [row] = await db.execute<{ valid: boolean }>(sql`
    select i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relname = ${index} and c.relnamespace = (select oid from pg_namespace where nspname = ${schema})`)
  if (!row) return 'missing'
  return row.valid ? 'valid' : 'invalid'
}
