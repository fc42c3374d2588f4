import { drizzle } from 'drizzle-orm/postgres-js'
import { applyMigration, inSchema, type MigrationPlace } from './apply-migration.ts'
import { type Database, type DatabaseOptions, openClient } from './connection.ts'
import { withDeadline } from './deadline.ts'
import { summarizeFault } from './describe-fault.ts'
import { type Forecast, forecastMigrations } from './forecast.ts'
import { clearFormerNotes } from './former-notes.ts'
import { withMigrationLock } from './migration-lock.ts'
import { createNotes, readSchemaState, type SchemaState } from './migration-notes.ts'
import { type Migration, readMigrations } from './migrations.ts'
import { getOwnSchema } from './own-schema.ts'
import { SchemaError } from './schema-error.ts'
import { requireSession } from './session-settings.ts'
import { closeClient } from './single-connection.ts'

const FIRST_ANSWER_MILLISECONDS = 8000
/** One connection holds the lock, the other migrates. */
const POOL_SIZE = 2

/** Is called with each sentence about the schema that the operator should know. */
export type Report = (sentence: string) => void

/**
 * Brings the schema up to date. On a schema that is up to date it only reads, so a role without the right to create
 * tables may call it.
 *
 * @param report - hears of waits, and of a schema that is newer than this build
 * @throws {MigrationError} when a migration fails; the migrations before it stay
 * @throws {SchemaError} when the search path leads to no place for our tables
 * @throws {DatabaseSetupError} when the session has a setting that does not fit
 * @throws when the database does not answer
 */
export async function migrateDatabase(
  options: DatabaseOptions,
  report: Report = () => {},
  migrations = readMigrations(),
): Promise<void> {
  await withSchema(options, async (db, schema) => {
    const state = await readSchemaState(db, schema, migrations)
    if (!isCurrent(state)) {
      const onWait = () => report('Another process migrates this database; this one waits for it.')
      const work = { db, schema, migrations, report, hasSession: options.prepare }
      await withMigrationLock(db, { schema, onWait }, () => migrateLocked(work))
    }
    await clearFormerNotes(db, migrations).catch((fault: unknown) => reportLeftNotes(fault, report))
    reportUnknown(state, report)
  })
}

/**
 * Checks the schema and changes nothing.
 *
 * @throws {SchemaError} when a migration of this build is missing; the message says what to do
 */
export async function requireMigrated(options: DatabaseOptions, report: Report = () => {}): Promise<void> {
  const state = await checkDatabase(options)
  reportUnknown(state, report)
  if (isCurrent(state)) return
  throw new SchemaError(
    `The database is not migrated (${describeWaiting(state).join(', ')}), and MIGRATE_ON_START is false: run latchkey migrate.`,
  )
}

/** Reads what a migration of the database would do. */
export async function checkDatabase(
  options: DatabaseOptions,
  migrations = readMigrations(),
): Promise<SchemaState> {
  return withSchema(options, (db, schema) => readSchemaState(db, schema, migrations))
}

/** Reads what a migration of the database would lock, and for how long. It changes nothing. */
export async function forecastDatabase(
  options: DatabaseOptions,
  migrations = readMigrations(),
): Promise<Forecast> {
  return withSchema(options, async (db, schema) => {
    const { waiting } = await readSchemaState(db, schema, migrations)
    return forecastMigrations(db, { schema, waiting })
  })
}

/** The names of the migrations that wait. */
export function describeWaiting({ isNoted, waiting }: SchemaState): string[] {
  if (waiting.length > 0) return waiting.map(({ name }) => name)
  return isNoted ? [] : ['the notes of the former release']
}

function isCurrent({ isNoted, waiting }: SchemaState): boolean {
  return isNoted && waiting.length === 0
}

function reportUnknown({ unknown }: SchemaState, report: Report): void {
  if (unknown.length === 0) return
  report(`A newer release has migrated this database (${unknown.join(', ')}); this release serves it.`)
}

/** The housekeeping tries again. */
function reportLeftNotes(fault: unknown, report: Report): void {
  report(
    `Notes of Latchkey stay in drizzle.__drizzle_migrations and may stop the migrations of another application: ${summarizeFault(fault)}`,
  )
}

/** The state is read again under the lock, because another server may have migrated meanwhile. */
async function migrateLocked(work: MigrationPlace & { migrations: Migration[] }): Promise<void> {
  const { db, schema, migrations } = work
  const { isNoted } = await readSchemaState(db, schema, migrations)
  if (!isNoted) await inSchema(db, schema, (tx) => createNotes(tx, schema, migrations))
  const { waiting } = await readSchemaState(db, schema, migrations)
  for (const migration of waiting) await applyMigration(migration, work)
}

async function withSchema<T>(
  options: DatabaseOptions,
  work: (db: Database, schema: string) => Promise<T>,
): Promise<T> {
  const client = openClient({ ...options, poolSize: POOL_SIZE })
  const db = drizzle({ client })
  try {
    await withDeadline(requireSession(client), FIRST_ANSWER_MILLISECONDS)
    return await work(db, await getOwnSchema(db))
  } finally {
    await closeClient(client)
  }
}
