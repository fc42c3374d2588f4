import { startTestRedis } from '@latchkey/testkit'
import pino from 'pino'
import { expect, it } from 'vitest'
import { createSharedCounter } from './counter.ts'
import { openRedisStore } from './counter-stores.ts'
import { watchStore } from './outage.ts'

it('the first call of a process is counted in Redis, so the start waits for the connection', async () => {
  const limit = { calls: 1, seconds: 60 }
  const redis = await startTestRedis()
  const store = await openRedisStore(redis.url)
  try {
    const outage = watchStore('redis', pino({ level: 'silent' }))
    expect(await createSharedCounter(limit, store.open('login', limit), outage)('a')).toBeNull()
    expect(outage.isDown()).toBe(false)
  } finally {
    store.close()
    await redis.kill()
  }
})
