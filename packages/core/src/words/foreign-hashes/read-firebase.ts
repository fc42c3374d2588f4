import { readAnyBase64, writeBase64 } from './encodings.ts'
import { type ReadHash, UNREADABLE } from './foreign-hash.ts'
import { boundScrypt } from './read-scrypt.ts'

const SUPABASE =
  /^\$fbscrypt\$v=1,n=(\d{1,2}),r=(\d+),p=(\d+)(?:,ss=([^,$]+))?(?:,sk=([^,$]+))?\$([^$]+)\$([^$]+)$/
const SPELLED = /^latchkey-firebase\$n=(\d{1,2}),r=(\d+),p=(\d+)\$([^$]*)\$([^$]*)\$([^$]+)\$([^$]+)$/

/** The parts of a hash of Firebase, as its export has them: base64 or base64url. */
export interface FirebaseParts {
  memCost: number
  rounds: number
  saltSeparator: string
  salt: string
  hash: string
}

/** Reads `$fbscrypt$v=1,n=14,r=8,p=1,ss=…,sk=…$salt$hash` of Supabase, and our own spelling of the same parts. */
export function readFirebase(text: string): ReadHash {
  const [, log = '', r = '', p = '', ss = '', sk = '', saltText = '', hashText = ''] =
    (text.startsWith('$') ? SUPABASE : SPELLED).exec(text) ?? []
  const [salt, hash] = [readAnyBase64(saltText), readAnyBase64(hashText)]
  const separator = ss === '' ? new Uint8Array() : readAnyBase64(ss)
  const signerKey = readAnyBase64(sk)
  if (!salt || !hash || !separator || hash.length < 16) return UNREADABLE
  if (sk !== '' && signerKey?.length !== hash.length) return UNREADABLE
  const cost = boundScrypt({ n: String(2n ** BigInt(log)), r, p })
  if ('refused' in cost) return cost
  const { n, memoryKib } = cost
  const parts = [separator, signerKey ?? new Uint8Array(), salt, hash].map(writeBase64)
  return {
    ...{
      scheme: 'firebase',
      stored: `latchkey-firebase$n=${log},r=${cost.r},p=${cost.p}$${parts.join('$')}`,
    },
    ...{ n, r: cost.r, p: cost.p, memoryKib, salt: Buffer.concat([salt, separator]), signerKey, hash },
  }
}

/**
 * Spells a hash of Firebase. The signer key of the project is not in the text: it is a setting of the server.
 *
 * @returns a text for `readForeignHash`: `latchkey-firebase$n=14,r=8,p=1$<separator>$$<salt>$<hash>`
 */
export function spellFirebase(parts: FirebaseParts): string {
  const { memCost, rounds, saltSeparator, salt, hash } = parts
  return `latchkey-firebase$n=${memCost},r=${rounds},p=1$${saltSeparator}$$${salt}$${hash}`
}
