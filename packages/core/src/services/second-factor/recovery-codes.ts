import { createHash, randomBytes } from 'node:crypto'
import type { UserId } from '../../words/ids.ts'

/** How many recovery codes a user gets at once. */
export const RECOVERY_CODES = 10

/** Crockford's base32: no letter of it resembles a digit, and `u` is left out. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
/** 24 symbols of 5 bits are 120 bits. So plain SHA-256 keeps them, and no guess needs a lock. */
const SYMBOLS = 24
const GROUP = /.{4}(?=.)/g
const CODE = /^[0-9a-hjkmnp-tv-z]{24}$/
/** A text longer than this is refused before anything is done with it. */
const TYPED_MAX_CHARACTERS = 128

/** Makes the recovery codes of a user, all different: `k3f9-2m8x-…`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
}

function newRecoveryCode(): string {
  const symbols = [...randomBytes(SYMBOLS)].map((byte) => ALPHABET[byte % ALPHABET.length])
  return symbols.join('').replace(GROUP, '$&-')
}

/**
 * Reads a recovery code that a person typed: any case, with blanks and hyphens, `o` for `0`, `i` and `l` for `1`.
 *
 * @returns the 24 symbols; null for a text that is no recovery code
 */
export function readRecoveryCode(typed: unknown): string | null {
  if (typeof typed !== 'string' || typed.length > TYPED_MAX_CHARACTERS) return null
  const code = typed
    .replace(/[\s-]+/g, '')
    .toLowerCase()
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')
  return CODE.test(code) ? code : null
}

/**
 * Hashes a recovery code as it is stored. The hash names its scheme, so that codes of another scheme can stand beside it.
 *
 * @param code - 24 symbols, of {@link readRecoveryCode}
 */
export function hashRecoveryCode(userId: UserId, code: string): string {
  return `sha256:${createHash('sha256').update(`${userId} ${code}`).digest('base64url')}`
}

/** Hashes a typed recovery code of ours; none for a text that is no such code. */
export function hashTyped(userId: UserId, typed: string): string[] {
  const code = readRecoveryCode(typed)
  return code === null ? [] : [hashRecoveryCode(userId, code)]
}
