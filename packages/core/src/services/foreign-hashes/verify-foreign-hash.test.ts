import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import { FAST_HASH, FIREBASE_SIGNER_KEY, listDjangoHashes, listForeignHashes } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { readForeignHash } from '../../words/foreign-hash.ts'
import { spoilHash } from '../../words/foreign-hashes/spoil-hash.ts'
import { createHasher } from '../hasher.ts'
import { digestWeakly } from './digest-weakly.ts'
import { verifyForeignHash } from './verify-foreign-hash.ts'
import { wrapWeakHash } from './wrap-weak-hash.ts'

const hasher = await createHasher(
  { ...FAST_HASH, firebaseSignerKey: Buffer.from(FIREBASE_SIGNER_KEY, 'base64') },
  { concurrency: 2, queue: 100 },
)

const DJANGO = (await listDjangoHashes())
  .filter(({ algorithm }) => algorithm !== 'unusable')
  .map(({ algorithm, password, encoded }) => ({
    ...{ name: `django 5.2 ${algorithm}`, password, text: encoded, form: 1 as const },
  }))
const CASES = [...DJANGO, ...(await listForeignHashes())]

/** Whether a text is a fast digest. */
function isWeak(text: string): boolean {
  const read = readForeignHash(text)
  return 'refused' in read && read.refused === 'weak_hash'
}

/** The text that an import stores. */
async function store(text: string): Promise<string> {
  const read = readForeignHash(text)
  if (!('refused' in read)) return read.stored
  if (read.refused === 'weak_hash') return wrapWeakHash(hasher.hash, read.weak)
  throw new Error(`${text} is refused: ${read.refused}`)
}

describe.each(CASES)('a hash of $name', ({ password, text, form }) => {
  it(`matches ${JSON.stringify(password)} and nothing near it`, async () => {
    const stored = await store(text)
    let unreadable = 0
    const check = (typed: string) => hasher.verify(stored, typed, { form, onUnreadable: () => unreadable++ })
    expect(await check(password)).toBe(true)
    for (const wrong of ['', `y${password}`]) expect(await check(wrong)).toBe(false)
    expect(await check(` ${password}\n`)).toBe(form === 1)
    expect(unreadable).toBe(0)
  })

  it('is outdated, and is stored under a first word of its own', async () => {
    const stored = await store(text)
    expect(hasher.isOutdated(stored)).toBe(true)
    expect(stored).toMatch(/^[a-z]/)
    const read = readForeignHash(stored)
    expect(read).toMatchObject({ stored })
  })

  it('whose digest is spoilt matches no password, and is a hash of the same format and cost', async () => {
    const spoilt = spoilHash(await store(text))
    let unreadable = 0
    const options = { form, onUnreadable: () => unreadable++ }
    expect(await hasher.verify(spoilt, password, options)).toBe(false)
    expect(unreadable).toBe(0)
    const [read, former] = [readForeignHash(spoilt), readForeignHash(await store(text))]
    expect(read).toMatchObject({ scheme: 'scheme' in former && former.scheme })
  })
})

it('bcrypt looks at 72 bytes, as the software does that a user comes from; with SHA-256 before it, at all', async () => {
  const [plain] = CASES.filter(({ name }) => name === 'bcrypt of 73 bytes')
  const [hashed] = CASES.filter(({ name }) => name === 'django bcrypt_sha256')
  const other = `${plain?.password.slice(0, 72)}B`
  expect(await hasher.verify(await store(plain?.text ?? ''), other)).toBe(true)
  expect(await hasher.verify(await store(hashed?.text ?? ''), `${hashed?.password.padEnd(80, 'x')}`)).toBe(
    false,
  )
})

it('a letter and its mark are two characters to Django, and one to us', async () => {
  const [made] = CASES.filter(({ name }) => name === 'django NFD')
  const { password = '', text = '' } = made ?? {}
  expect(password.normalize('NFC')).not.toBe(password)
  expect(await hasher.verify(text, password, { form: 1 })).toBe(true)
  expect(await hasher.verify(text, password.normalize('NFC'), { form: 1 })).toBe(false)
  expect(await hasher.verify(await hasher.hash(password.normalize('NFC')), password, { form: 1 })).toBe(true)
})

