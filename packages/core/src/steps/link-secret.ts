import { createHash, randomBytes } from 'node:crypto'
import type { UserId } from '../words/ids.ts'

const SECRET_BYTES = 32
const SECRET = /^[A-Za-z0-9_-]{43}$/

/** The secret of a new link: 32 random bytes in base64url, 43 characters. */
export function newLinkSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** What is stored of a link's secret: its SHA-256, base64url. */
export function hashLinkSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** Answers whether a text has the shape of a link's secret. */
export function isLinkSecret(text: string): boolean {
  return SECRET.test(text)
}

/** A user's id as it stands in a reset link (`uidb64`): base64url of its text. */
export function encodeUserId(userId: UserId): string {
  return Buffer.from(userId).toString('base64url')
}
