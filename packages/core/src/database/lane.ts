import type postgres from 'postgres'
import { UNWATCHED, type Watch } from '../words/watch.ts'
import { DatabaseSilence, type Limits } from './deadline.ts'
import { nameStatement } from './name-statement.ts'
import type { Call, Work } from './perform.ts'
import type { Pool } from './pool.ts'

/** Sends a text of SQL with its values. */
export type Sending = Pick<postgres.Sql, 'unsafe'>

/** One way to send over the pool: with the deadlines of one kind of caller. */
export interface Lane {
  /**
   * Sends one statement.
   *
   * @param text - tells whether the statement needs a transaction
   */
  alone<T>(text: string, send: (client: Sending) => PromiseLike<T>): Promise<T>
  /** Runs a transaction. The deadline is that of the whole transaction. */
  begin<T>(work: (tx: postgres.TransactionSql) => Promise<T>): Promise<T>
  /** Hears of the statements within a transaction. */
  watch: Watch
}

/** What a lane has of its own. */
export interface LaneOptions {
  limits: Limits
  /** The `statement_timeout` of each transaction in milliseconds; null where that of the session serves. */
  transactionTimeout: number | null
  /** Whether a single statement needs that timeout, and so a transaction around it. */
  needsTransaction(text: string): boolean
  watch?: Watch
}

/** Answers whether a statement may write. What is read and given up has no effect, so it needs no timeout of its own. */
export function mayWrite(text: string): boolean {
  return !/^\s*select\b/i.test(text)
}

/** Answers whether PostgreSQL refuses a statement inside of a transaction: the mail queue builds an index so. */
export function isConcurrent(text: string): boolean {
  return /\bconcurrently\b/i.test(text)
}

/** BEGIN names the isolation. So it costs no round trip, and no default of the database changes it. */
const BEGIN = 'isolation level read committed'

/** Makes a lane of a pool. */
export function createLane(
  { limit }: Pick<Pool, 'limit'>,
  { limits, transactionTimeout, needsTransaction, watch = UNWATCHED }: LaneOptions,
): Lane {
  function begin<T>(work: (tx: postgres.TransactionSql) => Promise<T>): Promise<T> {
    const run = (client: postgres.Sql, call: Call) =>
      client.begin(BEGIN, async (tx) => {
        // The driver sends it together with the next statement.
        if (transactionTimeout !== null)
          tx.unsafe(`set local statement_timeout = ${transactionTimeout}`).catch(ignore)
        // The cancel request may have come between two statements. Without this the transaction would commit.
        requireTime(call)
        const result = await work(tx)
        requireTime(call)
        return result
      })
    return watch.step('transaction', nameTransaction, () => limit(run as Work<T>, limits))
  }
  return {
    begin,
    watch,
    alone: (text, send) =>
      watch.step(
        'statement',
        () => nameStatement(text),
        () => (needsTransaction(text) ? begin(async (tx) => send(tx)) : limit(send, limits)),
      ),
  }
}

const nameTransaction = () => 'transaction'

function requireTime(call: Call): void {
  if (call.isGivenUp) throw new DatabaseSilence()
}

/** The driver itself fails the transaction whose statement failed. */
function ignore(): void {}