it('a hash of Firebase without the signer key matches no password, and says so', async () => {
  const without = await createHasher(FAST_HASH, { concurrency: 1, queue: 1 })
  const [made] = CASES.filter(({ name }) => name === 'firebase, published')
  const reasons: string[] = []
  const onUnreadable = (reason: string) => reasons.push(reason)
  expect(await without.verify(made?.text ?? '', made?.password ?? '', { onUnreadable })).toBe(false)
  expect(reasons).toEqual(['no_signer_key'])
})

it('a hash of Firebase matches no password by a signer key of another length, or by none', async () => {
  const [made] = CASES.filter(({ name }) => name === 'firebase, published')
  const hash = readForeignHash(made?.text ?? '')
  if ('refused' in hash || hash.scheme !== 'firebase') throw new Error('the case is another hash')
  for (const signerKey of [null, hash.hash.slice(1)])
    expect(await verifyForeignHash({ ...hash, signerKey }, made?.password ?? '')).toBe(false)
})

describe('a check of phpass of the highest accepted cost', () => {
  const weak = { algorithm: 'phpass', salt: 'EsaltSALT' } as const
  const password = 'x'.repeat(4096)

  it('computes nothing on the thread that answers requests', async () => {
    const { createHash, hash } = crypto
    let computed = 0
    function counted<Given extends unknown[], Result>(work: (...given: Given) => Result) {
      return (...given: Given) => {
        computed++
        return work(...given)
      }
    }
    Object.assign(crypto, { createHash: counted(createHash), hash: counted(hash) })
    syncBuiltinESMExports()
    try {
      expect(await digestWeakly(weak, password)).toBe('T2hjc.l1qqmmwHloKBcnO1')
      expect(computed).toBe(0)
    } finally {
      Object.assign(crypto, { createHash, hash })
      syncBuiltinESMExports()
    }
  })

  it('lets other calls be answered meanwhile, and takes a place of the queue of hashes', async () => {
    const events: string[] = []
    const wrapped = await wrapWeakHash((digest) => hasher.hash(digest), {
      ...weak,
      digest: await digestWeakly(weak, password),
    })
    const check = hasher.verify(wrapped, password).then((matches) => events.push(`checked ${matches}`))
    await setImmediate()
    events.push(`answered beside ${hasher.load.running}`)
    await check
    expect(events).toEqual(['answered beside 1', 'checked true'])
  })
})

it('phpass computes no digest of more than 4,096 bytes', async () => {
  const weak = { algorithm: 'phpass', salt: '5saltsalt' } as const
  for (const password of ['a'.repeat(4096), 'ä'.repeat(2048)])
    expect(await digestWeakly(weak, password)).toMatch(/^[./0-9A-Za-z]{22}$/)
  for (const password of ['a'.repeat(4097), 'ä'.repeat(2049)])
    expect(await digestWeakly(weak, password)).toBe('')
})

it('scrypt works up to the bounds of its block size', async () => {
  const hash = Buffer.alloc(64).toString('base64')
  for (const [r, p] of [
    [131_072, 1],
    [32_768, 4],
  ]) {
    let unreadable = 0
    const stored = `scrypt$2$salt$${r}$${p}$${hash}`
    expect(await hasher.verify(stored, 'wrong', { onUnreadable: () => unreadable++ })).toBe(false)
    expect(unreadable).toBe(0)
  }
})

it('no fast digest is in the text of a wrapped one', async () => {
  const weak = CASES.filter(({ text }) => isWeak(text))
  expect(weak.length).toBeGreaterThan(10)
  for (const { text } of weak) {
    const read = readForeignHash(text)
    if (!('refused' in read) || read.refused !== 'weak_hash') throw new Error(`${text} is not weak`)
    const { digest } = read.weak
    expect(digest.length).toBeGreaterThan(20)
    expect(await store(text)).not.toContain(digest)
  }
})
