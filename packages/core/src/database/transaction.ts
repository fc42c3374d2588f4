import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from './connection.ts'

const RETRYABLE = new Set(['40P01', '40001'])
const ATTEMPTS = 4
const BACKOFF_MILLISECONDS = 15

/**
 * Runs work in a READ COMMITTED transaction, again when PostgreSQL chose it as the victim of a deadlock.
 *
 * The work must return its verdict rather than throw it when the refusal has to leave a mark: a throw rolls back.
 *
 * @param work - may run more than once
 */
export async function transaction<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  // The client of the builder says the isolation in BEGIN.
  return retryContended(() => db.transaction(work))
}

/** Runs one statement or transaction again after a deadlock or a serialisation failure. */
export async function retryContended<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === ATTEMPTS || !RETRYABLE.has(findSqlState(error) ?? '')) throw error
      await sleep(BACKOFF_MILLISECONDS * attempt * (0.5 + Math.random()))
    }
  }
}

/** The SQLSTATE of an error, wrapped or not, or a driver's own code such as `CONNECTION_CLOSED`, or null. */
export function findSqlState(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if ('code' in error && typeof error.code === 'string') return error.code
  return findSqlState(error.cause)
}
