import { describe, expect, it } from 'vitest'
import { readForeignHash } from './foreign-hash.ts'
import { readAnyBase64 } from './foreign-hashes/encodings.ts'
import { spellFirebase } from './foreign-hashes/read-firebase.ts'
import { spellPbkdf2 } from './foreign-hashes/read-pbkdf2.ts'
import { spellScrypt } from './foreign-hashes/read-scrypt.ts'

const B64 = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64')
const BARE = (bytes: number) => B64(bytes).replaceAll('=', '')
const HEX = (bytes: number) => '07'.repeat(bytes)
const BCRYPT = 'a'.repeat(53)
/** One byte more than a salt may have. */
const LONG = 'x'.repeat(513)
const NEARLY_BARE = ['z'.repeat(32), '0'.repeat(33)]
const refusalOf = (text: string) => {
  const read = readForeignHash(text)
  return 'refused' in read ? read.refused : null
}

/** For each bound the text at it, and the text beyond it. */
const BOUNDS: Record<string, [string, string]> = {
  'iterations of PBKDF2': [
    `pbkdf2_sha256$10000000$salt$${B64(32)}`,
    `pbkdf2_sha256$10000001$salt$${B64(32)}`,
  ],
  'iterations of PBKDF2 beyond any number': [
    `pbkdf2_sha1$1$salt$${B64(20)}`,
    `pbkdf2_sha1$99999999999999999999$salt$${B64(20)}`,
  ],
  'blocks of PBKDF2': [
    `latchkey-pbkdf2$sha256,i=5000000$${B64(8)}$${B64(64)}`,
    `latchkey-pbkdf2$sha256,i=5000000$${B64(8)}$${B64(65)}`,
  ],
  'cost of bcrypt': [`$2b$15$${BCRYPT}`, `$2b$16$${BCRYPT}`],
  'cost of bcrypt behind SHA-256': [`bcrypt_sha256$$2b$15$${BCRYPT}`, `bcrypt_sha256$$2b$31$${BCRYPT}`],
  'memory of scrypt by N': [`scrypt$262144$salt$8$1$${B64(64)}`, `scrypt$524288$salt$8$1$${B64(64)}`],
  'memory of scrypt by r': [`scrypt$16384$salt$128$1$${B64(64)}`, `scrypt$16384$salt$129$1$${B64(64)}`],
  'memory of scrypt by r and p': [`scrypt$2$salt$131072$16$${B64(64)}`, `scrypt$2$salt$131073$16$${B64(64)}`],
  'lanes of scrypt': [`scrypt$1024$salt$8$16$${B64(64)}`, `scrypt$1024$salt$8$17$${B64(64)}`],
  'memory of Argon2': [
    `argon2$argon2id$v=19$m=1048576,t=2,p=8$${BARE(16)}$${BARE(32)}`,
    `argon2$argon2id$v=19$m=1048577,t=2,p=8$${BARE(16)}$${BARE(32)}`,
  ],
  'passes of Argon2': [
    `$argon2i$v=19$m=512,t=20,p=2$${BARE(16)}$${BARE(16)}`,
    `$argon2i$v=19$m=512,t=21,p=2$${BARE(16)}$${BARE(16)}`,
  ],
  'work of Argon2': [
    `argon2$argon2id$v=19$m=262144,t=16,p=1$${BARE(16)}$${BARE(32)}`,
    `argon2$argon2id$v=19$m=262144,t=17,p=1$${BARE(16)}$${BARE(32)}`,
  ],
  'lanes of Argon2': [
    `$argon2d$v=19$m=512,t=2,p=16$${BARE(16)}$${BARE(16)}`,
    `$argon2d$v=19$m=512,t=2,p=17$${BARE(16)}$${BARE(16)}`,
  ],
  'memory of Firebase': [
    `$fbscrypt$v=1,n=18,r=8,p=1,ss=Bw==$${B64(10)}$${B64(64)}`,
    `$fbscrypt$v=1,n=19,r=8,p=1,ss=Bw==$${B64(10)}$${B64(64)}`,
  ],
  'rounds of a wrapped phpass': [
    `latchkey-wrap$phpass$EsaltSALT$$argon2id$v=19$m=16,t=1,p=2$${BARE(16)}$${BARE(32)}`,
    `latchkey-wrap$phpass$FsaltSALT$$argon2id$v=19$m=16,t=1,p=2$${BARE(16)}$${BARE(32)}`,
  ],
  'memory of a wrapped hash': [
    `latchkey-wrap$md5$salt$$argon2id$v=19$m=1048576,t=2,p=1$${BARE(16)}$${BARE(32)}`,
    `latchkey-wrap$md5$salt$$argon2id$v=19$m=1048577,t=2,p=1$${BARE(16)}$${BARE(32)}`,
  ],
}

