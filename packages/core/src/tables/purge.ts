import { getTableName, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Clock } from '../database/clock.ts'
import { DAY_SECONDS } from '../words/time.ts'

/** An expired row stays this long, so that the answer can be "expired" and not "unknown". */
export const KEPT_SECONDS = 2 * DAY_SECONDS

/** The settings that say how long rows are kept. */
export interface Retention {
  auditRetentionSeconds: number
}

/** What is deleted from one table, and along which key the table is gone through. */
export interface Purge {
  table: PgTable
  /** Columns that name one row. An index begins with the first one, and has all of them or is unique enough. */
  key: [PgColumn, ...PgColumn[]]
  /** The time from which a row may be deleted; null for a row that stays. */
  dueAt(retention: Retention): SQL
  /** A condition on the key: rows that do not meet it are never due. Unless given, the whole table is gone through. */
  until?(clock: Clock, retention: Retention): SQL
}

/** So much later than a time. */
export function later(time: SQL | PgColumn, seconds: number): SQL {
  return sql`(${time} + make_interval(secs => ${seconds}::double precision))`
}

/**
 * The least id (UUIDv7) that was made at a time.
 *
 * @param time - a time of the database
 */
export function idOf(time: SQL): SQL {
  return sql`(lpad(to_hex((extract(epoch from ${time}) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid`
}

/** The name of the table. */
export function nameOf({ table }: Purge): string {
  return getTableName(table)
}
