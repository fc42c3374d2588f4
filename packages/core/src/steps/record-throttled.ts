import type { Context } from '../context.ts'
import type { UserId } from '../words/ids.ts'
import { MINUTE_SECONDS } from '../words/time.ts'
import { recordEvent } from './record-event.ts'

/** More keys than this at once are an attack of many addresses: the oldest are forgotten. */
const MAX_KEYS = 10_000

/** When each key was last recorded by this process, the oldest first; one list a set of limits. */
const recorded = new WeakMap<Context['db'], Map<string, number>>()

/** Requests that were refused for being too many. */
export interface ThrottledBurst {
  /** The name of the limit that was met, such as `login`; never an address. */
  limit: string
  /** What the limit counts by; kept in memory alone, to tell one burst from another. */
  key: string
  userId?: UserId
}

/**
 * Records that requests are being refused, at most once a minute for each limit and key in this process.
 *
 * A flood must not be answered by a flood of writes, so all but the first refusal of a minute cost a look into memory.
 */
export async function recordThrottled(ctx: Context, burst: ThrottledBurst): Promise<void> {
  const { limit, key, userId = null } = burst
  if (!isDue(ctx, `${limit} ${key}`)) return
  await recordEvent(ctx, ctx.db, { kind: 'throttled', userId, by: 'anyone', details: { limit } })
}

function isDue(ctx: Context, key: string): boolean {
  const times = recorded.get(ctx.db) ?? new Map<string, number>()
  recorded.set(ctx.db, times)
  const now = ctx.clock.epochSeconds()
  if (now - (times.get(key) ?? Number.NEGATIVE_INFINITY) < MINUTE_SECONDS) return false
  // Deleted first, so that the key moves to the end of the list.
  times.delete(key)
  times.set(key, now)
  const [oldest] = times.keys()
  if (times.size > MAX_KEYS && oldest !== undefined) times.delete(oldest)
  return true
}
