import { startTestRedis, type TestRedis, waitUntil } from '@latchkey/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import type { TestServer } from '../test-server.ts'
import { countPassed, from, perHour, startThrottledServer } from './throttled-server.ts'

const rejections: unknown[] = []
const note = (reason: unknown) => void rejections.push(reason)
beforeAll(() => void process.on('unhandledRejection', note))
afterAll(() => void process.off('unhandledRejection', note))

let server: TestServer
afterEach(async () => {
  await server.close()
  expect(rejections).toEqual([])
})

describe('an outage of Redis', () => {
  let redis: TestRedis
  beforeEach(async () => {
    redis = await startTestRedis()
  })
  afterEach(() => redis.kill())

  const attempt = (client: string) =>
    call(`${server.url}/login/`, { json: { email: 'ada@example.com', password: 'wrong' }, ...from(client) })
  const attempts = async (client: string, count: number) =>
    countPassed(await Promise.all(Array.from({ length: count }, () => attempt(client))))
  const logged = (event: string) => server.coreLogLines.filter((line) => line.includes(event))

  it('is logged once, the process counts in memory meanwhile, and the connection comes back by itself', async () => {
    const store = { store: 'redis' as const, redisUrl: redis.url }
    server = await startThrottledServer({ anon: perHour(5) }, { store })
    expect(await attempts('192.0.2.1', 10)).toBe(5)
    await redis.kill()
    // The process counts from zero in its own memory. It always counts, and never answers with a fault.
    for (const client of ['192.0.2.2', '192.0.2.3']) expect(await attempts(client, 10)).toBe(5)
    expect(logged('throttle_store_down')).toHaveLength(1)
    await redis.restart()
    await waitUntil(async () => {
      await attempt('192.0.2.9')
      return logged('throttle_store_back').length > 0
    }, 'the store to be used again')
    expect(await attempts('192.0.2.4', 10)).toBe(5)
    expect(logged('throttle_store_down')).toHaveLength(1)
  })

  it('does not keep a server from starting', async () => {
    await redis.kill()
    const store = { store: 'redis' as const, redisUrl: redis.url }
    server = await startThrottledServer({ anon: perHour(3) }, { store })
    expect(await attempts('192.0.2.1', 8)).toBe(3)
  })
})