it.each(Object.entries(BOUNDS))('the %s is bounded: one more is too costly', (_name, [at, beyond]) => {
  expect(refusalOf(at)).toBe(null)
  expect(refusalOf(beyond)).toBe('too_costly')
})

const PHC = `$argon2id$v=19$m=16,t=1,p=2$${BARE(16)}$${BARE(32)}`

/** What stands in place of a part of a text. */
const JUNK = ['', '?', '-1', '1e3', '0x10', '🔑']

/** The places of the parts of a text between its signs. */
function findParts(text: string): [number, number][] {
  return [...text.matchAll(/[^$:,=]+/g)].map(({ index, 0: part }) => [index, index + part.length])
}

/** The texts with junk in place of one part, and with one character of it that no format has. */
function spoil(text: string, place: number): string[] {
  const [from, to] = findParts(text)[place] ?? [0, 0]
  return [...JUNK, `${text.slice(from, to - 1)}?`].map((part) => text.slice(0, from) + part + text.slice(to))
}

it.each(Object.entries(BOUNDS))(
  'a text that is malformed in any part is told as that, whether or not the %s is exceeded',
  (_name, [at, beyond]) => {
    const wrong: string[] = []
    let malformed = 0
    for (const place of findParts(at).keys()) {
      const exceeding = spoil(beyond, place)
      for (const [index, text] of spoil(at, place).entries()) {
        const told = refusalOf(text)
        // Some parts take any text, such as a salt of Django.
        if (told === null) continue
        malformed++
        if (told === 'too_costly' || refusalOf(exceeding[index] ?? '') !== told) wrong.push(text)
      }
    }
    expect(malformed).toBeGreaterThan(10)
    expect(wrong).toEqual([])
  },
)

it('a count of any number of digits is a count', () => {
  expect(refusalOf(`pbkdf2_sha256$${'9'.repeat(400)}$salt$${B64(32)}`)).toBe('too_costly')
  expect(refusalOf(`$fbscrypt$v=1,n=99,r=8,p=1,ss=Bw==$${B64(10)}$${B64(64)}`)).toBe('too_costly')
})

describe('the rounds of phpass', () => {
  const SIGNS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz?'
  const toldOf = (log: number) => (log < 7 || log > 30 ? 'unreadable' : log > 16 ? 'too_costly' : 'accepted')

  it.each([...SIGNS].map((sign, log) => [sign, log] as const))('%s are told as they are', (sign, log) => {
    const told = refusalOf(`$P$${sign}saltSALT${'x'.repeat(22)}`)
    expect(told === 'weak_hash' ? 'accepted' : told).toBe(toldOf(log))
    expect(refusalOf(`latchkey-wrap$phpass$${sign}saltSALT$${PHC}`) ?? 'accepted').toBe(toldOf(log))
  })

  it('are computed on a thread whose memory counts', () => {
    const memoryOf = (salt: string, phc = PHC) => readForeignHash(`latchkey-wrap$${salt}$${phc}`)
    expect(memoryOf('phpass$BsaltSALT')).toMatchObject({ memoryKib: 16 * 1024 })
    expect(memoryOf('phpass$BsaltSALT', PHC.replace('m=16,', 'm=65536,'))).toMatchObject({
      memoryKib: 65_536,
    })
    expect(memoryOf('md5$salt')).toMatchObject({ memoryKib: 16 })
  })

  it.each(['', 'B', 'BsaltSAL', 'BsaltSALTs', 'BsaltSAL?', 'FsaltSAL', 'FsaltSALTs', 'FsaltSAL?'])(
    'are of no use in a setting that is malformed: %j',
    (setting) => {
      expect(refusalOf(`$P$${setting}${'x'.repeat(22)}`)).toBe('unreadable')
      expect(refusalOf(`latchkey-wrap$phpass$${setting}$${PHC}`)).toBe('unreadable')
    },
  )
})

