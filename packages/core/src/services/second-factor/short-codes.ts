import { createHmac } from 'node:crypto'
import type { UserId } from '../../words/ids.ts'
import type { DerivedKey, DerivedKeys } from '../keys/derived-keys.ts'

/** What the stored hash of every short code begins with. */
export const SHORT_SCHEME = 'hmac-sha256:'

/** Shorter than the 24 symbols of our own codes, so no text is both. */
const CODE = /^[0-9a-z]{6,20}$/
/** A text longer than this is refused before anything is done with it. */
const MAX_CHARACTERS = 128

/**
 * Reads a recovery code that another system has made: 8 digits of django-allauth, 10 letters and digits of better-auth.
 *
 * @param text - in any case, with blanks and hyphens
 * @returns 6 to 20 of `0-9a-z`; null for a text that is no such code
 */
export function readShortCode(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > MAX_CHARACTERS) return null
  const code = text.replace(/[\s-]+/g, '').toLowerCase()
  return CODE.test(code) ? code : null
}

/**
 * Hashes a short code as it is stored: `hmac-sha256:`, the key id, `:`, and the HMAC of the user's id and the code.
 *
 * Eight digits have 27 bits, so a copy of the database tells a plain hash of them. It does not tell the key.
 *
 * @param code - of {@link readShortCode}
 */
export function hashShortCode(userId: UserId, code: string, { kid, key }: DerivedKey): string {
  return `${SHORT_SCHEME}${kid}:${createHmac('sha256', key).update(`${userId} ${code}`).digest('base64url')}`
}

/** Hashes a short code under each accepted key. */
export function hashByEveryKey(userId: UserId, code: string, keys: DerivedKeys): string[] {
  return [...keys.accepted.values()].map((key) => hashShortCode(userId, code, key))
}

/** What the hashes under each accepted key begin with; the one of the current key comes first. */
export function listShortSeals({ current, accepted }: DerivedKeys): [string, ...string[]] {
  const others = [...accepted.keys()].filter((kid) => kid !== current.kid)
  const nameSeal = (kid: string) => `${SHORT_SCHEME}${kid}:`
  return [nameSeal(current.kid), ...others.map(nameSeal)]
}
