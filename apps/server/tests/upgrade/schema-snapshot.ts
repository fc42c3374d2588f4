import type { TestDatabase } from '@latchkey/testkit'

/** A column, as statements of a release meet it. */
interface Column {
  type: string
  isRequired: boolean
  /** Whether the database gives a value to a row that brings none. */
  hasDefault: boolean
}

/** What the statements of a release rely on: columns, keys and rules, by table. */
export interface SchemaSnapshot {
  [table: string]: { columns: Record<string, Column>; keys: string[]; rules: string[] }
}

/** Reads the tables of the first schema, without the notes of migrations and without partitions. */
export async function readSnapshot(sql: TestDatabase['sql']): Promise<SchemaSnapshot> {
  const columns = await sql<
    { table: string; name: string; type: string; required: boolean; given: boolean }[]
  >`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      a.attnotnull as required, a.atthasdef or a.attidentity <> '' as given
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped and c.relname <> 'latchkey_migrations'`
  const keys = await sql<{ table: string; key: string }[]>`
    select indrelid::regclass::text as table,
      regexp_replace(pg_get_indexdef(indexrelid), '^.* USING ', '') as key
    from pg_index where indisunique and indrelid::regclass::text = any(${columns.map(({ table }) => table)})`
  const rules = await sql<{ table: string; rule: string }[]>`
    select conrelid::regclass::text as table, pg_get_constraintdef(oid) as rule
    from pg_constraint where contype in ('c', 'f', 'x')
      and conrelid::regclass::text = any(${columns.map(({ table }) => table)})`
  const snapshot: SchemaSnapshot = {}
  for (const { table, name, type, required, given } of columns) {
    snapshot[table] ??= { columns: {}, keys: [], rules: [] }
    snapshot[table].columns[name] = { type, isRequired: required, hasDefault: given }
  }
  for (const { table, key } of keys) snapshot[table]?.keys.push(key)
  for (const { table, rule } of rules) snapshot[table]?.rules.push(rule)
  return snapshot
}

/** Lists, in sentences, what the former schema promised to its release and the present one does not keep. */
export function findContractions(former: SchemaSnapshot, present: SchemaSnapshot): string[] {
  return Object.entries(former).flatMap(([table, before]) => {
    const after = present[table]
    if (!after) return [`the table ${table} is gone`]
    return [
      ...Object.keys({ ...before.columns, ...after.columns }).flatMap((name) =>
        findContraction(`${table}.${name}`, before.columns[name], after.columns[name]),
      ),
      ...before.keys.filter((key) => !after.keys.includes(key)).map((key) => `${table} lost the key ${key}`),
      ...after.keys
        .filter((key) => !before.keys.includes(key) && !isOfNewColumns(key, before, after))
        .map((key) => `${table} got the key ${key}`),
      ...after.rules.filter((rule) => !before.rules.includes(rule)).map((rule) => `${table} got ${rule}`),
    ]
  })
}

/** A statement of the former release leaves new columns null, and no two nulls are the same to a key. */
function isOfNewColumns(key: string, before: SchemaSnapshot[string], after: SchemaSnapshot[string]): boolean {
  const names = /\(([^()]*)\)/.exec(key)?.[1]?.split(', ') ?? []
  const isNew = (name: string) => {
    const column = after.columns[name]
    return column !== undefined && !before.columns[name] && !column.isRequired && !column.hasDefault
  }
  return names.some(isNew) && !key.includes('NULLS NOT DISTINCT')
}

function findContraction(name: string, before?: Column, after?: Column): string[] {
  if (!after) return [`${name} is gone`]
  if (!before) return after.isRequired && !after.hasDefault ? [`${name} wants a value`] : []
  return [
    ...(before.type === after.type ? [] : [`${name} was ${before.type} and is ${after.type}`]),
    ...(after.isRequired && !before.isRequired ? [`${name} takes no null`] : []),
    ...(before.hasDefault && !after.hasDefault ? [`${name} lost its default`] : []),
  ]
}