it('the bounds hold for a text of any length, before it is looked at', () => {
  expect(refusalOf(`pbkdf2_sha256$1$${'x'.repeat(5_000_000)}$${B64(32)}`)).toBe('unreadable')
})

describe('a text that stands for no password', () => {
  it.each(['', '!', '!oRXUZpd8t6ZFY8R4cYxkU5FACKCWOdwEc7ENZRAq', '!!'])('is no password: %j', (text) => {
    expect(refusalOf(text)).toBe('no_password')
  })

  it.each([
    'x',
    'plain text',
    'crypt$$ab',
    '$1$abcdefgh$x',
    '$6$salt$hash',
    'hasher:1',
    '*',
    '$',
    '🔑',
    ...NEARLY_BARE,
  ])('is of an unknown format: %j', (text) => {
    expect(refusalOf(text)).toBe('unknown_hash')
  })

  it.each([
    `pbkdf2_sha256$0$salt$${B64(32)}`,
    `pbkdf2_sha256$01$salt$${B64(32)}`,
    `pbkdf2_sha256$-1$salt$${B64(32)}`,
    `pbkdf2_sha256$1e3$salt$${B64(32)}`,
    `pbkdf2_sha256$1000$$${B64(32)}`,
    `pbkdf2_sha256$1000$salt$${B64(31)}`,
    `pbkdf2_sha256$1000$salt$${B64(32)}$`,
    'pbkdf2_sha256$1000$salt$not base64',
    `pbkdf2_sha256$1000$salt$ ${B64(32)}`,
    `pbkdf2_sha256$1000$${LONG}$${B64(32)}`,
    `latchkey-pbkdf2$sha256,i=1000$A$${B64(32)}`,
    `latchkey-pbkdf2$sha256,i=1000$${B64(8)}$A`,
    `latchkey-pbkdf2$sha256,i=1000$${B64(8)}$${B64(19)}`,
    `latchkey-pbkdf2$sha256,i=1000$${B64(8)}$${B64(129)}`,
    `pbkdf2:sha256:1000$${LONG}$${HEX(32)}`,
    `pbkdf2:sha256:1000$salt$${HEX(32)}0`,
    `pbkdf2:sha256:1000$salt$${HEX(32)}xx`,
    `pbkdf2_md5$1000$salt$${B64(16)}`,
    `scrypt$16383$salt$8$1$${B64(64)}`,
    `scrypt$1$salt$8$1$${B64(64)}`,
    `scrypt$1024$salt$0$1$${B64(64)}`,
    `scrypt$65536$salt$1$1$${B64(64)}`,
    `scrypt$1024$salt$8$1$${B64(8)}`,
    `scrypt$1024$salt$8$1$${B64(129)}`,
    `scrypt$1024$salt$08$1$${B64(64)}`,
    `scrypt$1024$salt$8$0$${B64(64)}`,
    `latchkey-scrypt$n=1024,r=8,p=1$A$${B64(64)}`,
    `latchkey-scrypt$n=1024,r=8,p=1$${B64(8)}$A`,
    `scrypt:1024:8:1$${LONG}$${HEX(64)}`,
    `scrypt:1024:8:1$salt$${HEX(64)}0`,
    `${'0'.repeat(32)}:${HEX(64)}0`,
    `$2b$03$${BCRYPT}`,
    `$2b$+4$${BCRYPT}`,
    `$2b$32$${BCRYPT}`,
    `$2b$10$${BCRYPT}a`,
    `bcrypt$$2c$10$${BCRYPT}`.replace('2c', '2b').slice(0, -1),
    `$argon2id$v=19$m=8,t=1,p=2$${BARE(16)}$${BARE(32)}`,
    `$argon2id$v=19$m=16,t=0,p=2$${BARE(16)}$${BARE(32)}`,
    `$argon2id$v=19$m=16,t=1,p=0$${BARE(16)}$${BARE(32)}`,
    `$argon2id$v=19$m=16,t=1,p=2$${BARE(16)}$${'/'.repeat(43)}`,
    `$argon2id$v=18$m=16,t=1,p=2$${BARE(16)}$${BARE(32)}`,
    `$argon2id$v=19$m=16,t=1,p=2$${BARE(16)}`,
    `$argon2id$v=19$m=16,t=1,p=2$${'/'.repeat(22)}$${BARE(32)}`,
    `$fbscrypt$v=2,n=14,r=8,p=1,ss=Bw==$${B64(10)}$${B64(64)}`,
    `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=${B64(63)}$${B64(10)}$${B64(64)}`,
    `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==$!$${B64(64)}`,
    `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==$${B64(10)}$!`,
    `$fbscrypt$v=1,n=14,r=8,p=1,ss=!$${B64(10)}$${B64(64)}`,
    `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==$${B64(10)}$${B64(15)}`,
    `md5$salt$${'0'.repeat(31)}`,
    `sha1$salt$${'g'.repeat(40)}`,
    '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L',
    `${'0'.repeat(32)}:${'0'.repeat(127)}`,
    'latchkey-wrap$md5$salt$x',
    `latchkey-wrap$md5$${'x'.repeat(129)}$$argon2id$v=19$m=16,t=1,p=2$${BARE(16)}$${BARE(32)}`,
    `latchkey-wrap$md4$salt$$argon2id$v=19$m=16,t=1,p=2$${BARE(16)}$${BARE(32)}`,
  ])('is unreadable, though it begins as a hash does: %s', (text) => {
    expect(refusalOf(text)).toBe('unreadable')
  })
})

