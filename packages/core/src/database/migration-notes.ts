import { sql } from 'drizzle-orm'
import type { Database } from './connection.ts'
import { listFormerNotes } from './former-notes.ts'
import type { Migration } from './migrations.ts'
import { findFaultOfNotes } from './rights.ts'
import { RightsError } from './schema-error.ts'

/** What the database and this build know of one another. */
export interface SchemaState {
  /** False when the table of notes is missing: the schema is empty, or of the first release. */
  isNoted: boolean
  /** The migrations of this build that the database does not have yet, in their order. */
  waiting: Migration[]
  /** The names of migrations that the database has and this build does not know: a newer release has made them. */
  unknown: string[]
}

/**
 * Compares the notes of the database with the migrations of this build. It only reads.
 *
 * @throws {RightsError} when the role may not read the notes
 */
export async function readSchemaState(
  db: Database,
  schema: string,
  migrations: Migration[],
): Promise<SchemaState> {
  const isNoted = await hasNotes(db, schema)
  const notes = isNoted
    ? [...(await db.execute<{ hash: string; name: string }>(sql`select hash, name from latchkey_migrations`))]
    : (await listFormerNotes(db, schema, migrations)).map((hash) => ({ hash, name: '' }))
  const noted = new Set(notes.map(({ hash }) => hash))
  const known = new Set(migrations.map(({ hash }) => hash))
  return {
    isNoted,
    waiting: migrations.filter(({ hash }) => !noted.has(hash)),
    unknown: notes.filter(({ hash }) => !known.has(hash)).map(({ name }) => name),
  }
}

async function hasNotes(db: Database, schema: string): Promise<boolean> {
  const [row] = await db.execute(sql`
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relname = 'latchkey_migrations'`)
  if (!row) return false
  const fault = await findFaultOfNotes({ unsafe: (text) => db.execute(sql.raw(text)) })
  if (fault !== null) throw new RightsError(fault)
  return true
}

/** Creates the table of notes, and copies the notes of the first release into it, in one transaction. */
export async function createNotes(tx: Database, schema: string, migrations: Migration[]): Promise<void> {
  const former = new Set(await listFormerNotes(tx, schema, migrations))
  await tx.execute(sql`
    create table latchkey_migrations (
      hash text primary key,
      name text not null,
      noted_at timestamp with time zone not null default now(),
      taken_over boolean not null default false
    )`)
  for (const migration of migrations.filter(({ hash }) => former.has(hash))) {
    await noteMigration(tx, migration, { takenOver: true })
  }
}

/** Notes that the database has a migration. */
export async function noteMigration(
  tx: Database,
  { hash, name }: Migration,
  { takenOver } = { takenOver: false },
): Promise<void> {
  await tx.execute(
    sql`insert into latchkey_migrations (hash, name, taken_over) values (${hash}, ${name}, ${takenOver})`,
  )
}
