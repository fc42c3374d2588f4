import type postgres from 'postgres'
import { DatabaseSilence, STATEMENT_DEADLINE_MILLISECONDS, withDeadline } from './deadline.ts'

type Rows = postgres.RowList<postgres.Row[]>

/** Sends a text, alone or within a transaction, to whichever pool of the driver is in use. */
export interface Sender {
  unsafe(text: string, values?: postgres.ParameterOrJSON<never>[]): Promise<Rows>
  begin(work: (tx: Pick<Sender, 'unsafe'>) => Promise<Rows>): Promise<Rows>
}

/** A pool of connections that outlives a database which fell silent. */
export interface Pool {
  /** Waits as long as it takes: servers that start together wait for the one that sets up the mail queue. */
  patient: Sender
  /**
   * Sends a statement or a whole transaction, and waits for it five seconds.
   *
   * @throws {DatabaseSilence} when there is no answer by then
   */
  limit<T>(send: (client: postgres.Sql) => PromiseLike<T>): Promise<T>
  /** Lets what runs finish, at most seven seconds. */
  close(): Promise<void>
}

/**
 * Has a statement parsed and planned once a connection.
 *
 * The driver prepares no `unsafe` text unless it is told, and Drizzle tells it not to (drizzle-team/drizzle-orm#6096).
 * That costs a second round trip and, for a rotation, three times the work in PostgreSQL. Statements differ only in
 * parameters, so they stay few. A pool opened with `prepare: false` prepares nothing all the same.
 */
export const PREPARED = { prepare: true }

const CLOSE_TIMEOUT_SECONDS = 5
const CLOSE_DEADLINE_MILLISECONDS = 7000

/**
 * Keeps a pool of the driver's and replaces it when it is silent.
 *
 * The driver waits for ever, and cannot drop one of its connections: so the pool of connections is given up as a
 * whole. Silent is a pool in which a statement found no answer in time and no other one did since it was sent.
 *
 * @param open - opens the first pool and every later one
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

/** Lets what runs finish, and waits no longer than that takes at most. */
export async function closeClient(client: postgres.Sql): Promise<void> {
  const ending = client.end({ timeout: CLOSE_TIMEOUT_SECONDS })
  await withDeadline(ending, CLOSE_DEADLINE_MILLISECONDS).catch(() => undefined)
}
