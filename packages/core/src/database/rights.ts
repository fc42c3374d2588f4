import { getTableName, sql, type Table } from 'drizzle-orm'
import type { Database } from './connection.ts'
import { SchemaError } from './schema-error.ts'

/**
 * Makes sure that the role may read and write the rows of every table. Without this the server would be ready, and each
 * call that needs a table of a later migration would fail.
 *
 * @throws {SchemaError} naming the missing rights and the statement that gives them
 */
export async function requireRights(db: Database, tables: Table[]): Promise<void> {
  const names = sql.join(
    tables.map((table) => sql`${getTableName(table)}`),
    sql`, `,
  )
  const rows = await db.execute<{ table: string; rights: string; place: string; role: string }>(sql`
    select name as table, string_agg(wanted, ', ' order by position) as rights,
      format('%I.%I', current_schema(), name) as place, format('%I', current_user) as role
    from unnest(array[${names}]::text[]) as name,
      unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) with ordinality as one (wanted, position)
    where not has_table_privilege(to_regclass(name), wanted)
    group by name order by name`)
  const [first] = rows
  if (!first) return
  const missing = rows.map(({ table, rights }) => `${table}: ${rights}`).join('; ')
  const places = rows.map(({ place }) => place).join(', ')
  throw new SchemaError(
    `The role ${first.role} may not use every table of Latchkey (${missing}): GRANT SELECT, INSERT, UPDATE, DELETE ON ${places} TO ${first.role}.`,
  )
}
