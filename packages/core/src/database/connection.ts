import type { ExtractTablesWithRelations } from 'drizzle-orm'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { createBuilderClient } from './builder-client.ts'
import { readDatabaseUrl } from './database-address.ts'
import { describeDriver } from './driver-options.ts'
import { keepPool, type Sender } from './pool.ts'

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
}

/** An open pool. */
export interface DatabaseConnection {
  /** Waits at most five seconds for a statement or a transaction. */
  db: Database
  /** Sends over the same connections, without a deadline. */
  sql: Sender
  /** Lets running queries finish, at most five seconds, and closes the pool. */
  close(): Promise<void>
}

/**
 * Opens a pool; connections are made when first needed.
 *
 * @throws {DatabaseUrlError} when the URL is malformed, or a file that it names cannot be read
 */
export function openDatabase(options: DatabaseOptions): DatabaseConnection {
  const driver = readDriver(options)
  const pool = keepPool(() => postgres(driver))
  const client = createBuilderClient(pool) as unknown as postgres.Sql
  return { db: drizzle({ client }), sql: pool.patient, close: pool.close }
}

/**
 * Opens a pool of the driver's own, without a deadline.
 *
 * @throws {DatabaseUrlError} when the URL is malformed, or a file that it names cannot be read
 */
export function openClient(options: DatabaseOptions): postgres.Sql {
  return postgres(readDriver(options))
}

function readDriver({ url, ...pool }: DatabaseOptions): postgres.Options<never> {
  return describeDriver(readDatabaseUrl(url), pool)
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
