import { type SQL, sql } from 'drizzle-orm'
import type { Database } from './connection.ts'
import type { Migration } from './migrations.ts'
import { misplaced } from './own-schema.ts'

/**
 * The table where the first release noted its migrations. It is the default of a library, so any application of the
 * database may note its own there.
 */
const FORMER_TABLE = sql.raw('drizzle.__drizzle_migrations')
/** A former server that still runs is ready only with its notes, so they stay for the time of a rolling update. */
const ROLLING_UPDATE = sql.raw("interval '1 day'")

/** Lists the hashes of `migrations` that the first release noted for the tables of `schema`. */
export async function listFormerNotes(
  db: Database,
  schema: string,
  migrations: Migration[],
): Promise<string[]> {
  if (!(await isFormerTableOpen(db))) return []
  const rows = await db.execute<{ hash: string }>(
    sql`select hash from ${FORMER_TABLE} where hash in ${hashesOf(migrations)}`,
  )
  if (rows.length === 0) return []
  const place = await findUsersTable(db)
  // The notes are those of a Latchkey in another schema, or its tables were dropped.
  if (place === null) return []
  if (place !== schema) throw misplaced({ own: schema, later: place })
  return rows.map(({ hash }) => hash)
}

async function findUsersTable(db: Database): Promise<string | null> {
  const [row] = await db.execute<{ schema: string }>(sql`
    select n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.oid = to_regclass('users')`)
  return row?.schema ?? null
}

/**
 * Deletes our notes from the former table, because they stop the next migration of another application that notes its
 * own there. It does so at once when there is such an application, and otherwise a day after they were taken over.
 *
 * @returns how many notes were deleted
 * @throws when notes should leave and the role may not delete them
 */
export async function clearFormerNotes(db: Database, migrations: Migration[]): Promise<number> {
  if (!(await isFormerTableOpen(db))) return 0
  const hashes = hashesOf(migrations)
  const due = sql`hash in ${hashes} and hash in (select hash from latchkey_migrations where taken_over)
    and (exists (select from ${FORMER_TABLE} where hash not in ${hashes})
      or exists (select from latchkey_migrations where taken_over and noted_at < now() - ${ROLLING_UPDATE}))`
  // A role that may not delete there is told so only when there is something to delete.
  const found = await db.execute(sql`select from ${FORMER_TABLE} where ${due} limit 1`)
  if (found.length === 0) return 0
  return (await db.execute(sql`delete from ${FORMER_TABLE} where ${due} returning hash`)).length
}

/** Looks into the catalog, because the table of another application may be closed to this role. */
async function isFormerTableOpen(db: Database): Promise<boolean> {
  const [row] = await db.execute(sql`
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'hash' and not a.attisdropped
    where n.nspname = 'drizzle' and c.relname = '__drizzle_migrations' and c.relkind in ('r', 'p')
      and has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'SELECT')`)
  return row !== undefined
}

function hashesOf(migrations: Migration[]): SQL {
  return sql`(${sql.join(
    migrations.map(({ hash }) => sql`${hash}`),
    sql`, `,
  )})`
}
