import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type ExtractTablesWithRelations, sql } from 'drizzle-orm'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { ARRAY_TYPES } from './array-types.ts'

type NoSchema = Record<string, never>

/** The database or a transaction on it: a query works the same in either. */
export type Database = PgDatabase<PostgresJsQueryResultHKT, NoSchema, ExtractTablesWithRelations<NoSchema>>

/** How to reach PostgreSQL. */
export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database` */
  url: string
  /** Connections held at most. */
  poolSize: number
  /** False behind PgBouncer in transaction mode. */
  prepare: boolean
}

/** An open pool. */
export interface DatabaseConnection {
  db: Database
  /** The driver's own handle, for what needs a reserved connection. */
  sql: postgres.Sql
  /** Lets running queries finish, at most five seconds, and closes the pool. */
  close(): Promise<void>
}

const CLOSE_TIMEOUT_SECONDS = 5
const CONNECT_TIMEOUT_SECONDS = 5
const RECONNECT_MIN_SECONDS = 0.05
const RECONNECT_MAX_SECONDS = 1
const MIGRATION_LOCK = 7_316_402_951

/** Opens a pool; connections are made when first needed. */
export function openDatabase(options: DatabaseOptions): DatabaseConnection {
  const client = postgres(options.url, {
    max: options.poolSize,
    prepare: options.prepare,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    backoff: describeBackoff,
    fetch_types: false,
    types: ARRAY_TYPES,
    onnotice: () => {},
    // Isolation is set, not inherited. A transaction pooler refuses the parameter, so there it is checked instead.
    connection: options.prepare ? { default_transaction_isolation: 'read committed' } : {},
  })
  return { db: drizzle(client), sql: client, close: () => client.end({ timeout: CLOSE_TIMEOUT_SECONDS }) }
}

/** The driver's own backoff grows to twenty seconds, so that a server outlived a short outage by that much. */
function describeBackoff(failures: number): number {
  const seconds = Math.min(RECONNECT_MIN_SECONDS * 2 ** failures, RECONNECT_MAX_SECONDS)
  return seconds * (0.5 + Math.random() / 2)
}

/**
 * Brings the schema up to date; servers that start together wait for one another.
 *
 * @throws when the database runs another isolation level by default, or a migration fails
 */
export async function migrateDatabase(options: DatabaseOptions): Promise<void> {
  const connection = openDatabase({ ...options, poolSize: 1 })
  try {
    await requireReadCommitted(connection.db)
    await connection.sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await migrate(drizzle(connection.sql), { migrationsFolder: findMigrations() })
  } finally {
    await connection.close()
  }
}

async function requireReadCommitted(db: Database): Promise<void> {
  const [row] = await db.execute<{ level: string }>(
    sql`select current_setting('transaction_isolation') as level`,
  )
  if (row?.level === 'read committed') return
  throw new Error(
    `The database's default_transaction_isolation is "${row?.level}"; set it to "read committed" for this role.`,
  )
}

/** The folder of migrations: beside the sources in development, beside the bundle in production. */
function findMigrations(): string {
  const candidates = ['./migrations', '../migrations'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const found = candidates.find((path) => existsSync(path))
  if (!found) throw new Error(`No folder of migrations at ${candidates.join(' or ')}.`)
  return found
}
