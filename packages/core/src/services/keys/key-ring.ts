import type { JWK } from 'jose'
import { describeFault } from '../../database/describe-fault.ts'
import { transaction } from '../../database/transaction.ts'
import type { SigningKeyRow } from '../../tables/signing-keys/statements.ts'
import type { SigningAlgorithm } from '../../words/signing-algorithms.ts'
import { spellCount } from '../../words/spell-count.ts'
import { MINUTE_SECONDS } from '../../words/time.ts'
import { type LoadedKeys, loadKeys, reloadKeys } from './loaded-keys.ts'
import { isShared, readSeal, type SigningKey } from './signing-key.ts'
import {
  advanceKeys,
  advanceOldKeys,
  type KeyRingOptions,
  placeSharedKey,
  prepareKeys,
  readKeys,
  resealAll,
  withdrawKey,
} from './stored-keys.ts'

/** The keys with which this process signs and verifies access tokens. */
export interface KeyRing {
  active(): SigningKey
  /** Finds the key that a token names, or null. An unknown key id is looked up again, at most every few seconds. */
  find(kid: string): Promise<SigningKey | null>
  /** The public halves, for `/.well-known/jwks.json`. */
  published(): JWK[]
  /**
   * Makes the published next key active and publishes a new next key. The former key still verifies.
   *
   * A second rotation is refused until the tokens of the former key have expired: the next key is as young as the last
   * rotation, and services with a copy of the published keys may not know it.
   *
   * @param turn.force - rotates also then, for an emergency
   * @returns null when the keys rotated; else the time from which a rotation is accepted, and nothing was written
   */
  rotate(turn: { force: boolean }): Promise<Date | null>
  /**
   * Takes a key out of service at once: its private half is deleted, and its tokens are refused. In the place of the
   * active key the next key signs. Other processes follow within a minute.
   *
   * @returns the status that the key had; null when no key with this id verifies, and nothing was written
   */
  retire(kid: string): Promise<SigningKeyRow['status'] | null>
  /**
   * Encrypts the private halves under the current secret.
   *
   * @returns how many were under another one
   * @throws when one was encrypted under an unknown secret; nothing was written
   */
  reseal(): Promise<number>
  /**
   * Signs from now on with a secret of HS256 that other programs verify with, such as that of a former deployment. It is
   * for the time until these programs read the published keys: whoever verifies with the secret can also sign.
   *
   * @param secret - 32 to 1024 bytes in UTF-8
   * @returns the id of the key: `old-` and eight random characters
   * @throws {RangeError} the secret is shorter or longer, or `JWT_ALGORITHM` is not `HS256`; nothing was written
   */
  share(secret: string): Promise<string>
  /** The keys that still verify, oldest first, without their halves. */
  list(): Promise<KeySummary[]>
  /** How long ago the keys rotated last, and so how long the active key signs. */
  ageSeconds(): number
}

/** A signing key as the operator may see it. */
export type KeySummary = Pick<SigningKeyRow, 'kid' | 'algorithm' | 'status' | 'createdAt' | 'retiredAt'> & {
  /** Whether other programs know it, and so can sign with it. */
  isShared: boolean
  /** The derived key that its private half is encrypted under, and since when, in seconds; null when that is not known. */
  seal: { kid: string; sealedAt: number | null }
}

/** A ring older than this is read again, so that this process follows the rotations of other processes. */
const STALE_SECONDS = MINUTE_SECONDS
const FOREIGN_KEY =
  'a signing key was encrypted under another SECRET_KEY; add that one to SECRET_KEY_FALLBACKS'
/** Tokens with an unknown key id cause at most one read of the ring per this time. */
const MISS_SECONDS = 5
const SHARED_BYTES = { min: 32, max: 1024 }
/** A warning of each start. */
const SHARED_KEY =
  'the active signing key is a secret that other programs know, and each of them can sign access tokens; let them read the published keys, then set another JWT_ALGORITHM'

/**
 * Opens the key ring. It creates keys on an empty database, and after a change of the algorithm setting.
 *
 * @throws when a stored key was encrypted under an unknown secret; no key was changed
 */
