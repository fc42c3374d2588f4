import type { ExtractTablesWithRelations } from 'drizzle-orm'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { createBuilderClient } from './builder-client.ts'
import { describeLimits, OPERATION_MILLISECONDS, statementTimeoutOf } from './deadline.ts'
import { DRIVER_TYPES } from './driver-types.ts'
import { createLane, type Lane, mayWrite } from './lane.ts'
import { keepPool } from './pool.ts'
import { createSender, type Sender } from './sender.ts'

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
  /** How long an operation waits for the database; 5000 unless given. Only tests shorten it. */
  deadlineMilliseconds?: number
  /** Is called when a commit waited for a standby in vain: PostgreSQL has committed, and no standby has confirmed it. */
  onUnconfirmedCommit?: () => void
}

/** An open pool. All of its parts send over the same connections. */
export interface DatabaseConnection {
  /** Waits at most five seconds for a statement or a transaction. */
  db: Database
  /** Waits at most a minute. For the housekeeping, which nobody waits for. */
  patientDb: Database
  /** Waits at most a minute. For the mail queue. */
  sql: Sender
  /** Waits at most half a second for a counter, and before that two seconds for a connection. */
  counters: Pick<Lane, 'alone'>
  /** Lets running queries finish, at most five seconds, and closes the pool. */
  close(): Promise<void>
}

const CONNECT_TIMEOUT_SECONDS = 5
const RECONNECT_MIN_SECONDS = 0.05
const RECONNECT_MAX_SECONDS = 1

/** Opens a pool; connections are made when first needed. */
export function openDatabase(options: DatabaseOptions): DatabaseConnection {
  const { prepare: isDirect, poolSize, deadlineMilliseconds = OPERATION_MILLISECONDS } = options
  const statementTimeout = statementTimeoutOf(deadlineMilliseconds)
  const open = (onclose: () => void) => openClient({ ...options, poolSize: 1 }, { statementTimeout, onclose })
  const pool = keepPool({ open, poolSize, isDirect, openMilliseconds: deadlineMilliseconds })
  const limits = describeLimits(deadlineMilliseconds)
  // Behind a transaction pooler no setting of a session holds, so each write carries its timeout in a transaction.
  const ours = isDirect
    ? { transactionTimeout: null, needsTransaction: () => false }
    : { transactionTimeout: statementTimeout, needsTransaction: mayWrite }
  const patient = createLane(pool, {
    limits: limits.patient,
    transactionTimeout: statementTimeoutOf(limits.patient.workMilliseconds),
    needsTransaction: (text) => isDirect || mayWrite(text),
  })
  return {
    db: build(createLane(pool, { limits: limits.operation, ...ours })),
    patientDb: build(patient),
    sql: createSender(patient),
    counters: createLane(pool, { limits: limits.counter, ...ours }),
    close: pool.close,
  }
}

function build(lane: Lane): Database {
  return drizzle({ client: createBuilderClient(lane) as unknown as postgres.Sql })
}

/**
 * Opens a pool of the driver's own, without a deadline.
 *
 * @param session.statementTimeout - milliseconds after which PostgreSQL ends a statement; no end unless given
 * @param session.onclose - is called when the socket of a connection has been closed by both sides
 */
export function openClient(
  { url, poolSize, prepare, onUnconfirmedCommit }: DatabaseOptions,
  session: { statementTimeout?: number; onclose?: () => void } = {},
): postgres.Sql {
  return postgres(url, {
    max: poolSize,
    prepare,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    backoff: describeBackoff,
    fetch_types: false,
    types: DRIVER_TYPES,
    // The text of the warning is translated, the name of its place is not.
    onnotice: ({ routine }) => routine === 'SyncRepWaitForLSN' && onUnconfirmedCommit?.(),
    onclose: session.onclose,
    connection: describeSession(prepare, session.statementTimeout),
  })
}

/**
 * The settings of PostgreSQL that each connection starts with.
 *
 * A transaction pooler refuses such settings. Behind one, the isolation is checked at the start and set by each BEGIN,
 * and `lane.ts` sets the timeout in each transaction.
 */
function describeSession(prepare: boolean, statementTimeout = 0): postgres.Options<never>['connection'] {
  if (!prepare) return {}
  return { default_transaction_isolation: 'read committed', statement_timeout: statementTimeout }
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
