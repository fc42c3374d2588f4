import type { Context } from '../context.ts'
import type { UserId } from '../words/ids.ts'
import { MINUTE_SECONDS } from '../words/time.ts'
import { countEventOfHour } from './record-event.ts'

/** The most keys that are remembered. An attack from many networks has more, and then the oldest are forgotten. */
const MAX_KEYS = 10_000

/** When this process last recorded each key, oldest first; one list per database. */
const recorded = new WeakMap<Context['db'], Map<string, number>>()

/** A burst of requests over a limit. */
export interface ThrottledBurst {
  /** The name of the limit, such as `login`. */
  limit: string
  /** The key that the limit counts by. It stays in memory, where it separates one burst from another. */
  key: string
  userId?: UserId
}

/**
 * Records a burst, at most once per minute for each limit and key in this process.
 *
 * A flood of requests must not cause a flood of writes, so the later refusals of a minute only read memory.
 */
export async function recordThrottled(ctx: Context, burst: ThrottledBurst): Promise<void> {
  const { limit, key, userId = null } = burst
  if (!isDue(ctx, `${limit} ${key}`)) return
  const event = { kind: 'throttled', userId, by: 'anyone', details: { limit } } as const
  // A user has one row per limit and hour, also when an attacker has many keys.
  await countEventOfHour(ctx, ctx.db, event)
}

function isDue(ctx: Context, key: string): boolean {
  const times = recorded.get(ctx.db) ?? new Map<string, number>()
  recorded.set(ctx.db, times)
  const now = ctx.clock.epochSeconds()
  if (now - (times.get(key) ?? Number.NEGATIVE_INFINITY) < MINUTE_SECONDS) return false
  // Deleting the key first moves it to the end of the list.
  times.delete(key)
  times.set(key, now)
  const [oldest = key] = times.keys()
  if (times.size > MAX_KEYS) times.delete(oldest)
  return true
}
