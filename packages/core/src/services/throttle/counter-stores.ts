import type { Redis } from 'ioredis'
import { type RateLimiterAbstract, RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible'
import type { Lane } from '../../database/lane.ts'
import { PREPARED } from '../../database/sender.ts'
import type { LimitName, RateLimit } from '../../words/rate-limits.ts'
import type { Outage } from './outage.ts'

/** Counters that several processes share. */
export interface SharedStore {
  open(name: LimitName, limit: RateLimit): RateLimiterAbstract
  close(): void
}

const COMMAND_TIMEOUT_MILLISECONDS = 500
const CONNECT_TIMEOUT_MILLISECONDS = 2000
const RECONNECT_MAX_MILLISECONDS = 2000

/** The settings of a limiter. A counter is stored under the name of its limit and the keyed hash of its subject. */
function describeLimiter(name: LimitName, { calls, seconds }: RateLimit) {
  return {
    keyPrefix: `latchkey:${name}`,
    points: calls,
    duration: seconds,
    // A key over its limit is refused from memory until the window ends, without asking the store.
    inMemoryBlockOnConsumed: calls + 1,
  }
}

/** How long to wait before an attempt to connect again, in milliseconds. Attempts count from 1. */
export function reconnectAfter(attempt: number): number {
  return Math.min(attempt * 100, RECONNECT_MAX_MILLISECONDS)
}

/**
 * Counts in Redis or Valkey.
 *
 * The store may be down. Calls then fail at once, and the connection is restored by itself.
 *
 * @param url - `redis://` or `rediss://`
 */
export async function openRedisStore(url: string): Promise<SharedStore> {
  // In the bundle, a package that is imported dynamically has only its default export.
  const { default: ioredis } = await import('ioredis')
  const client: Redis = new ioredis.Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MILLISECONDS,
    connectTimeout: CONNECT_TIMEOUT_MILLISECONDS,
    retryStrategy: reconnectAfter,
  })
  // The call that could not be counted reports the failure. Without a listener the library prints it.
  client.on('error', () => {})
  await client.connect().catch(() => {})
  return {
    open: (name, limit) => new RateLimiterRedis({ ...describeLimiter(name, limit), storeClient: client }),
    close: () => client.disconnect(),
  }
}

/**
 * Counts in a table of the server's database, through the server's pool.
 *
 * @param outage - a count that waited for a connection looks again whether the store is down, so that callers do not wait
 *   for a locked table one after another
 */
export function openPostgresStore(counters: Pick<Lane, 'alone'>, outage: Outage): SharedStore {
  const storeClient = {
    query: async ({ text, values }: { text: string; values: (string | number)[] }) => {
      const rows = await counters.alone(text, (client) => {
        if (outage.isPausing()) throw new Error('The counters did not answer before.')
        return client.unsafe(text, values, PREPARED)
      })
      return { rows, rowCount: rows.count }
    },
  }
  return {
    open: (name, limit) =>
      new RateLimiterPostgres({
        ...describeLimiter(name, limit),
        storeClient,
        storeType: 'client',
        tableName: 'throttle_counters',
        // The migrations create the table, and the housekeeping purges it.
        tableCreated: true,
        clearExpiredByTimeout: false,
      }),
    close: () => {},
  }
}
