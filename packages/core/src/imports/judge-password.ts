import { createHmac } from 'node:crypto'
import type { Context } from '../context.ts'
import { readForeignHash, UNUSABLE_PASSWORD } from '../words/foreign-hash.ts'
import type { WeakHash } from '../words/foreign-hashes/weak-hash.ts'
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
  ctx: Pick<Context, 'hasher' | 'secrets'>,
  user: Pick<SourceUser, 'oldId' | 'passwordHash'>,
  { weak, dryRun }: Pick<ImportOptions, 'weak' | 'dryRun'>,
): Promise<JudgedPassword> {
  const read = readForeignHash(user.passwordHash)
  if (!('refused' in read)) return { stored: read.stored, word: null, work: workOf(read) }
  if (read.refused !== 'weak_hash')
    return unusable(read.refused === 'unreadable' ? 'unreadable_hash' : read.refused)
  if (weak !== 'wrap') return unusable('weak_hash')
  if (dryRun) return { stored: UNWRAPPED, word: 'weak_hash', work: UNWRAPPED }
  const stored = await wrap(ctx, user.oldId, read.weak)
  const wrapped = readForeignHash(stored)
  return { stored, word: 'weak_hash', work: 'refused' in wrapped ? null : workOf(wrapped) }
}

function unusable(word: string): JudgedPassword {
  return { stored: UNUSABLE_PASSWORD, word, work: null }
}

/** The salt follows from the digest, so that the next run makes the same text of the same digest. */
async function wrap(
  { hasher, secrets }: Pick<Context, 'hasher' | 'secrets'>,
  oldId: string,
  weak: WeakHash,
): Promise<string> {
  const mac = createHmac('sha256', secrets.import.current.key)
  const salt = mac
    .update(JSON.stringify(['wrap', oldId, weak]))
    .digest()
    .subarray(0, SALT_BYTES)
  return `latchkey-wrap$${weak.algorithm}$${weak.salt}$${await hasher.hash(weak.digest, salt)}`
}
