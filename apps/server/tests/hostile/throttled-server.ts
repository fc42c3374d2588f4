import { NO_LIMITS, type RateLimit, type ThrottleLimits, type ThrottleSettings } from '@latchkey/core'
import type { TestDatabase } from '@latchkey/testkit'
import type { AppOptions } from '../../src/doors/app.ts'
import type { Answer } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

interface ThrottledOptions {
  store?: Pick<ThrottleSettings, 'store' | 'redisUrl'>
  app?: Partial<AppOptions['config']>
  database?: TestDatabase
}

/** Starts a server with throttles behind one trusted proxy, so that a test names the client address. */
export function startThrottledServer(
  limits: Partial<ThrottleLimits>,
  options: ThrottledOptions = {},
): Promise<TestServer> {
  const store = options.store ?? { store: 'memory', redisUrl: null }
  const throttle = { ...store, limits: { ...NO_LIMITS, ...limits } }
  const app = { trustedProxies: { hops: 1 }, ...options.app }
  return startTestServer({ app, core: { throttle, database: options.database } })
}

/** A limit per hour. No window ends while a test runs. */
export function perHour(calls: number): RateLimit {
  return { calls, seconds: 3600 }
}

/** The header in which a proxy names its client. */
export function from(address: string): { headers: Record<string, string> } {
  return { headers: { 'x-forwarded-for': address } }
}

/** Counts the answers that were not throttled. */
export function countPassed(answers: Answer[]): number {
  return answers.filter(({ status }) => status !== 429).length
}
