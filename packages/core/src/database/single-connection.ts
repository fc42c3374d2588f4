import type postgres from 'postgres'
import { withDeadline } from './deadline.ts'

/** Makes a client of the driver that opens one connection at most. */
export type OpenClient = (onClose: () => void) => postgres.Sql

/** One connection to PostgreSQL. */
export interface SingleConnection {
  client: postgres.Sql
  /**
   * `stuck`: its work was given up and has not ended. `leaving`: it was closed, but its backend may still exist.
   */
  state: 'idle' | 'busy' | 'stuck' | 'leaving'
  /** When the state began, by `performance.now()`. */
  since: number
  /** False when its socket has been closed by both sides, so that its backend is gone. */
  isOpen: boolean
  /** Its backend by process and start: `4711/1764000000.123456`; null behind a transaction pooler. */
  backend: string | null
  /** Asks PostgreSQL to cancel what the connection does now. */
  cancel(): void
}

/** The keys by which the driver asks PostgreSQL to cancel. */
interface Backend {
  pid: number
  secret: number
}

/**
 * What a statement of the driver has besides its promise.
 *
 * `cancel()` of the driver drops its promise, so a refused connection would end the process. It also cancels only its own
 * statement, and the COMMIT of a transaction is a statement that the driver keeps to itself.
 */
interface Cancellable extends PromiseLike<postgres.RowList<postgres.Row[]>> {
  state: Backend
  canceller(target: { state: Backend; active: true }): Promise<void>
}

const CLOSE_TIMEOUT_SECONDS = 5
const CLOSE_DEADLINE_MILLISECONDS = 7000
const NAME_BACKEND = `select pid || '/' || extract(epoch from backend_start) as name
  from pg_catalog.pg_stat_activity where pid = pg_catalog.pg_backend_pid()`

/** How the connections of a pool are opened. */
export interface OpenOptions {
  open: OpenClient
  /** False behind a transaction pooler, whose backends belong to no client. */
  isDirect: boolean
  /** How long the opening may take. */
  openMilliseconds: number
}

/**
 * Opens a connection.
 *
 * @param onClose - is called when the socket of an open connection has been closed by both sides
 * @throws {DatabaseSilence} when the database did not answer in time
 */
export async function openConnection(
  options: OpenOptions,
  onClose: (connection: SingleConnection) => void,
): Promise<SingleConnection> {
  let connection: SingleConnection | undefined
  const client = options.open(() => {
    if (!connection) return
    connection.isOpen = false
    onClose(connection)
  })
  try {
    const first = client.unsafe(options.isDirect ? NAME_BACKEND : 'select 1') as unknown as Cancellable
    const [row] = await withDeadline(first, options.openMilliseconds)
    connection = {
      client,
      state: 'idle',
      since: performance.now(),
      isOpen: true,
      backend: row?.name ?? null,
      cancel: () => void first.canceller({ state: first.state, active: true }).catch(() => undefined),
    }
    return connection
  } catch (error) {
    void client.end({ timeout: 0 })
    throw error
  }
}

/** Waits for running statements and closes every connection of one client of the driver, within seven seconds. */
export async function closeClient(client: postgres.Sql): Promise<void> {
  const ending = client.end({ timeout: CLOSE_TIMEOUT_SECONDS })
  await withDeadline(ending, CLOSE_DEADLINE_MILLISECONDS).catch(() => undefined)
}
