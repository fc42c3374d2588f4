import { createHashGate, FAST_HASH, waitUntil } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { UNWATCHED, type Watch } from '../words/watch.ts'
import { ARGON2, type HashFunction } from './hash-function.ts'
import { createHasher } from './hasher.ts'

const ROOMY = { concurrency: 2, queue: 100 }

describe('a hash', () => {
  it('is Argon2id with the configured parameters and a new salt each time', async () => {
    const hasher = await createHasher({ memoryKib: 16, passes: 3, lanes: 2 }, ROOMY)
    const [one, other] = [await hasher.hash('secret'), await hasher.hash('secret')]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=16,t=3,p=2\$[A-Za-z0-9+/]{22,}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(other)
  })

  it('matches its own password and no other', async () => {
    const hasher = await createHasher(FAST_HASH, ROOMY)
    const stored = await hasher.hash('pässwörd 🔑')
    expect(await hasher.verify(stored, 'pässwörd 🔑')).toBe(true)
    for (const other of ['', 'pässwörd', 'pässwörd 🔑 ', 'PÄSSWÖRD 🔑', 'pässwörd 🔑\0']) {
      expect(await hasher.verify(stored, other)).toBe(false)
    }
  })

  it('with a given salt is the same for the same password, and matches it', async () => {
    const hasher = await createHasher(FAST_HASH, ROOMY)
    const salt = Buffer.alloc(16, 7)
    const stored = await hasher.hash('secret', salt)
    expect(await hasher.hash('secret', salt)).toBe(stored)
    expect(await hasher.hash('other', salt)).not.toBe(stored)
    expect(await hasher.verify(stored, 'secret')).toBe(true)
  })

  it('made like a stored one equals it for the same password only, also after the parameters changed', async () => {
    const former = await createHasher({ memoryKib: 32, passes: 3, lanes: 2 }, ROOMY)
    const hasher = await createHasher(FAST_HASH, ROOMY)
    for (const stored of [await former.hash('secret'), await hasher.hash('secret')]) {
      expect(await hasher.hashLike(stored, 'secret')).toBe(stored)
      expect(await hasher.hashLike(stored, 'other')).not.toBe(stored)
    }
  })

  it.each([null, '', 'x', '$argon2id$v=19$'])(
    'made like %j is one hash with the present parameters',
    async (stored) => {
      const hasher = await createHasher(FAST_HASH, ROOMY)
      const { count } = hasher
      const made = await hasher.hashLike(stored, 'secret')
      expect(hasher.isOutdated(made)).toBe(false)
      expect(hasher.count - count).toBe(1)
    },
  )

  it('covers the whole password, past a NUL and past 72 bytes', async () => {
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

/** Creates an Argon2 that records the parameters of each verification: the part of the hash before the salt. */
function createRecorder() {
  const work: string[] = []
  const verify: HashFunction['verify'] = (stored, password) => {
    work.push(stored.split('$').slice(0, 4).join('$'))
    return ARGON2.verify(stored, password)
  }
  return { work, argon2: { ...ARGON2, verify } }
}

describe('a verification without a stored hash', () => {
  it('computes one decoy hash with the same parameters, and matches no password', async () => {
    const { work, argon2 } = createRecorder()
    const hasher = await createHasher({ memoryKib: 16, passes: 3, lanes: 2 }, ROOMY, argon2)
    const stored = await hasher.hash('secret')
    for (const [hash, password] of [
      [stored, 'secret'],
      [stored, 'wrong'],
      [null, 'secret'],
      [null, ''],
    ] as const) {
      const before = hasher.count
      work.length = 0
      expect(await hasher.verify(hash, password)).toBe(hash !== null && password === 'secret')
      expect(work).toEqual(['$argon2id$v=19$m=16,t=3,p=2'])
      expect(hasher.count - before).toBe(1)
    }
  })
})

describe('a decoy', () => {
  const foreign = `pbkdf2_sha256$1000$salt$${Buffer.alloc(32).toString('base64')}`

  /** Verifies against no hash, and lists the names of the work that is done. */
  async function workOf(decoy: string): Promise<string[]> {
    const names: string[] = []
    const watch: Watch = {
      ...UNWATCHED,
      step: (_, name, run) => {
        names.push(name())
        return run()
      },
    }
    const hasher = await createHasher(FAST_HASH, ROOMY, ARGON2, watch)
    expect(await hasher.verify(null, 'secret', { decoy })).toBe(false)
    return names
  }

  it('is the work that is done in place of a hash that is none', async () => {
    expect(await workOf(foreign)).toEqual(['pbkdf2'])
  })

  it('that can be checked by nothing costs a hash of ours', async () => {
    for (const text of ['!', 'x', 'pbkdf2_sha256$']) expect(await workOf(text)).toEqual(['argon2id'])
  })

  it('matches nobody, also with the password that it was made from', async () => {
    const hasher = await createHasher(FAST_HASH, ROOMY)
    const decoy = await hasher.hash('secret')
    for (const stored of [null, '!']) expect(await hasher.verify(stored, 'secret', { decoy })).toBe(false)
  })
})

it('a hash that can be checked is told from one that cannot, and its check complains of nothing', async () => {
  const hasher = await createHasher(FAST_HASH, ROOMY)
  const stored = await hasher.hash('secret')
  const complaints: string[] = []
  const onUnreadable = (reason: string) => complaints.push(reason)
  for (const typed of ['secret', 'wrong']) await hasher.verify(stored, typed, { onUnreadable })
  expect(complaints).toEqual([])
  expect(hasher.canCheck(stored)).toBe(true)
  for (const text of ['!', 'x', '$argon2id$v=19$']) expect(hasher.canCheck(text)).toBe(false)
})

it('a hash function whose hashes cannot be read stops the start', async () => {
  const hash = async () => '$2b$10$x'
  await expect(createHasher(FAST_HASH, ROOMY, { ...ARGON2, hash })).rejects.toThrow('cannot be read')
})

describe('a verification against a stored text that is no hash', () => {
  it.each([
    ['no hash', ['unknown_hash']],
    ['pbkdf2_sha256$600000$salt$hash', ['unreadable']],
    ['pbkdf2_sha256$10000001$salt$fhM8vjKcKLWUE8BuOB7NVn1KVRraI0F4dwBdDkvt8KI=', ['too_costly']],
    ['5ba90f8276dfea9707851ba5594fa58c', ['weak_hash']],
    ['$2b$12$eIXqIXqIXqIXqIXqIXqIXu', ['unreadable']],
    ['$argon2id$v=19$m=8,t=1,p=1$', ['unreadable']],
    ['$argon2id$v=19$m=0,t=0,p=0$c2FsdHNhbHQ$aGFzaA', ['unreadable']],
    ['latchkey-firebase$n=14,r=8,p=1$Bw==$$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9A==', ['no_signer_key']],
    // A user without a password is no fault.
    ['', []],
    ['!', []],
    ['!oRXUZpd8t6ZFY8R4cYxkU5FACKCWOdwEc7ENZRAq', []],
  ])('matches no password, computes one decoy hash, and says why: %j', async (stored, reasons) => {
    const { work, argon2 } = createRecorder()
    const hasher = await createHasher({ memoryKib: 16, passes: 3, lanes: 2 }, ROOMY, argon2)
    const given: string[] = []
    expect(await hasher.verify(stored, stored, { onUnreadable: (reason) => given.push(reason) })).toBe(false)
    expect(given).toEqual(reasons)
    expect(work.at(-1)).toBe('$argon2id$v=19$m=16,t=3,p=2')
    expect(hasher.count).toBe(1)
  })
})

describe('a text that the bounds let through and the library refuses', () => {
  const refused = `scrypt$16384$salt$8$1$${Buffer.alloc(64).toString('base64')}`

  it('as a stored hash and as a decoy matches no password, and a decoy hash is computed', async () => {
    const { work, argon2 } = createRecorder()
    const verifyForeign = () => Promise.reject(new RangeError('Invalid scrypt params'))
    const functions = { ...argon2, verifyForeign }
    const hasher = await createHasher({ memoryKib: 16, passes: 3, lanes: 2 }, ROOMY, functions)
    for (const [stored, decoy] of [
      [refused, null],
      [null, refused],
      [refused, refused],
    ] as const) {
      work.length = 0
      expect(await hasher.verify(stored, 'secret', { decoy })).toBe(false)
      expect(work).toEqual(['$argon2id$v=19$m=16,t=3,p=2'])
    }
  })
})

describe('many hashes at once', () => {
  it('wait in a queue; a call past the queue is refused with Retry-After and hashes nothing', async () => {
    const hasher = await createHasher(FAST_HASH, { concurrency: 2, queue: 3 })
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

  it.each([1, 3])('run at most %i at a time, in the order of the calls', async (concurrency) => {
    const gate = createHashGate()
    const hasher = await createHasher(FAST_HASH, { concurrency, queue: 20 }, gate.argon2)
    gate.shut()
    const order: number[] = []
    const hashes = Array.from({ length: 10 }, (_, i) => hasher.hash('x').then(() => order.push(i)))
    await waitUntil(() => gate.running === concurrency, 'the slots to be taken')
    expect(order).toEqual([])
    gate.open()
    await Promise.all(hashes)
    expect(gate.most).toBe(concurrency)
    if (concurrency === 1) expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('are refused without waiting when the queue has length 0', async () => {
    const hasher = await createHasher(FAST_HASH, { concurrency: 1, queue: 0 })
    const answers = await Promise.allSettled([hasher.hash('x'), hasher.hash('x')])
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected'])
  })

  it('go on after the hash function itself has failed', async () => {
    const verify = () => Promise.reject(new Error('out of memory'))
    const hasher = await createHasher(FAST_HASH, { concurrency: 1, queue: 5 }, { ...ARGON2, verify })
    await expect(hasher.verify(null, 'x')).rejects.toThrow('out of memory')
    await expect(hasher.verify(null, 'x')).rejects.toThrow('out of memory')
    await expect(hasher.hash('x')).resolves.toMatch(/^\$argon2id\$/)
  })
})
