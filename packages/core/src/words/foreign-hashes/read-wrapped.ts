import { type ReadHash, TOO_COSTLY, UNREADABLE } from './foreign-hash.ts'
import { readArgon2Memory } from './read-argon2.ts'
import { refuseWeakSalt, type WeakAlgorithm } from './weak-hash.ts'

/** The memory of the thread that computes a check of phpass. */
export const PHPASS_THREAD_MIB = 16

const TEXT = /^latchkey-wrap\$(md5|sha1|sha256|phpass)\$([^$]*)\$(\$argon2id\$.*)$/

/** Reads `latchkey-wrap$md5$salt$$argon2id$…`: Argon2id of a fast digest. */
export function readWrapped(text: string): ReadHash {
  const [, algorithm = '', salt = '', phc = ''] = TEXT.exec(text) ?? []
  const named = algorithm as WeakAlgorithm
  const [memoryKib, refused] = [readArgon2Memory(phc), refuseWeakSalt(named, salt)]
  if (memoryKib === UNREADABLE || refused === 'unreadable') return UNREADABLE
  if (typeof memoryKib !== 'number' || refused === 'too_costly') return TOO_COSTLY
  // The thread has ended when Argon2id begins.
  const needed = named === 'phpass' ? Math.max(memoryKib, 1024 * PHPASS_THREAD_MIB) : memoryKib
  return { scheme: 'wrap', stored: text, weak: { algorithm: named, salt }, phc, memoryKib: needed }
}
