import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimit } from '../../words/rate-limits.ts'
import type { Outage } from './outage.ts'

/** A call over a limit. */
export interface Excess {
  /** Whole seconds until the next call is let through. */
  waitSeconds: number
  /** Whether it is the first one over the limit in its window, as far as this process knows. */
  isFirst: boolean
}

/** Counts one call under a key; null when it is within the limit. */
export type Counter = (key: string) => Promise<Excess | null>

/** Counts in the memory of this process alone. */
export function createMemoryCounter(limit: RateLimit): Counter {
  const limiter = new RateLimiterMemory({ points: limit.calls, duration: limit.seconds })
  return async (key) => describe(await consume(limiter, key), limit)
}

/**
 * Counts in a store that several processes share, and in this one's memory while the store cannot be reached.
 *
 * A limit that fails open altogether is an invitation to take the store down first; one that fails closed makes the
 * store's outage everybody's. The test "Redis gone and back" holds this.
 */
export function createSharedCounter(limit: RateLimit, limiter: RateLimiterAbstract, outage: Outage): Counter {
  const countHere = createMemoryCounter(limit)
  return async (key) => {
    if (outage.isPausing()) return countHere(key)
    try {
      const result = await consume(limiter, key)
      // A key that is over its limit is refused from memory without asking the store, and says nothing about it.
      if (result.consumedPoints > 0) outage.end()
      return describe(result, limit)
    } catch (error) {
      outage.begin(error)
      return countHere(key)
    }
  }
}

async function consume(limiter: RateLimiterAbstract, key: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key)
  } catch (error) {
    if (error instanceof RateLimiterRes) return error
    throw error
  }
}

function describe(result: RateLimiterRes, limit: RateLimit): Excess | null {
  const { consumedPoints, msBeforeNext } = result
  // Refusals from memory have counted nothing.
  const isWithin = consumedPoints > 0 && consumedPoints <= limit.calls
  if (isWithin) return null
  return {
    waitSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
    isFirst: consumedPoints === limit.calls + 1,
  }
}
