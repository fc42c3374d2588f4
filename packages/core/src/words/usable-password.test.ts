import { expect, it } from 'vitest'
import { isUsablePassword } from './usable-password.ts'

it.each([
  ['$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', true],
  ['pbkdf2_sha256$1000000$salt$hash=', true],
  ['', false],
  ['!', false],
  ['!2aHWQvR5oJ8kXm', false],
])('a password can match the stored hash %j: %s', (passwordHash, isUsable) => {
  expect(isUsablePassword(passwordHash)).toBe(isUsable)
})
