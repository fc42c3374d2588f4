import { readCount } from './encodings.ts'
import { type ReadHash, TOO_COSTLY, UNREADABLE } from './foreign-hash.ts'

/** The work is memory times passes. Beyond it one check would hold up the sign-ins of everybody for many seconds. */
const MAX = { memoryKib: 1_048_576, passes: 20, lanes: 16, work: 4 * 1_048_576 }
const PHC =
  /^\$argon2(?:id|i|d)\$v=(?:16|19)\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{16,86})$/

/** Reads `argon2$argon2id$v=19$m=102400,t=2,p=8$…` of Django, and PHC strings. A text without a version is of version 16. */
export function readArgon2(given: string): ReadHash {
  const phc = given.slice(given.indexOf('$')).replace(/^(\$argon2(?:id|i|d)\$)m=/, '$1v=16$m=')
  const memory = readArgon2Memory(phc)
  if (typeof memory !== 'number') return memory
  return { scheme: 'argon2', stored: `argon2${phc}`, phc, memoryKib: memory }
}

/** Reads the memory of a PHC string of Argon2, or why it is refused. */
export function readArgon2Memory(phc: string): number | typeof UNREADABLE | typeof TOO_COSTLY {
  const [, m = '', t = '', p = '', salt = '', hash = ''] = PHC.exec(phc) ?? []
  const [memoryKib, passes, lanes] = [readCount(m), readCount(t), readCount(p)]
  if (!(passes >= 1 && lanes >= 1 && memoryKib >= 8 * lanes)) return UNREADABLE
  if (!isCanonical(salt) || !isCanonical(hash)) return UNREADABLE
  if (memoryKib > MAX.memoryKib || passes > MAX.passes || lanes > MAX.lanes) return TOO_COSTLY
  if (memoryKib * passes > MAX.work) return TOO_COSTLY
  return memoryKib
}

/** The library reads base64 only in the one spelling of its bytes. */
function isCanonical(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64').replaceAll('=', '') === text
}
