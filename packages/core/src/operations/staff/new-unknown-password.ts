import { randomBytes } from 'node:crypto'

/** Makes a password that is not known to any person: 32 random bytes. Its user signs in after a reset link only. */
export function newUnknownPassword(): string {
  return randomBytes(32).toString('base64url')
}
