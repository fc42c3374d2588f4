import { setTimeout as sleep } from 'node:timers/promises'
import {
  createMailingCore,
  createTestCore,
  moveIn,
  OLD_TOKENS,
  signUpWithFactors,
  startTestRedis,
  type TestCore,
  type TestCoreOptions,
} from '@latchkey/testkit'
import { Redis } from 'ioredis'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { NO_LIMITS } from '../src/words/rate-limits.ts'
import { DJANGO_HASH } from './support/made-up-source.ts'
import { rowsOf } from './support/rows.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})
afterAll(() => test.close())

function collectEvents() {
  const events: (string | undefined)[] = []
  const log = pino({}, { write: (line: string) => void events.push(JSON.parse(line).event) })
  return { log, events }
}

/** Starts and closes another server on the same database, and returns the events of its log. */
async function startWith(options: TestCoreOptions = {}): Promise<(string | undefined)[]> {
  const { log, events } = collectEvents()
  const other = await createTestCore({ database: test.database, log, ...options })
  await other.close()
  return events
}

describe('a start tells', () => {
  it('nothing of a database that needs nobody', async () => {
    expect(await startWith()).toEqual([])
  })

  it('of authenticator apps that were sealed under another secret', async () => {
    const { userId } = await signUpWithFactors(test, { totp: true })
    expect(await startWith()).toEqual(['totp_sealed_elsewhere'])
    await test.database.sql`delete from users where id = ${userId}`
  })

  it('what becomes of old tokens, unless it is told not to', async () => {
    await moveIn(test)
    const of = (events: (string | undefined)[]) => events.filter((event) => event?.startsWith('old_tokens'))
    expect(of(await startWith())).toEqual(['old_tokens_refused'])
    expect(of(await startWith({ oldTokens: OLD_TOKENS }))).toEqual([])
    expect(of(await startWith({ tellsOldTokens: false }))).toEqual([])
    await test.database.sql`delete from imported_sessions`
    expect(of(await startWith())).toEqual([])
    expect(of(await startWith({ oldTokens: OLD_TOKENS }))).toEqual(['old_tokens_needless'])
    await test.database.sql`delete from imports`
  })

  it('that the clock is not that of the database', async () => {
    const now = Date.now.bind(Date)
    vi.spyOn(Date, 'now').mockImplementation(() => now() + 20_000)
    expect(await startWith()).toContain('clocks_apart')
  })
})

describe('a core that was closed', () => {
  it('looks for other secrets and for housekeeping no more', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    let looks = 0
    const secretSource = async () => {
      looks++
      return null
    }
    const other = await createTestCore({ database: test.database, secretSource })
    expect(looks).toBe(1)
    vi.advanceTimersByTime(2000)
    expect(looks).toBe(2)
    await other.close()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('sends no more mail', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { log, events } = collectEvents()
    const other = await createMailingCore({ log })
    expect(vi.getTimerCount()).toBeGreaterThan(1)
    await other.close()
    expect(vi.getTimerCount()).toBe(0)
    expect(events).toEqual([])
  })

  it('has left the store of its counters', async () => {
    const redis = await startTestRedis()
    const admin = new Redis(redis.url)
    const clients = async () =>
      String(await admin.client('LIST'))
        .trim()
        .split('\n').length
    const throttle = { store: 'redis', redisUrl: redis.url, limits: NO_LIMITS } as const
    const other = await createTestCore({ database: test.database, throttle })
    await expect.poll(clients).toBe(2)
    await other.close()
    await expect.poll(clients).toBe(1)
    admin.disconnect()
    await redis.kill()
  })

  it('has read the shares of password hashes that it was reading to their end', async () => {
    const { log, events } = collectEvents()
    const other = await createTestCore({ database: test.database, log })
    await rowsOf(test.database).addUser({ password_hash: DJANGO_HASH })
    const holder = await test.database.sql.reserve()
    await holder`begin`
    await holder`lock table users in access exclusive mode`
    const reading = other.ctx.decoys.refresh()
    await test.database.waitForBlocked()
    const closed = other.close()
    // So the rest of the core has the time to close too early.
    await sleep(100)
    await holder`rollback`
    holder.release()
    await Promise.all([closed, reading])
    expect(events).toEqual([])
  })
})
