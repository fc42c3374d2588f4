import { decodeProtectedHeader, type JWK } from 'jose'
import { describeFault } from '../../database/describe-fault.ts'
import { transaction } from '../../database/transaction.ts'
import { listUsableKeys, type SigningKeyRow } from '../../tables/signing-keys/statements.ts'
import { MINUTE_SECONDS } from '../../words/time.ts'
import { openSigningKey, type SigningKey } from './signing-key.ts'
import { advanceKeys, type KeyRingOptions, prepareKeys } from './stored-keys.ts'

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
}

/** A ring older than this is read again, so that this process follows the rotations of other processes. */
const STALE_SECONDS = MINUTE_SECONDS
const FOREIGN_KEY =
  'a signing key was encrypted under another SECRET_KEY; add that one to SECRET_KEY_FALLBACKS'
/** Tokens with an unknown key id cause at most one read of the ring per this time. */
const MISS_SECONDS = 5

/**
 * Opens the key ring. It creates keys on an empty database, and after a change of the algorithm setting.
 *
 * @throws when a stored key was encrypted under an unknown secret; no key was changed
 */
export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  await transaction(options.db, (tx) => prepareKeys(tx, options))
  let keys = await loadKeys(options)
  let loadedAt = options.clock.steadySeconds()

  let loading: Promise<void> | null = null
  const complainedOf = new Set<string>()

  async function load(): Promise<void> {
    loadedAt = options.clock.steadySeconds()
    const { foreign, ...loaded } = await reloadKeys(options, keys)
    keys = loaded
    for (const kid of foreign) {
      if (!complainedOf.has(kid)) options.log.error({ kid }, FOREIGN_KEY)
      complainedOf.add(kid)
    }
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
    if (!known && (loading || isOlderThan(MISS_SECONDS))) await reload()
    return current().byKid.get(kid) ?? null
  }

  async function rotate({ force }: { force: boolean }): Promise<Date | null> {
    const refusedUntil = await transaction(options.db, (tx) => advanceKeys(tx, options, force))
    if (refusedUntil === null) await load()
    return refusedUntil
  }

  return { active: () => current().active, find, rotate, published: () => current().published }
}

interface LoadedKeys {
  active: SigningKey
  byKid: Map<string, SigningKey>
  published: JWK[]
}

async function loadKeys(options: KeyRingOptions): Promise<LoadedKeys> {
  const rows = await listUsableKeys(options.db, options.clock.after(-options.overlapSeconds))
  return arrange(rows, await Promise.all(rows.map((row) => openSigningKey(row, options.encryptionKeys))))
}

/**
 * Reads the ring while other servers may already run with a newer secret.
 *
 * A key that they encrypted under the newer secret stays as this process opened it before.
 *
 * @returns the ring, and in `foreign` the ids of the keys that this process has never opened
 */
async function reloadKeys(
  options: KeyRingOptions,
  former: LoadedKeys,
): Promise<LoadedKeys & { foreign: string[] }> {
  const rows = await listUsableKeys(options.db, options.clock.after(-options.overlapSeconds))
  const opened: SigningKey[] = []
  const foreign: string[] = []
  for (const row of rows) {
    const isOurs = options.encryptionKeys.accepted.has(decodeProtectedHeader(row.privateJwe).kid ?? '')
    const key = isOurs ? await openSigningKey(row, options.encryptionKeys) : former.byKid.get(row.kid)
    if (key) opened.push(key)
    else foreign.push(row.kid)
  }
  return { ...arrange(rows, opened, former.active), foreign }
}

/** @param otherwise - the key that goes on signing when the active key cannot be opened */
function arrange(rows: SigningKeyRow[], opened: SigningKey[], otherwise?: SigningKey): LoadedKeys {
  const activeKid = rows.find((row) => row.status === 'active')?.kid
  const active = opened.find((key) => key.kid === activeKid) ?? otherwise
  if (!active) throw new Error('There is no active signing key.')
  return {
    active,
    byKid: new Map(opened.map((key) => [key.kid, key])),
    published: opened.flatMap((key) => key.publicJwk ?? []),
  }
}
