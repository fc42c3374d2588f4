import type { Redis } from 'ioredis'
import { type RateLimiterAbstract, RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible'
import { withDeadline } from '../../database/deadline.ts'
import type { Sender } from '../../database/pool.ts'
import type { LimitName, RateLimit } from '../../words/rate-limits.ts'

/** Counters that several processes share. */
export interface SharedStore {
  open(name: LimitName, limit: RateLimit): RateLimiterAbstract
  close(): void
}

const COMMAND_TIMEOUT_MILLISECONDS = 500
/** Longer than in Redis: a count waits for a connection behind the statements of operations. */
const STATEMENT_TIMEOUT_MILLISECONDS = 2000
const CONNECT_TIMEOUT_MILLISECONDS = 2000
const RECONNECT_MAX_MILLISECONDS = 2000

/** The name a counter has in a store: what is counted, then the hidden key. */
function describeLimiter(name: LimitName, { calls, seconds }: RateLimit) {
  return {
    keyPrefix: `latchkey:${name}`,
    points: calls,
    duration: seconds,
    // Whoever is over a limit is refused without another word to the store until the window ends.
    inMemoryBlockOnConsumed: calls + 1,
  }
}

/**
 * Counts in Redis or Valkey.
 *
 * It need not be there: calls fail at once while it is not, and the connection comes back by itself.
 *
 * @param url - `redis://` or `rediss://`
 */
export async function openRedisStore(url: string): Promise<SharedStore> {
  // Bundled, the package has its default export alone.
  const { default: ioredis } = await import('ioredis')
  const client: Redis = new ioredis.Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MILLISECONDS,
    connectTimeout: CONNECT_TIMEOUT_MILLISECONDS,
    retryStrategy: (attempt) => Math.min(attempt * 100, RECONNECT_MAX_MILLISECONDS),
  })
  // Failures are noticed where a call could not be counted; without a listener they would be printed.
  client.on('error', () => {})
  await client.connect().catch(() => {})
  return {
    open: (name, limit) => new RateLimiterRedis({ ...describeLimiter(name, limit), storeClient: client }),
    close: () => client.disconnect(),
  }
}

/** Counts in a table of the database the server has anyway, through its own pool. */
export function openPostgresStore(sql: Sender): SharedStore {
  const storeClient = {
    query: async ({ text, values }: { text: string; values: (string | number)[] }) => {
      const rows = await withDeadline(sql.unsafe(text, values), STATEMENT_TIMEOUT_MILLISECONDS)
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
        // The migrations made it, and the housekeeping purges it.
        tableCreated: true,
        clearExpiredByTimeout: false,
      }),
    close: () => {},
  }
}
