import type { Snapshot } from '../snapshot.ts'
import { SourceError } from '../source-error.ts'

/** A table that may belong to the deployment. */
export interface Table {
  oid: string
  name: string
  /** With its schema, quoted for a statement. */
  quoted: string
  columns: Column[]
  keys: ForeignKey[]
  /** The column of the primary key; null for none, and for one of several columns. */
  primaryKey: string | null
}

/** A column of a table. */
export interface Column {
  name: string
  quoted: string
  /** The name of its type as PostgreSQL formats it: `character varying`. A domain counts as its base type. */
  type: string
  isReadable: boolean
}

/** A foreign key of one column. */
export interface ForeignKey {
  column: string
  /** The oid of the table that it points at. */
  target: string
  targetColumn: string
}

const LIST_TABLES = `
  select c.oid::text as oid, c.relname as name, pg_catalog.format('%I.%I', n.nspname, c.relname) as quoted,
    (select pg_catalog.min(a.attname::text)
      from pg_catalog.pg_constraint p
      join pg_catalog.pg_attribute a on a.attrelid = p.conrelid and a.attnum = any (p.conkey)
      where p.conrelid = c.oid and p.contype = 'p' having pg_catalog.count(*) = 1) as "primaryKey",
    coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object('name', a.attname,
        'quoted', pg_catalog.quote_ident(a.attname),
        'type', pg_catalog.format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null),
        'isReadable', pg_catalog.has_schema_privilege(n.oid, 'USAGE')
          and pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')) order by a.attnum)
      from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]') as columns,
    coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object(
        'column', a.attname, 'target', f.confrelid::text, 'targetColumn', b.attname))
      from pg_catalog.pg_constraint f
      join pg_catalog.pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
      join pg_catalog.pg_attribute b on b.attrelid = f.confrelid and b.attnum = f.confkey[1]
      where f.conrelid = c.oid and f.contype = 'f' and pg_catalog.cardinality(f.conkey) = 1), '[]') as keys
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f')`

const OF_SEARCH_PATH = `pg_catalog.pg_table_is_visible(c.oid) and n.nspname <> 'pg_catalog'`
const OF_FOREIGN_KEYS = `c.oid in (select confrelid from pg_catalog.pg_constraint
  where contype = 'f' and conrelid::text = any (pg_catalog.string_to_array($1, ',')))`

/** The tables of a database in which those of the deployment are looked for. */
export interface Catalog {
  /** Those of the schema, or of the search path. */
  tables: Table[]
  /** The same, and those in any schema that a foreign key of them points at. */
  byOid: Map<string, Table>
}

/**
 * Reads what the catalog of the database says of its tables. Every role may read the catalog.
 *
 * @param schema - null: the search path of the role
 * @throws {SourceError} no table is there
 */
export async function readCatalog(snapshot: Snapshot, schema: string | null): Promise<Catalog> {
  const tables =
    schema === null
      ? await snapshot.read<Table & Record<string, unknown>>(`${LIST_TABLES} and ${OF_SEARCH_PATH}`)
      : await snapshot.read<Table & Record<string, unknown>>(`${LIST_TABLES} and n.nspname = $1`, [schema])
  if (tables.length === 0) throw new SourceError(describeEmpty(schema))
  const oids = tables.map(({ oid }) => oid).join(',')
  const targets = await snapshot.read<Table & Record<string, unknown>>(
    `${LIST_TABLES} and ${OF_FOREIGN_KEYS}`,
    [oids],
  )
  return { tables, byOid: new Map([...targets, ...tables].map((table) => [table.oid, table])) }
}

function describeEmpty(schema: string | null): string {
  return schema === null
    ? 'The search path of the role has no table; name the schema of the deployment with --schema.'
    : `The database has no table in the schema ${schema}, or no such schema.`
}
