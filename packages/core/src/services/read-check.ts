import { type ForeignHash, type RefusedHash, readForeignHash } from '../words/foreign-hash.ts'
import { isOurHash } from '../words/our-hash.ts'
import { type PasswordForm, prepareForOurs, preparePassword } from '../words/password-form.ts'
import type { HashFunction } from './hash-function.ts'

/** How a password is checked against one stored hash. */
export interface HashCheck {
  /** What is computed, in a word of a fixed list: `argon2id` for a hash of ours. */
  name: 'argon2id' | ForeignHash['scheme']
  memoryKib: number
  run(functions: HashFunction, typed: string, form: PasswordForm): Promise<boolean>
}

/** Why a password cannot be checked against a stored text. */
export type Uncheckable = RefusedHash | { refused: 'no_signer_key' }

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/

/**
 * Reads how a password is checked against a stored hash, of ours or of another deployment.
 *
 * @param signerKey - the signer key of a project of Firebase; null when none is set
 */
export function readCheck(stored: string, signerKey: Uint8Array | null): HashCheck | Uncheckable {
  if (isOurHash(stored)) return readOurs(stored)
  const read = readForeignHash(stored)
  if ('refused' in read) return read
  const hash = read.scheme === 'firebase' ? { ...read, signerKey: read.signerKey ?? signerKey } : read
  if (hash.scheme === 'firebase' && hash.signerKey?.length !== hash.hash.length)
    return { refused: 'no_signer_key' }
  return {
    name: hash.scheme,
    memoryKib: hash.memoryKib,
    run: (functions, typed, form) => functions.verifyForeign(hash, preparePassword(typed, form)),
  }
}

function readOurs(stored: string): HashCheck | Uncheckable {
  const memoryKib = Number(PHC.exec(stored)?.[1])
  if (Number.isNaN(memoryKib)) return { refused: 'unreadable' }
  return {
    ...{ name: 'argon2id', memoryKib },
    run: (functions, typed, form) => functions.verify(stored, prepareForOurs(typed, form)),
  }
}
