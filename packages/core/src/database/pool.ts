import type postgres from 'postgres'
import { DatabaseSilence, STATEMENT_DEADLINE_MILLISECONDS, withDeadline } from './deadline.ts'

type Rows = postgres.RowList<postgres.Row[]>

/** Sends texts over the pool in use, alone or in a transaction. The driver's own pool may change between two calls. */
export interface Sender {
  unsafe(text: string, values?: postgres.ParameterOrJSON<never>[]): Promise<Rows>
  begin(work: (tx: Pick<Sender, 'unsafe'>) => Promise<Rows>): Promise<Rows>
}

/** A pool of connections. It recovers from a database that stopped answering. */
export interface Pool {
  /** Sends without a deadline: servers that start together wait for the one that sets up the mail queue. */
  patient: Sender
  /**
   * Sends a statement or a whole transaction, and waits at most five seconds for the answer.
   *
   * @throws {DatabaseSilence} when no answer came in time
   */
  limit<T>(send: (client: postgres.Sql) => PromiseLike<T>): Promise<T>
  /** Waits at most seven seconds for running statements, and closes every connection. */
  close(): Promise<void>
}

/**
 * Prepares a statement: PostgreSQL parses and plans it once per connection.
 *
 * The driver prepares an `unsafe` text only when told to, and Drizzle tells it not to (drizzle-team/drizzle-orm#6096).
 * An unprepared statement costs a second round trip and, for a rotation, three times the work in PostgreSQL. Statements
 * differ only in parameters, so they are few. A pool opened with `prepare: false` prepares none of them.
 */
export const PREPARED = { prepare: true }

const CLOSE_TIMEOUT_SECONDS = 5
const CLOSE_DEADLINE_MILLISECONDS = 7000

/**
 * Keeps one pool of the driver, and replaces the pool when it is silent.
 *
 * A pool is silent when one statement got no answer for five seconds and no other statement got one in that time. The
 * driver waits without end and cannot drop a single connection, so the whole pool is replaced.
 *
 * @param open - opens the first pool and each later one
 */
export function keepPool(open: () => postgres.Sql): Pool {
  let current = open()
  let heardAt = performance.now()
  const retired = new Set<Promise<void>>()

  function noteAnswer(client: postgres.Sql): void {
    if (client === current) heardAt = performance.now()
  }

  function noteSilence(client: postgres.Sql): void {
    const isSilent = performance.now() - heardAt >= STATEMENT_DEADLINE_MILLISECONDS
    if (client !== current || !isSilent) return
    const ending = closeClient(client).finally(() => retired.delete(ending))
    retired.add(ending)
    current = open()
    heardAt = performance.now()
  }

  return {
    patient: {
      unsafe: (text, values) => current.unsafe(text, values, PREPARED),
      begin: (work) => current.begin((tx) => work(tx)),
    },
    limit: async (send) => {
      const client = current
      try {
        const answer = await withDeadline(send(client), STATEMENT_DEADLINE_MILLISECONDS)
        noteAnswer(client)
        return answer
      } catch (error) {
        // A refusal is an answer too.
        if (error instanceof DatabaseSilence) noteSilence(client)
        else noteAnswer(client)
        throw error
      }
    },
    close: async () => {
      await Promise.all([closeClient(current), ...retired])
    },
  }
}

/** Waits for running statements and closes every connection of one pool of the driver, within seven seconds. */
export async function closeClient(client: postgres.Sql): Promise<void> {
  const ending = client.end({ timeout: CLOSE_TIMEOUT_SECONDS })
  await withDeadline(ending, CLOSE_DEADLINE_MILLISECONDS).catch(() => undefined)
}
