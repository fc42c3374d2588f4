import type postgres from 'postgres'
import { SchemaError } from './schema-error.ts'

/** The sequence of the ids that other services know new users by. It is there only after a move. */
export const EXTERNAL_IDS = 'users_external_id'

/** What the role of a connection may do with our tables. */
export interface Rights {
  role: string
  /** How many of the tables exist. */
  tables: number
  /** The missing rights and the statement that gives them, in a sentence; null when none is missing. */
  fault: string | null
}

/** Sends a text of SQL. */
interface Asking {
  unsafe(text: string): PromiseLike<postgres.Row[]>
}

/**
 * Reads which rights a role has on tables.
 *
 * @param tables - names from our own schema
 */
export async function readRights(sql: Asking, tables: readonly string[]): Promise<Rights> {
  const rows = await sql.unsafe(`
    select name as table, format('%I.%I', current_schema(), name) as place, format('%I', current_user) as role,
      array_to_string(array(
        select wanted from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as wanted
        where not has_table_privilege(to_regclass(name), wanted)), ', ') as missing
    from unnest(array[${tables.map((name) => `'${name}'`).join(', ')}]) as name
    where to_regclass(name) is not null order by name`)
  const role = String(rows[0]?.role)
  const lacking = rows.filter(({ missing }) => missing !== '')
  if (lacking.length === 0) return { role, tables: rows.length, fault: await findFaultOfSequence(sql) }
  const rights = lacking.map(({ table, missing }) => `${table}: ${missing}`).join('; ')
  const places = lacking.map(({ place }) => place).join(', ')
  const fault = `The role ${role} may not use every table of Latchkey (${rights}): GRANT SELECT, INSERT, UPDATE, DELETE ON ${places} TO ${role}.`
  return { role, tables: rows.length, fault }
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
 * Makes sure that the role may read and write the rows of every table, and take an id for a new user. Without this the
 * server would be ready, and each call that needs a table of a later migration would fail.
 *
 * @throws {SchemaError} naming the missing rights and the statement that gives them
 */
export async function requireRights(sql: Asking, tables: readonly string[]): Promise<void> {
  const { fault } = await readRights(sql, tables)
  if (fault !== null) throw new SchemaError(fault)
}
