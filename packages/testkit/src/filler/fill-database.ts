import type postgres from 'postgres'
import { FACTOR_FILLINGS } from './factor-fillings.ts'
import type { Filling, FillingSizes } from './filling.ts'
import { listImportFillings } from './import-fillings.ts'
import { listLinkFillings } from './link-fillings.ts'
import { fillEvents, fillSessions, USER_FILLING } from './user-fillings.ts'

/** How to fill a database. */
export interface FillOptions {
  users: number
  /** Default: 2. */
  sessionsPerUser?: number
  /** Default: 5. */
  eventsPerUser?: number
  /** The share, from 0 to 1, of the expiring rows that housekeeping would delete. Default: 0. */
  overdueShare?: number
  /** The hash of the password that every filled user has. */
  passwordHash: string
  /** Hears of each table when it is full, with its rows so far. */
  report?: (line: string) => void
}

const ROWS_PER_STATEMENT = 250_000

/** The address of the filled user with a number from 0 on. */
export function filledEmail(n: number): string {
  return `user-${n}@filled.example`
}

/**
 * Fills the empty tables of a migrated database with users and what belongs to them, and takes their statistics.
 *
 * Every row follows from its number, so two databases of one size differ in their times only. A million users take some
 * minutes. For a superuser it is faster, because the foreign keys are not checked row by row.
 *
 * @param sql - a client with one connection (`max: 1`)
 * @returns how many rows each table got
 */
export async function fillDatabase(sql: postgres.Sql, options: FillOptions): Promise<Record<string, number>> {
  const { users, sessionsPerUser = 2, eventsPerUser = 5, overdueShare = 0, report } = options
  await sql`select set_config('filler.now', now()::text, false), set_config('filler.users', ${String(users)}, false),
    set_config('filler.password_hash', ${options.passwordHash}, false)`
  await sql`select set_config('session_replication_role', 'replica', false) where current_setting('is_superuser') = 'on'`
  const counts: Record<string, number> = {}
  for (const filling of listFillings({ sessionsPerUser, eventsPerUser, overdueShare })) {
    const rows = filling.countRows(users)
    for (let from = 0; from < rows; from += ROWS_PER_STATEMENT) {
      await sql.unsafe(describeInsert(filling, rows, { from, to: Math.min(from + ROWS_PER_STATEMENT, rows) }))
    }
    await sql.unsafe(`vacuum (analyze) ${filling.table}`)
    counts[filling.table] = rows
    report?.(`${filling.table}: ${rows} rows`)
  }
  await sql`select set_config('session_replication_role', 'origin', false) where current_setting('is_superuser') = 'on'`
  return counts
}

/** Lists what is filled, each table after those it refers to. */
function listFillings(sizes: FillingSizes): Filling[] {
  return [
    USER_FILLING,
    fillSessions(sizes),
    fillEvents(sizes),
    ...listLinkFillings(sizes),
    ...FACTOR_FILLINGS,
    ...listImportFillings(sizes),
  ]
}

function describeInsert(filling: Filling, rows: number, part: { from: number; to: number }): string {
  const columns = filling.columns(rows)
  return `insert into ${filling.table} (${Object.keys(columns).join(', ')})
    select ${Object.values(columns).join(', ')} from generate_series(${part.from}::bigint, ${part.to - 1}) n`
}
