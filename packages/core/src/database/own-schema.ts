import { sql } from 'drizzle-orm'
import type { Database } from './connection.ts'
import { RightsError, SchemaError } from './schema-error.ts'

/**
 * Finds the schema of our tables: the first existing schema of the connection's search path.
 *
 * @throws {SchemaError} when the search path names no existing schema, or when it has our tables in a later schema only:
 *   a start would make a second, empty set of tables
 * @throws {RightsError} when the role may not use that schema
 */
export async function getOwnSchema(db: Database): Promise<string> {
  const [row] = await db.execute<{ path: string; own: string | null; noted: string[] }>(sql`
    select current_setting('search_path') as path, current_schema() as own, array(
      select n.nspname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relname = 'latchkey_migrations' and n.nspname = any(current_schemas(false))) as noted`)
  const barred = await findBarred(db)
  if (barred && (!row?.own || barred.isOurs)) {
    throw new RightsError(
      `The role ${barred.role} may not use the schema ${barred.name} of its search_path: GRANT USAGE ON SCHEMA ${barred.name} TO ${barred.role}.`,
    )
  }
  if (!row?.own) {
    throw new SchemaError(
      `The search_path (${row?.path}) names no schema that exists: create the schema or change the search_path.`,
    )
  }
  const [later] = row.noted
  if (later && !row.noted.includes(row.own)) throw misplaced({ own: row.own, later })
  return row.own
}

/** A schema of the search path that the role may not use: PostgreSQL passes over it as if it did not exist. */
async function findBarred(db: Database) {
  const [barred] = await db.execute<{ name: string; role: string; isOurs: boolean }>(sql`
    select format('%I', n.nspname) as name, format('%I', current_user) as role, c.oid is not null as "isOurs"
    from string_to_table(current_setting('search_path'), ',') with ordinality as entry (word, place)
    join pg_namespace n on n.nspname = case trim(word) when '"$user"' then current_user else trim(trim(word), '"') end
    left join pg_class c on c.relnamespace = n.oid and c.relname = 'latchkey_migrations'
    where not has_schema_privilege(n.oid, 'USAGE') order by "isOurs" desc, place limit 1`)
  return barred ?? null
}

/** Our tables are in a schema of the search path that is not its first one. */
export function misplaced({ own, later }: { own: string; later: string }): SchemaError {
  return new SchemaError(
    `The search_path begins with the schema ${own}, and the tables of a Latchkey are in its later schema ${later}. ` +
      `Name one schema only: SET search_path = ${later} to use those tables, SET search_path = ${own} to begin anew.`,
  )
}
