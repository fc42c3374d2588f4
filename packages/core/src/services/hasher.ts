import type { Algorithm, Options } from '@node-rs/argon2'
import { DomainError } from '../words/errors.ts'
import type { PasswordForm } from '../words/password-form.ts'
import { UNWATCHED, type Watch } from '../words/watch.ts'
import { ARGON2 } from './hash-function.ts'
import { createHashQueue, type HashLimits } from './hash-queue.ts'
import { type HashCheck, readCheck, type Uncheckable } from './read-check.ts'

/** The parameters of Argon2id. */
export interface HashParameters {
  memoryKib: number
  passes: number
  lanes: number
  /** The signer key of the project of Firebase that users were moved in from. Default: none. */
  firebaseSignerKey?: Uint8Array | null
}

/** How a typed password is checked, beside the stored hash. */
export interface CheckOptions {
  /** What is done with the typed password first. Default: 0. */
  form?: PasswordForm
  /** The stored hash whose work is done in place of a hash that is none. Default: a hash of ours. */
  decoy?: string | null
  /** Is called when the stored text is no hash, with the reason. A user without a password is no reason. */
  onUnreadable?: (reason: string) => void
}

/** Hashes and verifies passwords, with a limited number at once. */
export interface Hasher {
  /**
   * Hashes a password.
   *
   * @param password - NFC-normalised
   * @param salt - 16 bytes; random by default
   * @returns a PHC string
   */
  hash(password: string, salt?: Uint8Array): Promise<string>
  /**
   * Hashes a password with the parameters and the salt of a stored hash of ours. One hash can then be compared with all
   * hashes of the same salt.
   *
   * @param stored - null, or a text that is no hash of ours, does the work of the present parameters
   * @param password - NFC-normalised
   * @returns a PHC string, which equals `stored` only for the same password
   */
  hashLike(stored: string | null, password: string): Promise<string>
  /**
   * Verifies a password against a hash of ours or of another deployment.
   *
   * @param stored - null does the same work on a decoy, and so does a text that is no hash; both are always false
   * @param typed - the password as it was typed, of bounded length
   * @returns whether the hash is of the password
   */
  verify(stored: string | null, typed: string, options?: CheckOptions): Promise<boolean>
  /** Answers whether a password can be checked against a stored text. */
  canCheck(stored: string): boolean
  /** Answers whether a hash was made with other parameters than the present ones, or by another deployment. */
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
 * @param limits - a call beyond them is refused as `unavailable`, and nothing is hashed
 * @see OWASP Password Storage Cheat Sheet
 */
export async function createHasher(
  parameters: HashParameters,
  limits: HashLimits,
  functions = ARGON2,
  watch: Watch = UNWATCHED,
): Promise<Hasher> {
  const { memoryKib, passes, lanes, firebaseSignerKey = null } = parameters
  const options = { algorithm: ARGON2ID, memoryCost: memoryKib, timeCost: passes, parallelism: lanes }
  const queue = createHashQueue(limits)
  const ours = await functions.hash(crypto.randomUUID(), options)
  const prefix = `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$`
  const read = (stored: string) => readCheck(stored, firebaseSignerKey)
  const ownDecoy = requireCheck(read(ours))
  let count = 0

  function run<T>(step: Pick<HashCheck, 'name' | 'memoryKib'>, work: () => Promise<T>): Promise<T> {
    if (queue.isFull()) {
      watch.note('hash_refused', {})
      throw new DomainError('unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
    count++
    const calledAt = performance.now()
    const begin = () => {
      watch.note('hash_began', { waitedSeconds: (performance.now() - calledAt) / 1000 })
      return work()
    }
    const nameStep = () => step.name
    return watch.step('hash', nameStep, () => queue.run(step.memoryKib, begin))
  }

  function findDecoy(stored: string | null | undefined): HashCheck {
    const check = stored ? read(stored) : ownDecoy
    return 'refused' in check ? ownDecoy : check
  }

  const hash = (password: string, further: Options) =>
    run({ name: 'argon2id', memoryKib: further.memoryCost ?? memoryKib }, () =>
      functions.hash(password, { ...options, ...further }),
    )

  return {
    hash: async (password, salt) => hash(password, { salt }),
    hashLike: async (stored, password) => hash(password, readOptions(stored ?? '')),
    verify: async (stored, typed, { form = 0, decoy, onUnreadable } = {}) => {
      const given = stored === null ? null : read(stored)
      const isCheckable = given !== null && !('refused' in given)
      if (given && 'refused' in given && given.refused !== 'no_password') onUnreadable?.(given.refused)
      const decoys = [findDecoy(decoy), ownDecoy] as const
      const checks: Checks = isCheckable ? [given, ...decoys] : decoys
      return run(checks[0], async () => {
        const { check, matches } = await runFirst(checks, (each) => each.run(functions, typed, form))
        if (isCheckable && check !== given) onUnreadable?.('unreadable')
        return matches && check === given
      })
    },
    canCheck: (stored) => !('refused' in read(stored)),
    isOutdated: (stored) => !stored.startsWith(prefix),
    get count() {
      return count
    },
    get load() {
      return queue.load
    },
  }
}

type Checks = readonly [HashCheck, ...HashCheck[]]

/** Runs the first check that works. A library may refuse what the bounds let through, before it computes anything. */
async function runFirst(
  [check, next, ...others]: Checks,
  work: (check: HashCheck) => Promise<boolean>,
): Promise<{ check: HashCheck; matches: boolean }> {
  try {
    return { check, matches: await work(check) }
  } catch (error) {
    if (!next) throw error
    return runFirst([next, ...others], work)
  }
}

function requireCheck(check: HashCheck | Uncheckable): HashCheck {
  if ('refused' in check) throw new Error('the hash function makes hashes that cannot be read')
  return check
}

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
