import { readBase64, readCount, readHex, readSaltText, writeBase64 } from './encodings.ts'
import { type Pbkdf2Digest, type ReadHash, TOO_COSTLY, UNREADABLE } from './foreign-hash.ts'

const MAX_ITERATIONS = 10_000_000
/** The shortest digest of a known format: SHA-1. */
const MIN_HASH_BYTES = 20
const MAX_HASH_BYTES = 128
const DIGEST_BYTES: Record<Pbkdf2Digest, number> = { sha1: 20, sha256: 32, sha512: 64 }
const MEMORY_KIB = 1

interface Parts {
  /** Null: the text is spelled from the other parts. */
  stored: string | null
  digest: string
  iterations: string
  salt: Uint8Array | null
  hash: Uint8Array | null
}

/** Reads `pbkdf2_sha256$1000000$salt$base64` of Django. The salt is used as it is written. */
export function readDjangoPbkdf2(text: string): ReadHash {
  const [, digest = '', iterations = '', salt = '', hash = ''] =
    /^pbkdf2_(sha1|sha256|sha512)\$(\d+)\$([^$]+)\$([^$]+)$/.exec(text) ?? []
  const bytes = readBase64(hash)
  if (bytes?.length !== DIGEST_BYTES[digest as Pbkdf2Digest]) return UNREADABLE
  return bound({ stored: text, digest, iterations, salt: readSaltText(salt), hash: bytes })
}

/** Reads `latchkey-pbkdf2$sha512,i=210000$base64$base64`. */
export function readSpelledPbkdf2(text: string): ReadHash {
  const [, digest = '', iterations = '', salt = '', hash = ''] =
    /^latchkey-pbkdf2\$(sha1|sha256|sha512),i=(\d+)\$([^$]+)\$([^$]+)$/.exec(text) ?? []
  return bound({ stored: text, digest, iterations, salt: readBase64(salt), hash: readBase64(hash) })
}

/** Reads `pbkdf2:sha256:600000$salt$hex` of Werkzeug. */
export function readWerkzeugPbkdf2(text: string): ReadHash {
  const [, digest = '', iterations = '', salt = '', hash = ''] =
    /^pbkdf2:(sha1|sha256|sha512):(\d+)\$([^$]+)\$([^$]+)$/.exec(text) ?? []
  return bound({ stored: null, digest, iterations, salt: readSaltText(salt), hash: readHex(hash) })
}

/**
 * Spells a hash of PBKDF2 whose source writes its parts in columns of their own, or writes its salt as base64.
 *
 * @returns a text for `readForeignHash`: `latchkey-pbkdf2$sha512,i=210000$<salt>$<hash>`
 */
export function spellPbkdf2(parts: {
  digest: Pbkdf2Digest
  iterations: number
  salt: Uint8Array
  hash: Uint8Array
}): string {
  const { digest, iterations, salt, hash } = parts
  return `latchkey-pbkdf2$${digest},i=${iterations}$${writeBase64(salt)}$${writeBase64(hash)}`
}

function bound({ stored, digest, iterations, salt, hash }: Parts): ReadHash {
  const count = readCount(iterations)
  if (!salt || !hash || hash.length < MIN_HASH_BYTES || hash.length > MAX_HASH_BYTES) return UNREADABLE
  if (!(count >= 1)) return UNREADABLE
  const named = digest as Pbkdf2Digest
  // Each block of the hash costs all iterations.
  if (count * Math.ceil(hash.length / DIGEST_BYTES[named]) > MAX_ITERATIONS) return TOO_COSTLY
  const parts = { digest: named, iterations: count, salt, hash }
  return { scheme: 'pbkdf2', stored: stored ?? spellPbkdf2(parts), ...parts, memoryKib: MEMORY_KIB }
}
