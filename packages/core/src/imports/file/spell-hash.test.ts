import { describe, expect, it } from 'vitest'
import { readForeignHash } from '../../words/foreign-hash.ts'
import { findPasswordForm, HASHERS, spellHash } from './spell-hash.ts'

const SCRYPT_HEX = 'ab'.repeat(64)

/** A hash of each hasher, and what it is read as. */
const SAMPLES: Record<string, [string, object]> = {
  argon2i: ['$argon2i$v=19$m=4096,t=3,p=1$NWd0eElpdnZvcA$iV3R8GGK3lRZ7mgeRCMRTA', { scheme: 'argon2' }],
  argon2id: ['$argon2id$v=19$m=19456,t=2,p=1$NWd0eElpdnZvcA$Q0ivsqSnKBELrLT8YdoLSQ', { scheme: 'argon2' }],
  bcrypt: ['$2b$10$CHTfiTdlRRQiKgNPDTQcHu5ETN9d9aBQYzRZ1MHYzOpOPRL6WcW9q', { scheme: 'bcrypt' }],
  bcrypt_sha256_django: [
    'bcrypt_sha256$$2b$10$CHTfiTdlRRQiKgNPDTQcHu5ETN9d9aBQYzRZ1MHYzOpOPRL6WcW9q',
    { scheme: 'bcrypt' },
  ],
  lucia_legacy: [`0123456789abcdef:${SCRYPT_HEX}`, { scheme: 'scrypt', n: 16_384, r: 8, p: 1 }],
  md5: ['5f4dcc3b5aa765d61d8327deb882cf99', { refused: 'weak_hash' }],
  pbkdf2_sha1: [`pbkdf2_sha1$1000$salt$${'ab'.repeat(20)}`, { scheme: 'pbkdf2', salt: Buffer.from('salt') }],
  pbkdf2_sha256: [
    `pbkdf2_sha256$1000$c2FsdA==$${Buffer.alloc(32, 1).toString('base64')}`,
    { scheme: 'pbkdf2', salt: Buffer.from('salt') },
  ],
  pbkdf2_sha256_django: [
    `pbkdf2_sha256$1000$c2FsdA==$${Buffer.alloc(32, 1).toString('base64')}`,
    { scheme: 'pbkdf2', salt: Buffer.from('c2FsdA==') },
  ],
  phpass: ['$P$984478476IagS59wHZvyQMArzfx58u.', { refused: 'weak_hash' }],
  scrypt_firebase: [
    `${Buffer.alloc(64, 1).toString('base64')}$c2FsdA==$${Buffer.alloc(64, 2).toString('base64')}$Bw==$8$14`,
    { scheme: 'firebase', n: 16_384, r: 8, signerKey: null },
  ],
  scrypt_werkzeug: [`scrypt:32768:8:1$salt$${SCRYPT_HEX}`, { scheme: 'scrypt', n: 32_768 }],
  sha256: ['5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8', { refused: 'weak_hash' }],
}

it('every hasher has a sample here', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(HASHERS)
})

it.each(Object.entries(SAMPLES))('a hash of %s is read with its parameters', (hasher, [hash, expected]) => {
  const read = readForeignHash(spellHash(hasher, hash))
  const plain = Object.fromEntries(
    Object.entries(read).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value) : value,
    ]),
  )
  expect(plain).toMatchObject(expected)
})

describe('a hash that cannot be spelled is refused as unknown:', () => {
  it.each([
    ['another hasher', 'ldap_ssha', '{SSHA}x'],
    ['a name of every object', 'constructor', 'x'],
    ['another form', 'pbkdf2_sha1', 'pbkdf2_sha1$1000$salt$nohex'],
    ['too many parts', 'lucia_legacy', `a:b:${SCRYPT_HEX}`],
    ['parameters that are no numbers', 'scrypt_firebase', 'a$b$c$d$e$f'],
  ])('%s', (_, hasher, hash) => {
    expect(readForeignHash(spellHash(hasher, hash))).toEqual({ refused: 'unknown_hash' })
  })
})

it.each([
  ['pbkdf2_sha256$1$a$b', 1],
  ['argon2$argon2id$v=19$m=8,t=1,p=1$a$b', 1],
  ['bcrypt$$2b$04$a', 1],
  ['bcrypt_sha256$$2b$04$a', 1],
  ['scrypt$1$a$1$1$b', 1],
  [`${'ab'.repeat(16)}:${SCRYPT_HEX}`, 2],
  [`s2:abcdefghijklmnop:${SCRYPT_HEX}`, 2],
  ['$2b$10$a', 0],
  ['$argon2id$v=19$a', 0],
  ['scrypt:1:1:1$a$b', 0],
])('what is typed is prepared for %s by rule %i', (hash, form) => {
  expect(findPasswordForm(null, hash)).toBe(form)
})
