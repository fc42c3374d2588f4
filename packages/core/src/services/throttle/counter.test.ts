import pino from 'pino'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSharedCounter } from './counter.ts'
import { openPostgresStore, reconnectAfter } from './counter-stores.ts'
import { type Outage, watchStore } from './outage.ts'

const LIMIT = { calls: 2, seconds: 60 }

afterEach(() => {
  vi.useRealTimers()
})

let lines: string[]
let outage: Outage
beforeEach(() => {
  lines = []
  outage = watchStore('store', pino({}, { write: (line: string) => void lines.push(line) }))
})

/** A limiter whose store answers as a test says. */
function limiterOf(answer: () => Promise<RateLimiterRes>) {
  const limiter = new RateLimiterMemory({ points: LIMIT.calls, duration: LIMIT.seconds })
  return Object.assign(limiter, { consume: answer })
}

describe('a counter in a shared store', () => {
  it('refuses the calls over the limit, and tells the first of them', async () => {
    const limiter = new RateLimiterMemory({ points: LIMIT.calls, duration: LIMIT.seconds })
    const count = createSharedCounter(LIMIT, limiter, outage)
    const answers = [await count('a'), await count('a'), await count('a'), await count('a')]
    expect(answers.slice(0, 2)).toEqual([null, null])
    expect(answers.slice(2)).toMatchObject([{ isFirst: true }, { isFirst: false }])
    expect(await count('b')).toBeNull()
  })

  it.each([
    [49_500, 50],
    [50_000, 50],
    [1, 1],
    [0, 1],
  ])('with %i ms left in the window tells to wait for %i s', async (milliseconds, waitSeconds) => {
    const limiter = limiterOf(() => Promise.reject(new RateLimiterRes(0, milliseconds, 3, false)))
    expect(await createSharedCounter(LIMIT, limiter, outage)('a')).toMatchObject({ waitSeconds })
  })

  it('that fails is left alone for a moment, says why in the log, and the process counts meanwhile', async () => {
    let asked = 0
    const limiter = limiterOf(() => {
      asked++
      return Promise.reject(new RangeError('refused'))
    })
    const count = createSharedCounter(LIMIT, limiter, outage)
    const answers = [await count('a'), await count('a'), await count('a')]
    expect(answers).toMatchObject([null, null, { isFirst: true }])
    expect(asked).toBe(1)
    expect(lines.map((line) => JSON.parse(line).reason)).toEqual(['refused'])
  })
})

it.each([
  [1, 100],
  [2, 200],
  [20, 2000],
  [10_000, 2000],
])('a Redis that is gone is looked for again, at attempt %i after %i ms', (attempt, milliseconds) => {
  expect(reconnectAfter(attempt)).toBe(milliseconds)
})

describe('a counter in PostgreSQL', () => {
  const open = (rows: object[], asked: string[]) => {
    const unsafe = async (text: string) => {
      asked.push(text)
      return Object.assign(rows, { count: rows.length })
    }
    const alone = async (_: string, work: (client: never) => unknown) => work({ unsafe } as never)
    return openPostgresStore({ alone: alone as never }, outage)
  }

  it('asks one statement for a call, and none later: the housekeeping purges the table', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const asked: string[] = []
    const store = open([{ points: 1, expire: Date.now() + 60_000 }], asked)
    const count = createSharedCounter(LIMIT, store.open('login', LIMIT), outage)
    expect(await count('a')).toBeNull()
    expect(asked).toHaveLength(1)
    expect(asked[0]).toContain('throttle_counters')
    expect(outage.isDown()).toBe(false)
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(asked).toHaveLength(1)
  })

  it('that waited for a connection asks nothing, once another count has found the store down', async () => {
    const asked: string[] = []
    const limiter = open([], asked).open('login', LIMIT)
    outage.begin(new Error('the table is locked'))
    await expect(limiter.consume('a')).rejects.toThrow('did not answer before')
    expect(asked).toEqual([])
  })
})