export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  await transaction(options.db, (tx) => prepareKeys(tx, options))
  let keys = await loadKeys(options)
  let loadedAt = options.clock.steadySeconds()
  if (isShared(keys.active)) options.log.warn({ kid: keys.active.kid }, SHARED_KEY)

  let loading: Promise<void> | null = null
  const complainedOf = new Set<string>()

  async function load(): Promise<void> {
    loadedAt = options.clock.steadySeconds()
    const { foreign, ...loaded } = await reloadKeys(options, keys)
    keys = (await haveRotatedByAge(loaded.ageSeconds)) ? await reloadKeys(options, loaded) : loaded
    for (const kid of foreign) {
      if (!complainedOf.has(kid)) options.log.error({ kid }, FOREIGN_KEY)
      complainedOf.add(kid)
    }
  }

  /** Rotates old keys, unless another process is faster. Answers whether they have rotated since they were read. */
  async function haveRotatedByAge(ageSeconds: number): Promise<boolean> {
    const { db, lifetimeSeconds, log } = options
    if (lifetimeSeconds === null || ageSeconds < lifetimeSeconds) return false
    const isOurs = await transaction(db, (tx) => advanceOldKeys(tx, options, lifetimeSeconds))
    if (isOurs) log.info({ event: 'keys_rotated' }, 'the signing key was old: the next key signs now')
    return true
  }

  /** Reads the ring again. Concurrent callers share one read. A failed read keeps the ring as it is. */
  function reload(): Promise<void> {
    loading ??= load()
      .catch((error: unknown) =>
        options.log.error({ fault: describeFault(error) }, 'signing keys could not be read again'),
      )
      .finally(() => {
        loading = null
      })
    return loading
  }

  function isOlderThan(seconds: number): boolean {
    return options.clock.steadySeconds() - loadedAt > seconds
  }

  /** The ring as it is. A stale ring is read again in the background. */
  function current(): LoadedKeys {
    if (isOlderThan(STALE_SECONDS)) void reload()
    return keys
  }

  async function find(kid: string): Promise<SigningKey | null> {
    const known = keys.byKid.has(kid)
    // Also after a quiet night the first token of a retired key is refused.
    if (isOlderThan(known ? STALE_SECONDS : MISS_SECONDS) || (!known && loading)) await reload()
    return keys.byKid.get(kid) ?? null
  }

  async function rotate({ force }: { force: boolean }): Promise<Date | null> {
    const refusedUntil = await transaction(options.db, (tx) => advanceKeys(tx, options, force))
    if (refusedUntil === null) await load()
    return refusedUntil
  }

  async function retire(kid: string): Promise<SigningKeyRow['status'] | null> {
    const status = await transaction(options.db, (tx) => withdrawKey(tx, options, kid))
    if (status !== null) await load()
    return status
  }

  async function share(secret: string): Promise<string> {
    requireShareable(secret, options.algorithm)
    const kid = await transaction(options.db, (tx) => placeSharedKey(tx, options, secret))
    await load()
    return kid
  }

  return {
    active: () => current().active,
    find,
    rotate,
    retire,
    share,
    reseal: () => transaction(options.db, (tx) => resealAll(tx, options)),
    published: () => current().published,
    list: async () => (await readKeys(options.db, options)).map(summarize),
    ageSeconds: () => keys.ageSeconds + options.clock.steadySeconds() - loadedAt,
  }
}

/** RFC 7518 section 3.2 asks for 32 bytes: a shorter secret can be guessed from one token. */
function requireShareable(secret: string, algorithm: SigningAlgorithm): void {
  const bytes = Buffer.byteLength(secret)
  if (bytes < SHARED_BYTES.min || bytes > SHARED_BYTES.max)
    throw new RangeError(
      `The secret has ${spellCount(bytes, 'byte', 'bytes')}; HS256 needs ${SHARED_BYTES.min} to ${SHARED_BYTES.max}.`,
    )
  if (algorithm !== 'HS256')
    throw new RangeError(
      `JWT_ALGORITHM is ${algorithm}, so the next start would retire the key; set JWT_ALGORITHM=HS256 on each server first.`,
    )
}

function summarize(row: SigningKeyRow): KeySummary {
  const { kid, algorithm, status, createdAt, retiredAt } = row
  return { kid, algorithm, status, createdAt, retiredAt, isShared: isShared(row), seal: readSeal(row) }
}
