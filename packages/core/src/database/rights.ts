import type postgres from 'postgres'
import { RightsError, SchemaError } from './schema-error.ts'

/** The sequence of the ids that other services know new users by. It is there only after a move. */
export const EXTERNAL_IDS = 'users_external_id'

/** What the role of a connection may do with our tables. */
export interface Rights {
  role: string
  /** How many of the tables exist. */
  tables: number
  /** The names of those that do not exist. */
  missing: string[]
  /** For each missing right a sentence with the statement that gives it. */
  faults: string[]
}

/** Sends a text of SQL. */
export interface Asking {
  unsafe(text: string): PromiseLike<postgres.Row[]>
}

/**
 * Reads which rights a role has on tables, and on the notes of the migrations.
 *
 * @param tables - names from our own schema
 */
export async function readRights(sql: Asking, tables: readonly string[]): Promise<Rights> {
  const rows = await sql.unsafe(`
    select name as table, place, format('%I', current_user) as role, to_regclass(place) is null as "isMissing",
      array_to_string(array(
        select wanted from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as wanted
        where not has_table_privilege(to_regclass(place), wanted)), ', ') as lacking
    from unnest(array[${tables.map((name) => `'${name}'`).join(', ')}]) as name,
      format('%I.%I', current_schema(), name) as place
    order by name`)
  const role = String(rows[0]?.role)
  const missing = rows.filter(({ isMissing }) => isMissing).map(({ table }) => String(table))
  const lacking = rows.filter((row) => !row.isMissing && row.lacking !== '')
  const rights = lacking.map((row) => `${row.table}: ${row.lacking}`).join('; ')
  const places = lacking.map(({ place }) => place).join(', ')
  const faultOfTables =
    lacking.length === 0
      ? null
      : `The role ${role} may not use every table of Latchkey (${rights}): GRANT SELECT, INSERT, UPDATE, DELETE ON ${places} TO ${role}.`
  const faults = [await findFaultOfNotes(sql), faultOfTables, await findFaultOfSequence(sql)]
  return {
    role,
    tables: rows.length - missing.length,
    missing,
    faults: faults.filter((fault) => fault !== null),
  }
}

/** Finds out whether the role may read the notes of the migrations. Every start reads them. */
export async function findFaultOfNotes(sql: Asking): Promise<string | null> {
  const [lacking] = await sql.unsafe(`
    select place, format('%I', current_user) as role from format('%I.latchkey_migrations', current_schema()) as place
    where not has_table_privilege(to_regclass(place), 'SELECT')`)
  return lacking
    ? `The role ${lacking.role} may not read the notes of the migrations: GRANT SELECT ON ${lacking.place} TO ${lacking.role}.`
    : null
}

async function findFaultOfSequence(sql: Asking): Promise<string | null> {
  const [lacking] = await sql.unsafe(`
    select format('%I.%I', current_schema(), '${EXTERNAL_IDS}') as place, format('%I', current_user) as role
    where not has_sequence_privilege(to_regclass('${EXTERNAL_IDS}'), 'USAGE')`)
  return lacking
    ? `The role ${lacking.role} may not give new users an id for other services: GRANT USAGE ON SEQUENCE ${lacking.place} TO ${lacking.role}.`
    : null
}

/**
 * Makes sure that every table is there, and that the role may read and write its rows and take an id for a new user.
 * Without this the server would be ready, and each call that needs that table would fail. Call it on a migrated
 * database.
 *
 * @throws {SchemaError} naming the missing tables
 * @throws {RightsError} naming the missing rights, with the statements that give them
 */
export async function requireRights(sql: Asking, tables: readonly string[]): Promise<void> {
  const { missing, faults } = await readRights(sql, tables)
  if (missing.length > 0) throw new SchemaError(await describeMissing(sql, missing))
  if (faults.length > 0) throw new RightsError(faults.join(' '))
}

/** Says that a migrated schema has lost tables. */
export async function describeMissing(sql: Asking, missing: string[]): Promise<string> {
  const [row] = await sql.unsafe('select current_schema() as name')
  return `The schema ${row?.name} lacks tables that its migrations have made (${missing.join(', ')}): something has removed them; restore them from a backup.`
}
