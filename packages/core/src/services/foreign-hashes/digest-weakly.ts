import { createHash } from 'node:crypto'
import { PHPASS_ALPHABET, type WeakHash } from '../../words/foreign-hashes/weak-hash.ts'
import { runPhpass } from './run-phpass.ts'

/** Phpass refuses a longer password. Each round reads all of it. */
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
  return encodePhpass(await runPhpass({ salt: Buffer.from(salt.slice(1)), password: typed, rounds }))
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
