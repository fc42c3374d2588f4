import { createConnectionSet } from './connection-set.ts'
import { DatabaseSilence, type Limits, withDeadline } from './deadline.ts'
import { createGrowth } from './growth.ts'
import { tendConnections } from './left-backends.ts'
import { perform, type Work } from './perform.ts'
import { closeClient, type OpenOptions, type SingleConnection } from './single-connection.ts'

/** A pool of connections. It recovers from a database that stopped answering, and never grows over its size. */
export interface Pool {
  /**
   * Sends a statement or a whole transaction, and waits at most so long for its answer. What is given up is cancelled.
   *
   * @throws {DatabaseSilence} when no answer came in time
   */
  limit<T>(work: Work<T>, limits: Limits): Promise<T>
  /** Counts the connections and the callers now. */
  readonly load: PoolLoad
  /** Waits at most twelve seconds for running statements, and closes every connection. */
  close(): Promise<void>
}

/** The connections of a pool and its callers, at one moment. */
export interface PoolLoad {
  /** The connections that exist. */
  open: number
  /** Those with work, also work that was given up on. */
  busy: number
  /** The callers that wait for a connection. */
  waiting: number
}

/** A caller that waits for a connection. */
interface Waiter {
  resolve(connection: SingleConnection): void
  reject(error: unknown): void
}

const ASK_LIMITS = { totalMilliseconds: 5000, workMilliseconds: 2000 }
const DRAIN_MILLISECONDS = 5000

/**
 * Keeps a pool of connections, which are opened when callers need them.
 *
 * Each connection is a client of the driver of its own, and gets one statement at a time: a client with several
 * connections sends further statements behind one that is blocked, cannot drop one connection, and cannot cancel one
 * statement without the risk to cancel the next.
 */
export function keepPool(options: OpenOptions & { poolSize: number }): Pool {
  const waiting = new Set<Waiter>()
  const running = new Set<Promise<unknown>>()
  let isClosed = false
  const set = createConnectionSet(serve)
  const growth = createGrowth({ ...options, set, onFailure: refuseAll, onTime: serve })
  const stopTending = tendConnections(set, (text) => limit((client) => client.unsafe(text), ASK_LIMITS))

  function serve(): void {
    for (const waiter of waiting) {
      const connection = set.take()
      if (!connection) break
      waiting.delete(waiter)
      waiter.resolve(connection)
    }
    growth.grow(waiting.size)
  }

  function refuseAll(error: unknown): void {
    for (const { reject } of waiting) reject(error)
    waiting.clear()
  }

  async function waitForConnection(milliseconds: number): Promise<SingleConnection> {
    const { promise, resolve, reject } = Promise.withResolvers<SingleConnection>()
    const waiter = { resolve, reject }
    waiting.add(waiter)
    growth.grow(waiting.size)
    const timer = setTimeout(() => {
      if (waiting.delete(waiter)) reject(new DatabaseSilence())
    }, milliseconds)
    return promise.finally(() => clearTimeout(timer))
  }

  async function limit<T>(work: Work<T>, limits: Limits): Promise<T> {
    const { totalMilliseconds: total, workMilliseconds } = limits
    const calledAt = performance.now()
    const connection = set.take() ?? (await waitForConnection(total))
    const left = total - (performance.now() - calledAt)
    if (left <= 0) {
      set.giveBack(connection, false)
      throw new DatabaseSilence()
    }
    return perform(set, { connection, work, milliseconds: Math.min(workMilliseconds, left) })
  }

  return {
    async limit(work, limits) {
      if (isClosed) throw Object.assign(new Error('The pool is closed.'), { code: 'CONNECTION_ENDED' })
      const call = limit(work, limits)
      running.add(call)
      return call.finally(() => running.delete(call))
    },
    get load() {
      return { open: set.size, busy: set.listIn('busy', 'stuck').length, waiting: waiting.size }
    },
    async close() {
      isClosed = true
      await withDeadline(Promise.allSettled(running), DRAIN_MILLISECONDS).catch(() => undefined)
      growth.stop()
      stopTending()
      for (const { client } of set.listIn('stuck', 'leaving')) void client.end({ timeout: 0 })
      await Promise.all(set.listIn('idle', 'busy').map(({ client }) => closeClient(client)))
    },
  }
}
