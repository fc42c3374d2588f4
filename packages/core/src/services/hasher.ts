import { type Algorithm, hash, type Options, verify } from '@node-rs/argon2'
import pLimit from 'p-limit'
import { DomainError } from '../words/errors.ts'
import { UNWATCHED, type Watch } from '../words/watch.ts'

/** The parameters of Argon2id. */
export interface HashParameters {
  memoryKib: number
  passes: number
  lanes: number
}

/** Computes hashes, each on a thread of its own. */
export interface HashFunction {
  hash(password: string, options: Options): Promise<string>
  verify(stored: string, password: string): Promise<boolean>
}

/** The hash function of the server. Tests wrap it, to hold or count its calls. */
export const ARGON2: HashFunction = { hash, verify }

/** Hashes and verifies passwords, with a limited number at once. */
export interface Hasher {
  /**
   * Hashes a password.
   *
   * @param salt - 16 bytes; random by default
   * @returns a PHC string
   */
  hash(password: string, salt?: Uint8Array): Promise<string>
  /**
   * Hashes a password with the parameters and the salt of a stored hash. One hash can then be compared with all hashes
   * of the same salt.
   *
   * @param stored - null, or a text that is no hash, does the same work
   * @returns a PHC string, which equals `stored` only for the same password
   */
  hashLike(stored: string | null, password: string): Promise<string>
  /**
   * Verifies a password.
   *
   * @param stored - null does the same work on a decoy hash, and so does a text that is no hash; both are always false
   * @param onUnreadable - is called when `stored` is no hash
   * @returns whether the hash is of the password
   */
  verify(stored: string | null, password: string, onUnreadable?: () => void): Promise<boolean>
  /** Answers whether a hash was made with other parameters than the present ones. */
  isOutdated(stored: string): boolean
  /** The number of hashes computed or verified so far, for tests that compare the work of two answers. */
  readonly count: number
  /** The number of hashes that run now, and the number of calls that wait for one. */
  readonly load: { running: number; waiting: number }
}

/** `Algorithm.Argon2id`. The enum of the library has no value at run time. */
const ARGON2ID = 2 as Algorithm
const RETRY_AFTER_SECONDS = 1
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$/

/**
 * Creates the hasher of a process.
 *
 * The queue is bounded, so that a flood of sign-ins gets quick refusals and leaves threads for other work.
 *
 * @param limits.concurrency - how many hashes run at once; each holds one thread and `memoryKib` of memory
 * @param limits.queue - how many calls may wait; a call beyond that is refused as `unavailable`, and nothing is hashed
 * @see OWASP Password Storage Cheat Sheet
 */
export async function createHasher(
  parameters: HashParameters,
  limits: { concurrency: number; queue: number },
  argon2 = ARGON2,
  watch: Watch = UNWATCHED,
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
      watch.note('hash_refused', {})
      throw new DomainError('unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
    count++
    const calledAt = performance.now()
    const begin = () => {
      watch.note('hash_began', { waitedSeconds: (performance.now() - calledAt) / 1000 })
      return work()
    }
    return watch.step('hash', nameHash, () => limit(begin))
  }

  return {
    hash: async (password, salt) => run(() => argon2.hash(password, { ...options, salt })),
    hashLike: async (stored, password) =>
      run(() => argon2.hash(password, { ...options, ...(stored !== null && readOptions(stored)) })),
    verify: (stored, password, onUnreadable) =>
      run(async () => {
        try {
          const matches = await argon2.verify(stored ?? decoy, password)
          return matches && stored !== null
        } catch (error) {
          if (stored === null) throw error
          // The library refuses an unreadable hash before it computes anything.
          await argon2.verify(decoy, password)
          onUnreadable?.()
          return false
        }
      }),
    isOutdated: (stored) => !stored.startsWith(prefix),
    get count() {
      return count
    },
    get load() {
      return { running: limit.activeCount, waiting: limit.pendingCount }
    },
  }
}

/** Every hash has the same name. */
const nameHash = () => 'argon2id'

/** Reads the parameters and the salt of a hash; no parameters for a text that is no hash. */
function readOptions(stored: string): Options {
  const [, memoryCost, timeCost, parallelism, salt] = PHC.exec(stored) ?? []
  if (salt === undefined) return {}
  return {
    memoryCost: Number(memoryCost),
    timeCost: Number(timeCost),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
  }
}
