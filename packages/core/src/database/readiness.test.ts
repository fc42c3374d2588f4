import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Database } from './connection.ts'
import { createReadiness } from './readiness.ts'

let test: TestCore
beforeEach(async () => {
  test = await createTestCore()
})
afterEach(async () => {
  vi.useRealTimers()
  await test.close()
})

/** The database of the test, which counts its statements and may be stopped. */
function watchDatabase() {
  const watched = { statements: 0, isSilent: false, isDown: false }
  const execute: Database['execute'] = (query) => {
    watched.statements++
    if (watched.isSilent) return new Promise(() => {}) as never
    if (watched.isDown) return Promise.reject(new Error('ECONNREFUSED')) as never
    return test.ctx.db.execute(query)
  }
  return { watched, isReady: createReadiness({ execute } as Database) }
}

const ask = (isReady: () => Promise<boolean>, times: number) =>
  Promise.all(Array.from({ length: times }, () => isReady()))

it('asked 300 times at once and one after another, the database gets one statement per second', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  const { watched, isReady } = watchDatabase()
  for (let second = 1; second <= 3; second++) {
    for (let i = 0; i < 3; i++) expect(new Set(await ask(isReady, 100))).toEqual(new Set([true]))
    expect(watched.statements).toBe(second)
    vi.advanceTimersByTime(1000)
  }
})

it('a database that is down is asked once per second too, and the answer turns within a second of each change', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  const { watched, isReady } = watchDatabase()
  expect(await isReady()).toBe(true)
  watched.isDown = true
  vi.advanceTimersByTime(1000)
  for (let i = 0; i < 3; i++) expect(new Set(await ask(isReady, 100))).toEqual(new Set([false]))
  expect(watched.statements).toBe(2)
  watched.isDown = false
  vi.advanceTimersByTime(1000)
  expect(await isReady()).toBe(true)
})

it('a silent database is given up on after two seconds, by all that wait for its one statement', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  const { watched, isReady } = watchDatabase()
  watched.isSilent = true
  const first = ask(isReady, 100)
  await vi.advanceTimersByTimeAsync(1500)
  const later = ask(isReady, 100)
  await vi.advanceTimersByTimeAsync(500)
  expect(new Set(await Promise.all([first, later].flat()).then((all) => all.flat()))).toEqual(
    new Set([false]),
  )
  expect(watched.statements).toBe(1)
})
