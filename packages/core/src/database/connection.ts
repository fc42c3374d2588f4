import type { ExtractTablesWithRelations } from 'drizzle-orm'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { createBuilderClient } from './builder-client.ts'
import { DRIVER_TYPES } from './driver-types.ts'
import { keepPool, type Sender } from './pool.ts'

type NoSchema = Record<string, never>

/** The database or a transaction on it: a query works the same in either. */
export type Database = PgDatabase<PostgresJsQueryResultHKT, NoSchema, ExtractTablesWithRelations<NoSchema>>

/** How to reach PostgreSQL. */
export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database` */
  url: string
  poolSize: number
  /** False behind PgBouncer in transaction mode. */
  prepare: boolean
}

/** An open pool. */
export interface DatabaseConnection {
  /** Gives up on a statement or a transaction that is not answered within five seconds. */
  db: Database
  /** Sends over the same connections and waits as long as it takes. */
  sql: Sender
  /** Lets running queries finish, at most five seconds, and closes the pool. */
  close(): Promise<void>
}

const CONNECT_TIMEOUT_SECONDS = 5
const RECONNECT_MIN_SECONDS = 0.05
const RECONNECT_MAX_SECONDS = 1

/** Opens a pool; connections are made when first needed. */
export function openDatabase(options: DatabaseOptions): DatabaseConnection {
  const pool = keepPool(() => openClient(options))
  const client = createBuilderClient(pool) as unknown as postgres.Sql
  return { db: drizzle({ client }), sql: pool.patient, close: pool.close }
}

/** Opens a pool of the driver's own, without a deadline. */
export function openClient({ url, poolSize, prepare }: DatabaseOptions): postgres.Sql {
  return postgres(url, {
    max: poolSize,
    prepare,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    backoff: describeBackoff,
    fetch_types: false,
    types: DRIVER_TYPES,
    onnotice: () => {},
    connection: describeSession(prepare),
  })
}

/**
 * What PostgreSQL is told as a connection begins.
 *
 * A transaction pooler refuses such parameters: behind one, isolation is checked once instead, and set by each BEGIN.
 */
function describeSession(prepare: boolean): postgres.Options<never>['connection'] {
  return prepare ? { default_transaction_isolation: 'read committed' } : {}
}

/** The driver's own backoff grows to twenty seconds, so that a server outlived a short outage by that much. */
function describeBackoff(failures: number): number {
  const seconds = Math.min(RECONNECT_MIN_SECONDS * 2 ** failures, RECONNECT_MAX_SECONDS)
  return seconds * (0.5 + Math.random() / 2)
}

/**
 * Keeps a statement that is built once for each database it runs on.
 *
 * Building one costs the process more than sending it; a refresh and an authenticated call are worth the trouble.
 *
 * @param build - with placeholders for every value
 */
export function buildOnce<Statement>(build: (db: Database) => Statement): (db: Database) => Statement {
  const built = new WeakMap<Database, Statement>()
  return (db) => {
    const known = built.get(db) ?? build(db)
    built.set(db, known)
    return known
  }
}
