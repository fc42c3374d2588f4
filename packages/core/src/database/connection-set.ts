import type { SingleConnection } from './single-connection.ts'

type State = SingleConnection['state']

/** The connections of one pool. A connection counts until its backend in PostgreSQL is gone. */
export interface ConnectionSet {
  readonly size: number
  /** Lists the connections in these states, the longest in its state first. */
  listIn(...states: State[]): SingleConnection[]
  /** Tells whether a connection is in one of these states. */
  has(...states: State[]): boolean
  /** Takes a connection without work; null when there is none. */
  take(): SingleConnection | null
  /** Adds an opened connection, or puts one back whose work has ended. */
  putIdle(connection: SingleConnection): void
  /**
   * Gives a connection back when its work has ended.
   *
   * @param isSpent - it must get no other work: it is broken, or a cancel request is on its way to it
   */
  giveBack(connection: SingleConnection, isSpent: boolean): void
  /** Notes that the work of a connection was given up, and has not ended. */
  giveUp(connection: SingleConnection): void
  /** Closes a connection. It counts until the server has closed it too, or {@link remove} is called. */
  leave(connection: SingleConnection, timeoutSeconds: number): void
  /** Notes that a backend is gone. */
  remove(connection: SingleConnection): void
  /** Notes that a socket has been closed by both sides. */
  noteClosed(connection: SingleConnection): void
}

const CLOSING_SECONDS = 1

/**
 * Keeps the connections of a pool.
 *
 * @param onFree - is called when a connection became free, or when there is room for another one
 */
export function createConnectionSet(onFree: () => void): ConnectionSet {
  const all = new Set<SingleConnection>()
  const idle: SingleConnection[] = []

  function enter(connection: SingleConnection, state: State): void {
    connection.state = state
    connection.since = performance.now()
  }

  function putIdle(connection: SingleConnection): void {
    all.add(connection)
    connection.state = 'idle'
    idle.push(connection)
    onFree()
  }

  function remove(connection: SingleConnection): void {
    if (connection.state === 'idle') idle.splice(idle.indexOf(connection), 1)
    if (all.delete(connection)) onFree()
  }

  function leave(connection: SingleConnection, timeoutSeconds: number): void {
    enter(connection, 'leaving')
    void connection.client.end({ timeout: timeoutSeconds })
  }

  return {
    get size() {
      return all.size
    },
    listIn: (...states) =>
      [...all].filter(({ state }) => states.includes(state)).sort((a, b) => a.since - b.since),
    has(...states) {
      for (const { state } of all) if (states.includes(state)) return true
      return false
    },
    take() {
      const connection = idle.pop() ?? null
      if (connection) connection.state = 'busy'
      return connection
    },
    putIdle,
    giveBack(connection, isSpent) {
      if (connection.state === 'leaving') return
      if (!connection.isOpen) remove(connection)
      // A cancel request that comes late would hit the next statement of this connection.
      else if (isSpent) leave(connection, CLOSING_SECONDS)
      else putIdle(connection)
    },
    giveUp(connection) {
      if (connection.state === 'busy') enter(connection, 'stuck')
    },
    leave,
    remove,
    noteClosed(connection) {
      // While it has work, the end of the work gives it back.
      if (connection.state === 'idle' || connection.state === 'leaving') remove(connection)
    },
  }
}
