import { getTableName, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Clock } from '../database/clock.ts'
import type { Database } from '../database/connection.ts'
import type { Purge, Retention } from './purge.ts'
import type { Position } from './sweeps/statements.ts'

/** A part of a table that is gone through at once. */
export interface Place {
  /** The last key that was examined; null at the beginning of the table. */
  after: Position | null
  /** The most rows to examine. */
  rows: number
}

/** What one part came to. */
export interface ExaminedPage {
  examined: number
  purged: number
  /** The last examined key; null when no row was left. */
  last: Position | null
}

/**
 * Deletes the due rows of one part of a table.
 *
 * A row that another transaction has locked is left for the next sweep. A row that was changed meanwhile is judged again
 * after it is locked, so a session that was refreshed stays.
 */
export async function purgePage(
  tx: Database,
  purge: Purge,
  walk: { clock: Clock; retention: Retention; place: Place },
): Promise<ExaminedPage> {
  const { table, key } = purge
  const isDue = sql`${purge.dueAt(walk.retention)} <= ${walk.clock.now()}`
  const [row] = await tx.execute<{ examined: number; purged: number; last: Position | null }>(sql`
    with page as materialized (${selectPage(purge, walk, sql`(${isDue}) is true as due`)}),
    held as materialized (
      select ${joined(key)} from ${table}
      where (${joined(key)}) in (select ${joined(key.map(nameIn))} from page where due) and ${isDue}
      for update of ${table} skip locked
    ),
    gone as (
      delete from ${table} using held where (${joined(key)}) = (${joined(key.map((column) => sql`held.${nameIn(column)}`))})
      returning 1
    )
    select (select count(*)::int from page) as examined, (select count(*)::int from gone) as purged,
      (select jsonb_build_array(${joined(key.map((column) => sql`${nameIn(column)}::text`))}) from page
        order by ${joined(key.map((column) => sql`${nameIn(column)} desc`))} limit 1) as last`)
  return row ?? { examined: 0, purged: 0, last: null }
}

/** Rows that are due, as far as they were looked for. */
export interface DueRows {
  examined: number
  due: number
  /** How long the oldest of them has been due; null without one. */
  oldestDueSeconds: number | null
}

/** Counts the due rows of one part of a table. */
export async function countDue(
  db: Database,
  purge: Purge,
  walk: { clock: Clock; retention: Retention; place: Place },
): Promise<DueRows> {
  const { clock, retention } = walk
  const age = sql`extract(epoch from ${clock.now()} - ${purge.dueAt(retention)})::float8`
  const [row] = await db.execute<{ examined: number; due: number; oldest: number | null }>(sql`
    with page as materialized (${selectPage(purge, walk, sql`${age} as age`)})
    select count(*)::int as examined, (count(*) filter (where age >= 0))::int as due,
      max(age) filter (where age >= 0) as oldest from page`)
  return { examined: row?.examined ?? 0, due: row?.due ?? 0, oldestDueSeconds: row?.oldest ?? null }
}

/** The limit is no parameter: with an unknown limit the planner would prefer to read the whole table. */
function selectPage(
  { table, key, until }: Purge,
  { clock, retention, place }: { clock: Clock; retention: Retention; place: Place },
  more: SQL,
): SQL {
  const after = (place.after ?? []).map(
    (value, index) => sql`${value}::${sql.raw(key[index]?.getSQLType() ?? 'text')}`,
  )
  const conditions = [
    // A position along another key is that of another release: the sweep begins anew.
    ...(after.length === key.length ? [sql`(${joined(key)}) > (${joined(after)})`] : []),
    ...(until ? [until(clock, retention)] : []),
  ]
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``
  return sql`select ${joined(key)}, ${more} from ${table} ${where} order by ${joined(key)}
    limit ${sql.raw(String(Math.trunc(place.rows)))}`
}

function nameIn(column: PgColumn): SQL {
  return sql`${sql.identifier(column.name)}`
}

function joined(parts: (SQL | PgColumn)[]): SQL {
  return sql.join(parts, sql`, `)
}

/** Estimates the rows of a table by the statistics of PostgreSQL; 0 before there are any. */
export async function estimateRows(db: Database, table: PgTable): Promise<number> {
  const name = sql`to_regclass(quote_ident(${getTableName(table)}))`
  const [row] = await db.execute<{ rows: number }>(
    sql`select greatest(reltuples, 0)::float8 as rows from pg_class where oid = ${name}`,
  )
  return row?.rows ?? 0
}
