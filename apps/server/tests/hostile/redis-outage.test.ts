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

let clients = 0
/** A client in a network of its own. */
const newClient = () => `2001:db8:${(++clients).toString(16)}::1`

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

  const waitForStore = () =>
    waitUntil(async () => {
      await attempt(newClient())
      return logged('throttle_store_back').length === logged('throttle_store_down').length
    }, 'the store to be used again')

  /**
   * Makes attempts of one client, which the store counts, and counts those that passed.
   *
   * A store that gives no answer within half a second counts as down, as it should. On a machine that stands still for so
   * long another client makes them anew.
   */
  async function attemptsInStore(count: number): Promise<number> {
    for (;;) {
      const before = logged('throttle_store_down').length
      const passed = await attempts(newClient(), count)
      if (logged('throttle_store_down').length === before) return passed
      await waitForStore()
    }
  }

  it('is logged once, the process counts in memory meanwhile, and the connection comes back by itself', async () => {
    const store = { store: 'redis' as const, redisUrl: redis.url }
    server = await startThrottledServer({ anon: perHour(5) }, { store })
    expect(await attemptsInStore(10)).toBe(5)
    const before = logged('throttle_store_down').length
    await redis.kill()
    // The process counts from zero in its own memory. It always counts, and never answers with a fault.
    for (const client of [newClient(), newClient()]) expect(await attempts(client, 10)).toBe(5)
    expect(logged('throttle_store_down')).toHaveLength(before + 1)
    await redis.restart()
    await waitForStore()
    expect(logged('throttle_store_down')).toHaveLength(before + 1)
    expect(await attemptsInStore(10)).toBe(5)
  })

  it('does not keep a server from starting', async () => {
    await redis.kill()
    const store = { store: 'redis' as const, redisUrl: redis.url }
    server = await startThrottledServer({ anon: perHour(3) }, { store })
    expect(await attempts(newClient(), 8)).toBe(3)
  })
})
