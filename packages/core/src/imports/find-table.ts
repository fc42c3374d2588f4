import { quoteName, type Snapshot } from './snapshot.ts'

/** A table of a source. */
export interface SourceTable {
  /** With its schema, quoted for a statement. */
  quoted: string
  /** The types of its columns, as PostgreSQL formats them, by the names of the columns. */
  types: Map<string, string>
}

const FIND = `
  select pg_catalog.format('%I.%I', n.nspname, c.relname) as quoted, a.attname as name,
    pg_catalog.format_type(a.atttypid, null) as type
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relname = $1
    and case when $2::text is null then pg_catalog.pg_table_is_visible(c.oid) else n.nspname = $2 end`

/**
 * Finds a table by its exact name.
 *
 * @param place.schema - null: the search path of the role
 * @returns null when there is no such table
 */
export async function findTable(
  snapshot: Snapshot,
  { name, schema }: { name: string; schema: string | null },
): Promise<SourceTable | null> {
  const columns = await snapshot.read<{ quoted: string; name: string; type: string }>(FIND, [name, schema])
  const [first] = columns
  if (!first) return null
  return { quoted: first.quoted, types: new Map(columns.map((column) => [column.name, column.type])) }
}

/** A column of a table for a statement, or SQL in its place where the table has no such column. */
export function columnOr(
  table: SourceTable,
  column: string,
  { alias, or }: { alias: string; or: string },
): string {
  return table.types.has(column) ? `${alias}.${quoteName(column)}` : or
}

/** Counts the rows of a statement's part behind `from`. */
export async function countRows(snapshot: Snapshot, from: string): Promise<number> {
  const [row] = await snapshot.read<{ rows: string }>(`select count(*)::text as rows from ${from}`)
  return Number(row?.rows ?? 0)
}
