import { sql } from 'drizzle-orm'
import type { Database } from './connection.ts'

/** What belongs to tables, by its name. */
export interface Relations {
  tableOfIndex: Map<string, string>
  foreignKeys: { table: string; name: string; referenced: string }[]
}

/** Reads the indexes and the foreign keys of a schema. */
export async function readRelations(db: Database, schema: string): Promise<Relations> {
  const indexes = await db.execute<{ index: string; table: string }>(
    sql`select indexname as index, tablename as table from pg_indexes where schemaname = ${schema}`,
  )
  const keys = await db.execute<{ table: string; name: string; referenced: string }>(sql`
    select own.relname as table, k.conname as name, other.relname as referenced
    from pg_constraint k join pg_class own on own.oid = k.conrelid join pg_class other on other.oid = k.confrelid
    where k.contype = 'f' and own.relnamespace = (select oid from pg_namespace where nspname = ${schema})`)
  return {
    tableOfIndex: new Map(indexes.map(({ index, table }) => [index, table])),
    foreignKeys: [...keys],
  }
}
