import { type ReadHash, TOO_COSTLY, UNREADABLE } from './foreign-hashes/foreign-hash.ts'
import { readArgon2 } from './foreign-hashes/read-argon2.ts'
import { readBcrypt } from './foreign-hashes/read-bcrypt.ts'
import { readFirebase } from './foreign-hashes/read-firebase.ts'
import { readDjangoPbkdf2, readSpelledPbkdf2, readWerkzeugPbkdf2 } from './foreign-hashes/read-pbkdf2.ts'
import {
  readColonScrypt,
  readDjangoScrypt,
  readSpelledScrypt,
  readWerkzeugScrypt,
} from './foreign-hashes/read-scrypt.ts'
import { readWrapped } from './foreign-hashes/read-wrapped.ts'
import { readWeakHash } from './foreign-hashes/weak-hash.ts'

export * from './foreign-hashes/foreign-hash.ts'

/** Characters of a hash. The longest known one has about 300. */
const MAX_CHARACTERS = 1024

/** How a text begins, and what reads it. */
const FORMATS: readonly [RegExp, (text: string) => ReadHash][] = [
  [/^pbkdf2_/, readDjangoPbkdf2],
  [/^(?:argon2)?\$argon2/, readArgon2],
  [/^(?:bcrypt(?:_sha256)?\$)?\$2[abxy]\$/, readBcrypt],
  [/^scrypt\$/, readDjangoScrypt],
  [/^latchkey-scrypt\$/, readSpelledScrypt],
  [/^latchkey-pbkdf2\$/, readSpelledPbkdf2],
  [/^(?:\$fbscrypt|latchkey-firebase)\$/, readFirebase],
  [/^latchkey-wrap\$/, readWrapped],
  [/^scrypt:/, readWerkzeugScrypt],
  [/^pbkdf2:/, readWerkzeugPbkdf2],
  [/^(?:s2:)?[0-9a-zA-Z]{16,64}:/, readColonScrypt],
]

/** How the texts begin that only {@link readWeakHash} reads. */
const WEAK = /^(?:md5|sha1|sha256)\$|^\$[PH]\$/

/**
 * Reads the hash of another deployment, for an import and for a sign-in.
 *
 * The text is somebody else's choice of our time and memory, so every parameter is bounded before anything is computed.
 *
 * @param text - of any length
 * @returns the hash; or why it cannot be a hash of a user
 * @see decision 137
 */
export function readForeignHash(text: string): ReadHash {
  if (text === '' || text.startsWith('!')) return { refused: 'no_password' }
  if (text.length > MAX_CHARACTERS) return UNREADABLE
  const weak = readWeakHash(text)
  if (weak === 'too_costly') return TOO_COSTLY
  if (weak) return { refused: 'weak_hash', weak }
  const [, read] = FORMATS.find(([start]) => start.test(text)) ?? []
  if (read) return read(text)
  return WEAK.test(text) ? UNREADABLE : { refused: 'unknown_hash' }
}
