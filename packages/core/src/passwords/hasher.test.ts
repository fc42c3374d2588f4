import { FAST_HASH } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { createHasher } from './hasher.ts'

const SLOW_HASH = { memoryKib: 8192, passes: 2, lanes: 1 }
const ROOMY = { concurrency: 2, queue: 100 }

describe('a hash', () => {
  it('is Argon2id with the parameters that were set, salted anew each time', async () => {
    const hasher = await createHasher({ memoryKib: 16, passes: 3, lanes: 2 }, ROOMY)
    const [one, other] = [await hasher.hash('secret'), await hasher.hash('secret')]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=16,t=3,p=2\$[A-Za-z0-9+/]{22,}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(other)
  })

  it('matches its password alone', async () => {
    const hasher = await createHasher(FAST_HASH, ROOMY)
    const stored = await hasher.hash('pässwörd 🔑')
    expect(await hasher.verify(stored, 'pässwörd 🔑')).toBe(true)
    for (const other of ['', 'pässwörd', 'pässwörd 🔑 ', 'PÄSSWÖRD 🔑', 'pässwörd 🔑\0']) {
      expect(await hasher.verify(stored, other)).toBe(false)
    }
  })

  it('reads past a NUL and past 72 bytes', async () => {
    const hasher = await createHasher(FAST_HASH, ROOMY)
    expect(await hasher.verify(await hasher.hash('secret\0one'), 'secret\0two')).toBe(false)
    const long = 'x'.repeat(127)
    expect(await hasher.verify(await hasher.hash(`${long}a`), `${long}b`)).toBe(false)
  })

  it('is outdated when any parameter differs', async () => {
    const stored = await (await createHasher(FAST_HASH, ROOMY)).hash('secret')
    for (const [changes, outdated] of [
      [{}, false],
      [{ memoryKib: 16 }, true],
      [{ memoryKib: 80 }, true],
      [{ passes: 2 }, true],
      [{ passes: 11 }, true],
      [{ lanes: 2, memoryKib: 16 }, true],
    ] as const) {
      const hasher = await createHasher({ ...FAST_HASH, ...changes }, ROOMY)
      expect(hasher.isOutdated(stored)).toBe(outdated)
      expect(await hasher.verify(stored, 'secret')).toBe(true)
    }
  })
})

describe('no hash at all', () => {
  it('costs one like any other, and matches nothing', async () => {
    const hasher = await createHasher(SLOW_HASH, ROOMY)
    const stored = await hasher.hash('secret')
    const before = hasher.count
    expect(await hasher.verify(null, 'secret')).toBe(false)
    expect(hasher.count - before).toBe(1)
    // The work of this process alone: what else the machine does is not measured.
    const workOf = async (hash: string | null) => {
      const started = process.cpuUsage()
      for (let i = 0; i < 20; i++) await hasher.verify(hash, 'wrong')
      return process.cpuUsage(started).user
    }
    await workOf(null)
    const ratio = (await workOf(null)) / (await workOf(stored))
    expect(ratio).toBeGreaterThan(0.4)
    expect(ratio).toBeLessThan(2.5)
  })
})

describe('too many at once', () => {
  it('wait in a queue, and past it are refused with a time to come back, unhashed', async () => {
    const hasher = await createHasher(SLOW_HASH, { concurrency: 2, queue: 3 })
    const answers = await Promise.allSettled(Array.from({ length: 9 }, () => hasher.hash('secret')))
    expect(answers.map((answer) => answer.status)).toEqual([
      ...Array.from({ length: 5 }, () => 'fulfilled'),
      ...Array.from({ length: 4 }, () => 'rejected'),
    ])
    for (const answer of answers.slice(5)) {
      expect(answer).toMatchObject({ reason: { code: 'unavailable', retryAfterSeconds: 1 } })
    }
    expect(hasher.count).toBe(5)
    await expect(hasher.verify(null, 'secret')).resolves.toBe(false)
  })

  it('run so many side by side and no more', async () => {
    const hasher = await createHasher(SLOW_HASH, { concurrency: 1, queue: 20 })
    const order: number[] = []
    await Promise.all(Array.from({ length: 10 }, (_, i) => hasher.hash('x').then(() => order.push(i))))
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('are refused from the first where nothing may wait', async () => {
    const hasher = await createHasher(SLOW_HASH, { concurrency: 1, queue: 0 })
    const answers = await Promise.allSettled([hasher.hash('x'), hasher.hash('x')])
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected'])
  })

  it('get their turn also after a hash that cannot be read', async () => {
    const hasher = await createHasher(FAST_HASH, { concurrency: 1, queue: 5 })
    await expect(hasher.verify('no hash', 'x')).rejects.toThrow()
    await expect(hasher.verify('$argon2id$v=19$m=8,t=1,p=1$', 'x')).rejects.toThrow()
    await expect(hasher.verify(null, 'x')).resolves.toBe(false)
  })
})
