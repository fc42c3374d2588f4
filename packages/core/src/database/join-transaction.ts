import { sql } from 'drizzle-orm'
import type { Database } from './connection.ts'

/**
 * A transaction of ours as pg-boss takes one: what it sends by it commits and rolls back with it.
 *
 * It stands here because pg-boss asks for the query builder itself, which no service may import.
 */
export async function joinTransaction(tx: Database) {
  // With mail off, nothing of the queue is loaded.
  const { fromDrizzle } = await import('pg-boss')
  return fromDrizzle(tx, sql)
}
