import { sql } from 'drizzle-orm'
import type { Database } from './connection.ts'
import { SchemaError } from './schema-error.ts'

/**
 * Finds the schema of our tables: the first existing schema of the connection's search path.
 *
 * @throws {SchemaError} when the search path names no existing schema, or when it has our tables in a later schema only:
 *   a start would make a second, empty set of tables
 */
export async function getOwnSchema(db: Database): Promise<string> {
  const [row] = await db.execute<{ path: string; own: string | null; noted: string[] }>(sql`
    select current_setting('search_path') as path, current_schema() as own, array(
      select n.nspname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relname = 'latchkey_migrations' and n.nspname = any(current_schemas(false))) as noted`)
  if (!row?.own) {
    throw new SchemaError(
      `The search_path (${row?.path}) names no schema that exists: create the schema or change the search_path.`,
    )
  }
  const [later] = row.noted
  if (later && !row.noted.includes(row.own)) throw misplaced({ own: row.own, later })
  return row.own
}

/** Our tables are in a schema of the search path that is not its first one. */
export function misplaced({ own, later }: { own: string; later: string }): SchemaError {
  return new SchemaError(
    `The search_path begins with the schema ${own}, and the tables of a Latchkey are in its later schema ${later}. ` +
      `Name one schema only: SET search_path = ${later} to use those tables, SET search_path = ${own} to begin anew.`,
  )
}
