import { createTestCore, newEmail, startTestRedis } from '@latchkey/testkit'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { countAnonymousCall } from '../src/steps/count-calls.ts'
import { countMail } from '../src/steps/count-mail.ts'
import { countLogin } from '../src/steps/count-passwords.ts'
import { recordThrottled } from '../src/steps/record-throttled.ts'
import { NO_LIMITS } from '../src/words/rate-limits.ts'

const REMEMBERED_BURSTS = 10_000

describe('the bursts that a process remembers', () => {
  it('are at most 10,000: the oldest is forgotten and recorded again', async () => {
    const test = await createTestCore()
    try {
      let recorded = 0
      const row = { values: () => ({ onConflictDoUpdate: async () => void recorded++ }) }
      const db = { insert: () => row } as unknown as Context['db']
      const ctx = { ...test.contextOf({ userAgent: null }), db }
      const burst = (n: number) => recordThrottled(ctx, { limit: 'anon', key: `client ${n}` })
      for (let n = 0; n <= REMEMBERED_BURSTS; n++) await burst(n)
      expect(recorded).toBe(REMEMBERED_BURSTS + 1)
      await burst(REMEMBERED_BURSTS)
      expect(recorded).toBe(REMEMBERED_BURSTS + 1)
      await burst(0)
      expect(recorded).toBe(REMEMBERED_BURSTS + 2)
    } finally {
      await test.close()
    }
  })
})

describe('the counters in Redis', () => {
  it('each expire with their window', async () => {
    const redis = await startTestRedis()
    const limit = { calls: 100, seconds: 3600 }
    const limits = { ...NO_LIMITS, anon: limit, login: limit, loginEmail: limit, mail: limit }
    const test = await createTestCore({ throttle: { store: 'redis', redisUrl: redis.url, limits } })
    const client = new Redis(redis.url)
    try {
      for (let n = 0; n < 5; n++) {
        const ctx = test.contextOf({ ip: `2001:db8:${n}::1` })
        await countAnonymousCall(ctx)
        await countLogin(ctx, newEmail())
        await countMail(ctx, newEmail())
      }
      const keys = await client.keys('*')
      expect(keys).toHaveLength(20)
      for (const key of keys) {
        const seconds = await client.ttl(key)
        expect(seconds).toBeGreaterThan(0)
        expect(seconds).toBeLessThanOrEqual(limit.seconds)
      }
    } finally {
      client.disconnect()
      await test.close()
      await redis.kill()
    }
  })
})
