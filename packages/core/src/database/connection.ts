import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type ExtractTablesWithRelations, sql } from 'drizzle-orm'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { ARRAY_TYPES } from './array-types.ts'
import { withDeadline } from './deadline.ts'
import { keepPool } from './pool.ts'

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
  /** Gives up on a statement or a transaction that is not answered within some seconds. */
  db: Database
  /** The driver's own handle, which waits: for what needs a reserved connection or takes long. */
  sql: postgres.Sql
  /** Lets running queries finish, at most five seconds, and closes the pool. */
  close(): Promise<void>
}

const FIRST_ANSWER_MILLISECONDS = 8000
const CONNECT_TIMEOUT_SECONDS = 5
const RECONNECT_MIN_SECONDS = 0.05
const RECONNECT_MAX_SECONDS = 1
/** The advisory lock that servers starting together wait for. */
export const MIGRATION_LOCK = 7_316_402_951

/** Opens a pool; connections are made when first needed. */
export function openDatabase(options: DatabaseOptions): DatabaseConnection {
  const { sql, limited, close } = keepPool(() => openPool(options))
  return { db: drizzle(limited), sql, close }
}

function openPool(options: DatabaseOptions): postgres.Sql {
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
  if (options.prepare) prepareStatements(client)
  // Teaches the driver the builder's way with dates, which every pool has to know.
  drizzle(client)
  return client
}

interface Sender {
  unsafe: postgres.Sql['unsafe']
  begin?: Scope
  savepoint?: Scope
}
/** Runs the work it is given last, with a sender of its own. */
type Scope = (...args: never[]) => Promise<unknown>

/**
 * Has every statement parsed and planned once a connection.
 *
 * Drizzle sends what it builds as `unsafe` and asks not to prepare it, which costs a second round trip and, for a
 * rotation, three times the work in PostgreSQL. Statements differ only in parameters, so they stay few.
 */
function prepareStatements(sender: Sender): void {
  const { unsafe, begin, savepoint } = sender
  sender.unsafe = (query, parameters, options) => unsafe(query, parameters, { ...options, prepare: true })
  if (begin) sender.begin = prepareInside(begin)
  if (savepoint) sender.savepoint = prepareInside(savepoint)
}

function prepareInside(scope: Scope): Scope {
  return (...args) => {
    const work = args.at(-1) as unknown as (inner: Sender) => unknown
    const preparing = (inner: Sender) => {
      prepareStatements(inner)
      return work(inner)
    }
    return scope(...args.with(-1, preparing as never))
  }
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

/** The driver's own backoff grows to twenty seconds, so that a server outlived a short outage by that much. */
function describeBackoff(failures: number): number {
  const seconds = Math.min(RECONNECT_MIN_SECONDS * 2 ** failures, RECONNECT_MAX_SECONDS)
  return seconds * (0.5 + Math.random() / 2)
}

/**
 * Brings the schema up to date; servers that start together wait for one another.
 *
 * @throws when the database does not answer, runs another isolation level by default, or a migration fails
 */
export async function migrateDatabase(options: DatabaseOptions): Promise<void> {
  const connection = openDatabase({ ...options, poolSize: 2 })
  try {
    await withDeadline(connection.sql`select 1`, FIRST_ANSWER_MILLISECONDS)
    await requireReadCommitted(connection.db)
    // Waits as long as it takes: for another server's migrations, and for its own.
    await drizzle(connection.sql).transaction(async (tx) => {
      // Ends with this transaction: a lock of the session would stay behind in a transaction pooler's connection.
      await tx.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`)
      await migrate(drizzle(connection.sql), { migrationsFolder: findMigrations() })
    })
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
export function findMigrations(): string {
  const candidates = ['./migrations', '../../migrations'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const found = candidates.find((path) => existsSync(path))
  if (!found) throw new Error(`No folder of migrations at ${candidates.join(' or ')}.`)
  return found
}
