import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimit } from '../../words/rate-limits.ts'
import { type Counter, createMemoryCounter, type Excess } from './memory-counter.ts'
import type { Outage } from './outage.ts'

export { type Counter, createMemoryCounter, type Excess } from './memory-counter.ts'

/**
 * Creates a counter in a store that several processes share. While the store is down, it counts in this process.
 *
 * If the limits failed open, an attacker would take the store down first. If they failed closed, every caller would
 * suffer from the outage. `hostile/redis-outage.test.ts` holds this.
 */
export function createSharedCounter(limit: RateLimit, limiter: RateLimiterAbstract, outage: Outage): Counter {
  const countHere = createMemoryCounter(limit)
  return async (key) => {
    if (outage.isPausing()) return countHere(key)
    try {
      const result = await consume(limiter, key)
      // A refusal from memory (0 points) did not ask the store, so it does not prove that the store is back.
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
  // A refusal from memory has counted nothing.
  const isWithin = consumedPoints > 0 && consumedPoints <= limit.calls
  if (isWithin) return null
  return {
    waitSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
    isFirst: consumedPoints === limit.calls + 1,
  }
}
