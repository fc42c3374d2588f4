import { type Algorithm, hash, type Options, verify } from '@node-rs/argon2'
import pLimit from 'p-limit'
import { DomainError } from '../words/errors.ts'

/** Parameters of Argon2id. */
export interface HashParameters {
  memoryKib: number
  passes: number
  lanes: number
}

/** What computes a hash, each on a thread of its own. */
export interface HashFunction {
  hash(password: string, options: Options): Promise<string>
  verify(stored: string, password: string): Promise<boolean>
}

/** The one that is used; tests put a gate before it, or count. */
export const ARGON2: HashFunction = { hash, verify }

/** Hashes and verifies passwords, so many at once and no more. */
export interface Hasher {
  /** @returns a PHC string. */
  hash(password: string): Promise<string>
  /** @returns whether the password made the hash; the same work for a null hash, which nothing matches. */
  verify(stored: string | null, password: string): Promise<boolean>
  /** Answers whether a hash was made with other parameters than today's. */
  isOutdated(stored: string): boolean
  /** Hashes computed or verified so far, for tests that compare the work of two answers. */
  readonly count: number
}

/** `Algorithm.Argon2id`: the library's enum has no value at run time. */
const ARGON2ID = 2 as Algorithm
const RETRY_AFTER_SECONDS = 1

/**
 * Makes the hasher of a process.
 *
 * A bounded queue in front of it turns a flood of sign-ins into quick refusals, and leaves threads for signatures.
 *
 * @param limits.concurrency - hashes at once; each holds one thread and `memoryKib`
 * @param limits.queue - calls that may wait; more are refused as `unavailable`
 * @see OWASP Password Storage Cheat Sheet
 */
export async function createHasher(
  parameters: HashParameters,
  limits: { concurrency: number; queue: number },
  argon2 = ARGON2,
): Promise<Hasher> {
  const options = {
    algorithm: ARGON2ID,
    memoryCost: parameters.memoryKib,
    timeCost: parameters.passes,
    parallelism: parameters.lanes,
  }
  const limit = pLimit(limits.concurrency)
  const decoy = await argon2.hash(crypto.randomUUID(), options)
  const prefix = `$argon2id$v=19$m=${parameters.memoryKib},t=${parameters.passes},p=${parameters.lanes}$`
  let count = 0

  function run<T>(work: () => Promise<T>): Promise<T> {
    if (limit.activeCount + limit.pendingCount >= limits.concurrency + limits.queue) {
      throw new DomainError('unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
    count++
    return limit(work)
  }

  return {
    hash: async (password) => run(() => argon2.hash(password, options)),
    verify: async (stored, password) => {
      const matches = await run(() => argon2.verify(stored ?? decoy, password))
      return matches && stored !== null
    },
    isOutdated: (stored) => !stored.startsWith(prefix),
    get count() {
      return count
    },
  }
}
