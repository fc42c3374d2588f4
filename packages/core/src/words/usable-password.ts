import { UNUSABLE_PASSWORD } from './foreign-hashes/foreign-hash.ts'

/** Answers whether a stored hash is one that a password can match. A user of a provider has none. */
export function isUsablePassword(passwordHash: string): boolean {
  return passwordHash !== '' && !passwordHash.startsWith(UNUSABLE_PASSWORD)
}