describe('a fast digest', () => {
  it.each([
    ['md5', 'salt', `md5$salt$${'AB'.repeat(16)}`, 'ab'.repeat(16)],
    ['sha1', '', `sha1$$${'AB'.repeat(20)}`, 'ab'.repeat(20)],
    ['sha256', 'x', `sha256$x$${'ab'.repeat(32)}`, 'ab'.repeat(32)],
    ['md5', '', 'AB'.repeat(16), 'ab'.repeat(16)],
    ['sha1', '', 'ab'.repeat(20), 'ab'.repeat(20)],
    ['sha256', '', 'ab'.repeat(32), 'ab'.repeat(32)],
    ['phpass', 'BsaltSALT', `$P$BsaltSALT${'x'.repeat(22)}`, 'x'.repeat(22)],
  ])('of %s with the salt %j is told as one, with its parts: %s', (algorithm, salt, text, digest) => {
    expect(readForeignHash(text)).toEqual({ refused: 'weak_hash', weak: { algorithm, salt, digest } })
  })
})

describe('a hash of Firebase', () => {
  it.each(['', ',ss=Bw=='])('has its signer key from the text, if that names one: %j', (separator) => {
    const tail = `$${B64(10)}$${B64(64)}`
    const withKey = readForeignHash(`$fbscrypt$v=1,n=14,r=8,p=1${separator},sk=${B64(64)}${tail}`)
    expect(withKey).toMatchObject({ scheme: 'firebase', signerKey: new Uint8Array(64).fill(7) })
    const without = readForeignHash(`$fbscrypt$v=1,n=14,r=8,p=1${separator}${tail}`)
    expect(without).toMatchObject({ scheme: 'firebase', signerKey: null })
  })
})

describe('a text that a reader spells from its parts', () => {
  const [salt, hash] = [Buffer.from('ÿ\0$salt'), Buffer.alloc(64, 9)]

  it('is the hash of these parts', () => {
    expect(readForeignHash(spellPbkdf2({ digest: 'sha512', iterations: 7, salt, hash }))).toMatchObject({
      ...{ scheme: 'pbkdf2', digest: 'sha512', iterations: 7 },
      ...{ salt: new Uint8Array(salt), hash: new Uint8Array(hash) },
    })
    expect(readForeignHash(spellScrypt({ n: 2, r: 3, p: 4, salt, hash }))).toMatchObject({
      ...{ scheme: 'scrypt', n: 2, r: 3, p: 4 },
      ...{ salt: new Uint8Array(salt), hash: new Uint8Array(hash) },
    })
  })

  it('of Firebase may be in either base64, and has no signer key', () => {
    const parts = { memCost: 14, rounds: 8, saltSeparator: 'Bw==', salt: '_-8=', hash: B64(64) }
    const read = readForeignHash(spellFirebase(parts))
    expect(read).toMatchObject({ scheme: 'firebase', n: 16_384, r: 8, p: 1, signerKey: null })
    expect('salt' in read && Buffer.from(read.salt)).toEqual(
      Buffer.concat([readAnyBase64('/+8=') ?? Buffer.alloc(0), Buffer.from([7])]),
    )
  })
})
