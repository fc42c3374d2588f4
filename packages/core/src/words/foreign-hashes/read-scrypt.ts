import { readBase64, readCount, readHex, readSaltText, writeBase64 } from './encodings.ts'
import { type ReadHash, TOO_COSTLY, UNREADABLE } from './foreign-hash.ts'

const MAX_MEMORY_BYTES = 256 * 2 ** 20
const MAX_P = 16
const MIN_HASH_BYTES = 16
const MAX_HASH_BYTES = 128
const KIB = 1024

/** The parameters of scrypt. */
export interface ScryptCost {
  n: number
  r: number
  p: number
}

/** The parameters of better-auth, and of Lucia since its second version. */
const BETTER_AUTH = { n: '16384', r: '16', p: '1' }

/** Reads `scrypt$16384$salt$8$5$base64` of Django. The salt is used as it is written. */
export function readDjangoScrypt(text: string): ReadHash {
  const [, n = '', salt = '', r = '', p = '', hash = ''] =
    /^scrypt\$(\d+)\$([^$]+)\$(\d+)\$(\d+)\$([^$]+)$/.exec(text) ?? []
  return bound(text, { n, r, p, salt: readSaltText(salt), hash: readBase64(hash) })
}

/** Reads `latchkey-scrypt$n=16384,r=16,p=1$base64$base64`. */
export function readSpelledScrypt(text: string): ReadHash {
  const [, n = '', r = '', p = '', salt = '', hash = ''] =
    /^latchkey-scrypt\$n=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(text) ?? []
  return bound(text, { n, r, p, salt: readBase64(salt), hash: readBase64(hash) })
}

/** Reads `scrypt:32768:8:1$salt$hex` of Werkzeug. */
export function readWerkzeugScrypt(text: string): ReadHash {
  const [, n = '', r = '', p = '', salt = '', hash = ''] =
    /^scrypt:(\d+):(\d+):(\d+)\$([^$]+)\$([^$]+)$/.exec(text) ?? []
  return bound(null, { n, r, p, salt: readSaltText(salt), hash: readHex(hash) })
}

/** Reads `salt:hex` of better-auth and `s2:salt:hex` of Lucia. The hex digits of the salt are used as they are written. */
export function readColonScrypt(text: string): ReadHash {
  const [, salt = '', hash = ''] = /^(?:s2:)?([0-9a-zA-Z]{16,64}):([0-9a-fA-F]{128})$/.exec(text) ?? []
  return bound(null, { ...BETTER_AUTH, salt: readSaltText(salt), hash: readHex(hash) })
}

/**
 * Spells a hash of scrypt whose source writes its parameters elsewhere.
 *
 * @param parts.salt - the bytes that scrypt gets; of a salt that is used as it is written, its UTF-8 bytes
 * @returns a text for `readForeignHash`: `latchkey-scrypt$n=16384,r=16,p=1$<salt>$<hash>`
 */
export function spellScrypt(parts: ScryptCost & { salt: Uint8Array; hash: Uint8Array }): string {
  const { n, r, p, salt, hash } = parts
  return `latchkey-scrypt$n=${n},r=${r},p=${p}$${writeBase64(salt)}$${writeBase64(hash)}`
}

/**
 * Reads and bounds the parameters of scrypt. RFC 7914, section 2 bounds N by r.
 *
 * @returns the parameters and the memory of one check, or why they are refused
 */
export function boundScrypt(
  texts: Record<keyof ScryptCost, string>,
): (ScryptCost & { memoryKib: number }) | typeof UNREADABLE | typeof TOO_COSTLY {
  const [n, r, p] = [readCount(texts.n), readCount(texts.r), readCount(texts.p)]
  if (!(n >= 2 && r >= 1 && p >= 1) || !Number.isInteger(Math.log2(n))) return UNREADABLE
  if (n >= 2 ** (16 * r)) return UNREADABLE
  if (128 * r * Math.max(n, p) > MAX_MEMORY_BYTES || p > MAX_P) return TOO_COSTLY
  return { n, r, p, memoryKib: Math.ceil(memoryOfScrypt({ n, r, p }) / KIB) }
}

/** The bytes that a check takes: the table, the blocks, and two blocks to work in. */
export function memoryOfScrypt({ n, r, p }: ScryptCost): number {
  return 128 * r * (n + p + 2)
}

function bound(
  stored: string | null,
  parts: Record<keyof ScryptCost, string> & { salt: Uint8Array | null; hash: Uint8Array | null },
): ReadHash {
  const { salt, hash } = parts
  if (!salt || !hash || hash.length < MIN_HASH_BYTES || hash.length > MAX_HASH_BYTES) return UNREADABLE
  const cost = boundScrypt(parts)
  if ('refused' in cost) return cost
  const { n, r, p, memoryKib } = cost
  return {
    ...{ scheme: 'scrypt', stored: stored ?? spellScrypt({ n, r, p, salt, hash }) },
    ...{ n, r, p, salt, hash, memoryKib },
  }
}
