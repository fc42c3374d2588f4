import { createTestDatabase, findRedisProgram, startTestRedis, type TestRedis } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { countPassed, from, perHour, startThrottledServer } from './throttled-server.ts'

const LIMIT = 37
const CALLS = 100
const program = findRedisProgram()

/** Sends 100 attempts at once, half of them to each server, and counts how many got through. */
async function floodBoth(store: 'postgres' | 'redis', redisUrl: string | null): Promise<number> {
  const database = await createTestDatabase()
  const options = { store: { store, redisUrl }, database }
  const limits = { anon: perHour(LIMIT), login: perHour(CALLS) }
  const servers = [await startThrottledServer(limits, options), await startThrottledServer(limits, options)]
  const json = { email: 'ada@example.com', password: 'wrong' }
  const calls = Array.from({ length: CALLS }, (_, i) =>
    call(`${servers[i % 2]?.url}/login/`, { json, ...from(`2001:db8::${i.toString(16)}`) }),
  )
  const passed = countPassed(await Promise.all(calls))
  await Promise.all(servers.map((server) => server.close()))
  await database.drop()
  return passed
}

describe(`of ${CALLS} calls at once exactly ${LIMIT} pass`, () => {
  it('in one process, counted in its memory', async () => {
    const server = await startThrottledServer({ anon: perHour(LIMIT) })
    const json = { email: 'ada@example.com', password: 'wrong' }
    const calls = Array.from({ length: CALLS }, () => call(`${server.url}/login/`, { json }))
    expect(countPassed(await Promise.all(calls))).toBe(LIMIT)
    await server.close()
  })

  it('over two servers, counted in PostgreSQL', async () => {
    expect(await floodBoth('postgres', null)).toBe(LIMIT)
  })

  describe.skipIf(program === null)('over two servers', () => {
    let redis: TestRedis
    beforeAll(async () => {
      redis = await startTestRedis(program as string)
    })
    afterAll(() => redis.kill())

    it('counted in Redis', async () => {
      expect(await floodBoth('redis', redis.url)).toBe(LIMIT)
    })
  })
})
