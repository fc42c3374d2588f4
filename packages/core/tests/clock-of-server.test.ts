import { createTestCore, createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { DAY_SECONDS } from '../src/words/time.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => database.drop())

function setClock(seconds: number): void {
  const now = performance.timeOrigin + performance.now() + seconds * 1000
  const since = performance.now()
  vi.spyOn(Date, 'now').mockImplementation(() => now + performance.now() - since)
}

async function start(clockToleranceSeconds?: number | null) {
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  return { lines, ...(await createTestCore({ database, log, clockToleranceSeconds })) }
}

it.each([DAY_SECONDS, -DAY_SECONDS])(
  'a server %i s apart from the database is not ready, and its log says why at the start',
  async (seconds) => {
    setClock(seconds)
    const { core, lines, close } = await start()
    expect(lines.join('')).toContain('clocks_apart')
    expect(await core.isReady()).toBe(false)
    expect((await core.takeCensus()).clockOffsetSeconds).toBeCloseTo(-seconds, -1)
    await close()
  },
)

it('with the tolerance off it is ready, and the log still says so', async () => {
  setClock(DAY_SECONDS)
  const { core, lines, close } = await start(null)
  expect(await core.isReady()).toBe(true)
  expect(lines.join('')).toContain('clocks_apart')
  await close()
})

it('a server whose clock agrees is ready, and says nothing', async () => {
  const { core, lines, close } = await start()
  expect(await core.isReady()).toBe(true)
  expect(lines).toEqual([])
  await close()
})
