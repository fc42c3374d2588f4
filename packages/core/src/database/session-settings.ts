import type postgres from 'postgres'
import type { DatabaseAddress } from './database-address.ts'

/**
 * The settings of PostgreSQL that change what a statement reads, writes or waits for.
 *
 * A role or a database can have its own value for each (`alter role … set …`). Each connection starts with these.
 * `session-settings.test.ts` holds that no setting of PostgreSQL is missing here, in {@link CHECKED} or in the test's list
 * of settings without an effect.
 */
export const PINNED: Record<string, string> = {
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  transform_null_equals: 'off',
  exit_on_error: 'off',
  default_transaction_isolation: 'read committed',
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
}

/** A pooler follows these from client to client. It refuses every other setting at the start of a connection. */
const FOLLOWED_BY_POOLERS = ['DateStyle', 'TimeZone', 'standard_conforming_strings']

/**
 * Settings that are checked and not set.
 *
 * - PostgreSQL before version 17 does not know `transaction_timeout`.
 * - Only a superuser may set `session_replication_role`.
 * - Providers set `default_transaction_read_only` when the disk is full.
 */
export const CHECKED: Record<string, string> = {
  transaction_timeout: '0',
  session_replication_role: 'origin',
  default_transaction_read_only: 'off',
  client_encoding: 'UTF8',
}

/** Other values that change nothing, where a pooler leaves them: our times carry their offset from UTC. */
const ALSO_FIT: Record<string, RegExp> = { DateStyle: /^ISO,/, TimeZone: /./, extra_float_digits: /^[1-3]$/ }

/** Settings with which a longer time is as good as none: operations give up after five seconds. */
const TIMEOUTS = /_timeout$/
const LEAST_TIMEOUT_MILLISECONDS = 5000

/** The role, the database or the pooler has something set that the server cannot work with. */
export class DatabaseSetupError extends Error {
  override readonly name = 'DatabaseSetupError'
}

/**
 * The settings that each connection starts with.
 *
 * @param pool.prepare - false behind a pooler
 * @param pool.statementTimeout - milliseconds after which PostgreSQL ends a statement; no end unless given
 */
export function describeSession(
  { applicationName, options }: DatabaseAddress,
  { prepare, statementTimeout = 0 }: { prepare: boolean; statementTimeout?: number },
): Record<string, string> {
  const values: Record<string, string> = { ...PINNED, statement_timeout: String(statementTimeout) }
  const names = prepare ? Object.keys(values) : FOLLOWED_BY_POOLERS
  return {
    ...Object.fromEntries(names.map((name) => [name, values[name] ?? ''])),
    application_name: applicationName,
    ...(options && { options }),
  }
}

/**
 * Makes sure that statements mean what they say and can write: the encoding and the settings of the session.
 *
 * @throws {DatabaseSetupError} naming each setting that does not fit and the statement that mends it
 */
export async function requireSession(client: Pick<postgres.Sql, 'unsafe'>): Promise<void> {
  const faults = await findSessionFaults(client)
  if (faults.length > 0) throw new DatabaseSetupError(faults.join(' '))
}

/**
 * Lists what {@link requireSession} refuses, each with the statement that mends it.
 *
 * @throws {DatabaseSetupError} when a pooler refuses the settings of our connections
 */
export async function findSessionFaults(client: Pick<postgres.Sql, 'unsafe'>): Promise<string[]> {
  const names = [...Object.keys(PINNED), ...Object.keys(CHECKED), 'server_encoding']
  const list = names.map((name) => `'${name}'`).join(', ')
  const rows = await client
    .unsafe<SettingRow[]>(
      `select name, setting, pg_is_in_recovery() as "isStandby",
        format('alter role %I in database %I', session_user, current_database()) as alter
      from pg_settings where name in (${list})`,
    )
    .catch(explainPooler)
  return findFaults(rows)
}

interface SettingRow {
  name: string
  setting: string
  isStandby: boolean
  alter: string
}

function findFaults(rows: SettingRow[]): string[] {
  const [row] = rows
  if (row?.isStandby) return ['The database is a standby, which takes no writes; name the primary.']
  return rows.flatMap(findFault)
}

function findFault({ name, setting, alter }: SettingRow): string[] {
  if (name === 'server_encoding') {
    if (setting === 'UTF8') return []
    return [
      `The encoding of the database is ${setting}, which cannot store every name; create a database with encoding 'UTF8'.`,
    ]
  }
  const wanted = PINNED[name] ?? CHECKED[name]
  const isLong = TIMEOUTS.test(name) && Number(setting) >= LEAST_TIMEOUT_MILLISECONDS
  if (setting === wanted || isLong || ALSO_FIT[name]?.test(setting)) return []
  return [
    `The database's ${name} is "${setting}"; set it to "${wanted}" for this role: ${alter} set ${name} = '${wanted}'.`,
  ]
}

/** PgBouncer refuses each connection that starts with a setting it does not follow. */
function explainPooler(error: unknown): never {
  const said = error instanceof Error ? error.message : ''
  if (!said.startsWith('unsupported startup parameter')) throw error
  throw new DatabaseSetupError(
    `A pooler stands before the database and says "${said}"; set DATABASE_PREPARE=false, and leave options out of DATABASE_URL.`,
    { cause: error },
  )
}
