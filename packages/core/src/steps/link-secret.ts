import { createHash, randomBytes } from 'node:crypto'
import type { UserId } from '../words/ids.ts'

const SECRET_BYTES = 32
const SECRET = /^[A-Za-z0-9_-]{43}$/

/** Makes the secret of a new link: 32 random bytes in base64url, 43 characters. */
export function newLinkSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** Hashes a link's secret as it is stored: SHA-256 in base64url. */
export function hashLinkSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** Answers whether a text has the shape of a link's secret. */
export function isLinkSecret(text: string): boolean {
  return SECRET.test(text)
}

/** Writes a user's id as it stands in a reset link (`uidb64`): base64url of its text. */
export function encodeUserId(userId: UserId): string {
  return Buffer.from(userId).toString('base64url')
}
