import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { PHPASS_ALPHABET, type WeakHash } from '../../words/foreign-hashes/weak-hash.ts'

/** Rounds after which other work of the process gets its turn. */
const ROUNDS_AT_ONCE = 1024
/** Phpass refuses a longer password. Each round reads all of it, on the thread that answers requests. */
const MAX_PHPASS_BYTES = 4096

/**
 * Computes the fast digest of a password, as the deployment did that its user comes from.
 *
 * @returns lower-case hex digits, or the 22 characters of phpass; '' for a password that phpass refuses
 */
export async function digestWeakly(weak: Omit<WeakHash, 'digest'>, password: string): Promise<string> {
  const { algorithm, salt } = weak
  if (algorithm !== 'phpass') return createHash(algorithm).update(salt).update(password).digest('hex')
  const rounds = 2 ** PHPASS_ALPHABET.indexOf(salt.charAt(0))
  const typed = Buffer.from(password)
  if (typed.length > MAX_PHPASS_BYTES) return ''
  let digest = md5(Buffer.from(salt.slice(1)), typed)
  for (let round = 1; round <= rounds; round++) {
    digest = md5(digest, typed)
    if (round % ROUNDS_AT_ONCE === 0) await setImmediate()
  }
  return encodePhpass(digest)
}

function md5(...parts: Uint8Array[]): Uint8Array {
  const hash = createHash('md5')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The base64 of phpass: three bytes are four characters, the lowest bits first. */
function encodePhpass(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const part = bytes.subarray(at, at + 3)
    const value = part.reduceRight((sum, byte) => sum * 256 + byte, 0)
    for (let i = 0; i <= part.length; i++) text += PHPASS_ALPHABET.charAt((value >> (6 * i)) & 63)
  }
  return text
}
