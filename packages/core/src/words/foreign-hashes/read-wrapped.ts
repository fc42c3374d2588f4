import { type ReadHash, TOO_COSTLY, UNREADABLE } from './foreign-hash.ts'
import { readArgon2Memory } from './read-argon2.ts'
import { isWeakSalt, type WeakAlgorithm } from './weak-hash.ts'

const TEXT = /^latchkey-wrap\$(md5|sha1|sha256|phpass)\$([^$]*)\$(\$argon2id\$.*)$/

/** Reads `latchkey-wrap$md5$salt$$argon2id$…`: Argon2id of a fast digest. */
export function readWrapped(text: string): ReadHash {
  const [, algorithm = '', salt = '', phc = ''] = TEXT.exec(text) ?? []
  const memoryKib = readArgon2Memory(phc)
  if (typeof memoryKib !== 'number') return memoryKib
  const named = algorithm as WeakAlgorithm
  if (!isWeakSalt(named, salt)) return named === 'phpass' ? TOO_COSTLY : UNREADABLE
  return { scheme: 'wrap', stored: text, weak: { algorithm: named, salt }, phc, memoryKib }
}
