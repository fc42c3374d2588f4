import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import { wrapWeakHash } from '../services/foreign-hashes/wrap-weak-hash.ts'
import { type RefusedHash, readForeignHash, UNUSABLE_PASSWORD } from '../words/foreign-hash.ts'
import { workOf } from '../words/foreign-hashes/work.ts'
import type { ImportOptions } from './options.ts'
import type { SourceUser } from './records.ts'

/** What is stored of the password of a user. */
export interface JudgedPassword {
  /** For `users.password_hash`. */
  stored: string
  /** Why the password opens nothing, or what was done with it: `no_password`, `weak_hash`. */
  word: string | null
  /** What a check costs; null for our own hashes and for none. */
  work: string | null
}

const SALT_BYTES = 16
/** Stands for a weak hash in a run that writes nothing. */
const UNWRAPPED = 'latchkey-wrap'

/** Decides what is stored of a password. Only a weak hash that is wrapped is hashed here. */
export async function judgePassword(
  { hasher }: Pick<Context, 'hasher'>,
  source: string,
  user: Pick<SourceUser, 'oldId' | 'passwordHash'>,
  { weak, dryRun }: Pick<ImportOptions, 'weak' | 'dryRun'>,
): Promise<JudgedPassword> {
  const read = readForeignHash(user.passwordHash)
  if (!('refused' in read)) return { stored: read.stored, word: null, work: workOf(read) }
  if (read.refused !== 'weak_hash') return refuse(read)
  if (weak !== 'wrap') return unusable('weak_hash')
  if (dryRun) return { stored: UNWRAPPED, word: 'weak_hash', work: UNWRAPPED }
  const salt = saltOf(source, user.oldId)
  const stored = await wrapWeakHash((digest) => hasher.hash(digest, salt), read.weak)
  const wrapped = readForeignHash(stored)
  // A server whose own hashes are beyond the bounds could never check the wrapped one.
  if ('refused' in wrapped) return refuse(wrapped)
  return { stored, word: 'weak_hash', work: workOf(wrapped) }
}

function refuse({ refused }: RefusedHash): JudgedPassword {
  return unusable(refused === 'unreadable' ? 'unreadable_hash' : refused)
}

function unusable(word: string): JudgedPassword {
  return { stored: UNUSABLE_PASSWORD, word, work: null }
}

/**
 * The salt follows from the key of the user, so that each run makes the same text of the same digest, also after a new
 * `SECRET_KEY`. It does not follow from the digest, which would then be found by the fast hash again.
 */
function saltOf(source: string, oldId: string): Uint8Array {
  const hash = createHash('sha256').update(JSON.stringify(['latchkey/import/wrap', source, oldId]))
  return hash.digest().subarray(0, SALT_BYTES)
}
