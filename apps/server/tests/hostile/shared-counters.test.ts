import { createTestDatabase, startTestRedis } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { runServer, waitForAddress } from '../run-server.ts'
import { countPassed, from, perHour, startThrottledServer } from './throttled-server.ts'

const LIMIT = 37
const CALLS = 100
const json = { email: 'ada@example.com', password: 'wrong' }

/**
 * Sends 100 attempts at once, half of them to each of two server processes, and counts the passed ones.
 *
 * A store that gives no answer within half a second counts as down, and each process then counts by itself, as it should.
 * On a machine that stands still for so long the attempts are sent anew, to other servers.
 */
async function floodBoth(store: Record<string, string>): Promise<number> {
  for (;;) {
    const { passed, isStoreDown } = await floodOnce(store)
    if (!isStoreDown) return passed
  }
}

async function floodOnce(store: Record<string, string>): Promise<{ passed: number; isStoreDown: boolean }> {
  const database = await createTestDatabase()
  const env = {
    DATABASE_URL: database.url,
    MAIL: 'off',
    LOG_LEVEL: 'error',
    PASSWORD_HASH_MEMORY_KIB: '8',
    PASSWORD_HASH_PASSES: '1',
    TRUSTED_PROXIES: '1',
    THROTTLE_ANON: `${LIMIT}/h`,
    THROTTLE_LOGIN: 'off',
    THROTTLE_LOGIN_EMAIL: 'off',
    ...store,
  }
  const runs = [runServer(env), runServer(env)]
  const urls = await Promise.all(runs.map(waitForAddress))
  const calls = Array.from({ length: CALLS }, (_, i) =>
    // All addresses are of one /64: one client that changes its address with every call.
    call(`${urls[i % 2]}/login/`, { json, ...from(`2001:db8::${i.toString(16)}`) }),
  )
  const passed = countPassed(await Promise.all(calls))
  for (const run of runs) run.process.kill('SIGTERM')
  await Promise.all(runs.map(({ exit }) => exit))
  await database.drop()
  return { passed, isStoreDown: runs.some(({ output }) => output().includes('throttle_store_down')) }
}

describe(`of ${CALLS} calls at once exactly ${LIMIT} pass`, () => {
  it('in one process, counted in its memory', async () => {
    const server = await startThrottledServer({ anon: perHour(LIMIT) })
    const calls = Array.from({ length: CALLS }, () => call(`${server.url}/login/`, { json }))
    expect(countPassed(await Promise.all(calls))).toBe(LIMIT)
    await server.close()
  })

  it('over two processes, counted in PostgreSQL', async () => {
    expect(await floodBoth({ THROTTLE_STORE: 'postgres' })).toBe(LIMIT)
  })

  it('over two processes, counted in Redis', async () => {
    const redis = await startTestRedis()
    expect(await floodBoth({ REDIS_URL: redis.url })).toBe(LIMIT)
    await redis.kill()
  })
})
