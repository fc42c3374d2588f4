import type { ExtractTablesWithRelations } from 'drizzle-orm'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Watch } from '../words/watch.ts'
import { createBuilderClient } from './builder-client.ts'
import { readDatabaseUrl } from './database-address.ts'
import { describeLimits, OPERATION_MILLISECONDS, statementTimeoutOf } from './deadline.ts'
import { describeDriver } from './driver-options.ts'
import { createLane, isConcurrent, type Lane, mayWrite } from './lane.ts'
import { keepPool, type PoolLoad } from './pool.ts'
import { createSender, type Sender } from './sender.ts'

type NoSchema = Record<string, never>

/** The database or a transaction on it: a query works the same in either. */
export type Database = PgDatabase<PostgresJsQueryResultHKT, NoSchema, ExtractTablesWithRelations<NoSchema>>

/** How to reach PostgreSQL. */
export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`, as {@link readDatabaseUrl} reads it. */
  url: string
  poolSize: number
  /** False behind PgBouncer in transaction mode. */
  prepare: boolean
  /** How long an operation waits for the database; 5000 unless given. Only tests shorten it. */
  deadlineMilliseconds?: number
  /** Is called when a commit waited for a standby in vain: PostgreSQL has committed, and no standby has confirmed it. */
  onUnconfirmedCommit?: () => void
  watch?: Watch
}

/** An open pool. All of its parts send over the same connections. */
export interface DatabaseConnection {
  /** Waits at most five seconds for a statement or a transaction. */
  db: Database
  /** Waits at most a minute. For the rare work of the housekeeping that is no small batch. */
  patientDb: Database
  /** Waits at most a minute. For the mail queue. */
  sql: Sender
  /** Waits at most half a second for a counter, and before that two seconds for a connection. */
  counters: Pick<Lane, 'alone'>
  /** Counts the connections and the callers of the pool now. */
  readLoad(): PoolLoad
  /** Lets running queries finish, at most five seconds, and closes the pool. */
  close(): Promise<void>
}

/**
 * Opens a pool; connections are made when first needed.
 *
 * @throws {DatabaseUrlError} when the URL is malformed, or a file that it names cannot be read
 */
export function openDatabase(options: DatabaseOptions): DatabaseConnection {
  const { prepare: isDirect, poolSize, watch, deadlineMilliseconds = OPERATION_MILLISECONDS } = options
  const statementTimeout = statementTimeoutOf(deadlineMilliseconds)
  const driver = readDriver({ ...options, poolSize: 1 }, statementTimeout)
  const open = (onclose: () => void) => postgres({ ...driver, onclose })
  const pool = keepPool({ open, poolSize, isDirect, openMilliseconds: deadlineMilliseconds })
  const limits = describeLimits(deadlineMilliseconds)
  // Behind a transaction pooler no setting of a session holds, so each write carries its timeout in a transaction.
  const ours = isDirect
    ? { transactionTimeout: null, needsTransaction: () => false }
    : { transactionTimeout: statementTimeout, needsTransaction: mayWrite }
  const patient = createLane(pool, {
    limits: limits.patient,
    transactionTimeout: statementTimeoutOf(limits.patient.workMilliseconds),
    needsTransaction: (text) => !isConcurrent(text) && (isDirect || mayWrite(text)),
    watch,
  })
  return {
    db: build(createLane(pool, { limits: limits.operation, ...ours, watch })),
    patientDb: build(patient),
    sql: createSender(patient),
    counters: createLane(pool, { limits: limits.counter, ...ours, watch }),
    readLoad: () => pool.load,
    close: pool.close,
  }
}

function build(lane: Lane): Database {
  return drizzle({ client: createBuilderClient(lane) as unknown as postgres.Sql })
}

/**
 * Opens a pool of the driver's own, without a deadline.
 *
 * @throws {DatabaseUrlError} when the URL is malformed, or a file that it names cannot be read
 */
export function openClient(options: DatabaseOptions): postgres.Sql {
  return postgres(readDriver(options))
}

/** A database of one connection. */
export interface SessionDatabase {
  client: postgres.Sql
  db: Database
}

/**
 * Opens one connection that lives until it is closed, for what belongs to a session: temporary tables, and locks of the
 * session. It has no deadline.
 *
 * @throws {DatabaseUrlError} when the URL is malformed, or a file that it names cannot be read
 */
export function openDatabaseSession(options: DatabaseOptions): SessionDatabase {
  const client = postgres({ ...readDriver({ ...options, poolSize: 1 }), max_lifetime: null })
  return { client, db: drizzle({ client }) }
}

function readDriver(options: DatabaseOptions, statementTimeout?: number): postgres.Options<never> {
  const { url, poolSize, prepare, onUnconfirmedCommit } = options
  return describeDriver(readDatabaseUrl(url), { poolSize, prepare, statementTimeout, onUnconfirmedCommit })
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
