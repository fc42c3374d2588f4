import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryCounter } from './memory-counter.ts'

const LIMIT = { calls: 3, seconds: 60 }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a counter in memory', () => {
  it('refuses the calls over the limit until the window ends, and says how long that is', async () => {
    const count = createMemoryCounter(LIMIT)
    for (let call = 0; call < 3; call++) expect(await count('a')).toBeNull()
    vi.advanceTimersByTime(10_500)
    expect(await count('a')).toEqual({ waitSeconds: 50, isFirst: true })
    expect(await count('a')).toEqual({ waitSeconds: 50, isFirst: false })
    expect(await count('b')).toBeNull()
    vi.advanceTimersByTime(49_499)
    expect(await count('a')).toEqual({ waitSeconds: 1, isFirst: false })
    vi.advanceTimersByTime(1)
    expect(await count('a')).toBeNull()
  })
})

describe('a counter in memory with too many keys', () => {
  const MOST = 50

  let floods = 0

  /** Counts one call for each of many new keys. */
  async function flood(count: ReturnType<typeof createMemoryCounter>, keys: number): Promise<void> {
    floods++
    for (let n = 0; n < keys; n++) await count(`flood ${floods} ${n}`)
  }

  it('forgets the oldest key with a single call', async () => {
    const count = createMemoryCounter({ calls: 1, seconds: 60 }, MOST)
    await count('single')
    await flood(count, MOST - 1)
    expect(await count('one more')).toBeNull()
    expect(await count('single')).toBeNull()
  })

  it('keeps a key over its limit refused, however many other keys come', async () => {
    const count = createMemoryCounter(LIMIT, MOST)
    for (let call = 0; call < 4; call++) await count('over')
    await flood(count, 20 * MOST)
    expect(await count('over')).toEqual({ waitSeconds: 60, isFirst: false })
  })

  it('keeps a key that goes on being counted', async () => {
    const count = createMemoryCounter(LIMIT, MOST)
    for (let call = 0; call < 3; call++) {
      expect(await count('guessed')).toBeNull()
      await flood(count, MOST - 1)
    }
    expect(await count('guessed')).toMatchObject({ isFirst: true })
  })

  it('forgets a key that was counted often and then no more', async () => {
    const count = createMemoryCounter(LIMIT, MOST)
    for (let call = 0; call < 3; call++) await count('idle')
    await flood(count, 3 * MOST)
    expect(await count('idle')).toBeNull()
  })

  describe('of which one was spared, and has ended before those in front of it', () => {
    /** Counts for three keys at most: the first one is spared for the others. */
    async function countWith(...others: string[]) {
      const count = createMemoryCounter({ calls: 1, seconds: 60 }, 3)
      for (const key of ['spared', 'spared']) await count(key)
      vi.advanceTimersByTime(30_000)
      for (const key of others) await count(key)
      vi.advanceTimersByTime(31_000)
      return count
    }

    it('forgets no other key when that one begins anew', async () => {
      const count = await countWith('forgotten', 'first', 'single')
      expect(await count('spared')).toBeNull()
      expect(await count('first')).not.toBeNull()
    })

    it('forgets that one for a new key, though it was over its limit', async () => {
      const count = await countWith('forgotten', 'over', 'over', 'single')
      expect(await count('new')).toBeNull()
      expect(await count('single')).not.toBeNull()
    })
  })

  it('also has room when every key is over its limit', async () => {
    const count = createMemoryCounter({ calls: 1, seconds: 60 }, MOST)
    for (let n = 0; n < 3 * MOST; n++) {
      expect(await count(`over ${n}`)).toBeNull()
      expect(await count(`over ${n}`)).not.toBeNull()
    }
  })
})
