import { expect, it } from 'vitest'
import { spoilHash } from './spoil-hash.ts'

const SALT = 'abcdefghijklmnopqrstuv'

it.each([
  [`bcrypt$$2b$12$${SALT}${'x'.repeat(31)}`, `bcrypt$$2b$12$${SALT}${'.'.repeat(31)}`],
  [`bcrypt_sha256$$2b$12$${SALT}${'x'.repeat(31)}`, `bcrypt_sha256$$2b$12$${SALT}${'.'.repeat(31)}`],
  ['pbkdf2_sha256$1000$salt$Bwc=', 'pbkdf2_sha256$1000$salt$AAA='],
  ['argon2$argon2id$v=19$m=16,t=1,p=2$c2FsdA$Bwc', 'argon2$argon2id$v=19$m=16,t=1,p=2$c2FsdA$AAA'],
])('a spoilt hash has the cost and the salt of %s, and zeros for a digest', (stored, spoilt) => {
  expect(spoilHash(stored)).toBe(spoilt)
})
