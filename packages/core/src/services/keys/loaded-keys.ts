import type { JWK } from 'jose'
import type { SigningKeyRow } from '../../tables/signing-keys/statements.ts'
import { openSigningKey, readSeal, type SigningKey } from './signing-key.ts'
import { type KeyRingOptions, readKeys } from './stored-keys.ts'

/** The keys as the database had them at one moment. */
export interface LoadedKeys {
  active: SigningKey
  byKid: Map<string, SigningKey>
  published: JWK[]
  /** How long ago the next key was made, which is when the keys rotated last. */
  ageSeconds: number
}

/** @throws when a stored key was encrypted under an unknown secret */
export async function loadKeys(options: KeyRingOptions): Promise<LoadedKeys> {
  const rows = await readKeys(options.db, options)
  return arrange(rows, await Promise.all(rows.map((row) => openSigningKey(row, options.encryptionKeys))))
}

/**
 * Reads the ring while other servers may already run with a newer secret.
 *
 * A key that they encrypted under the newer secret stays as this process opened it before.
 *
 * @returns the ring, and in `foreign` the ids of the keys that this process has never opened
 */
export async function reloadKeys(
  options: KeyRingOptions,
  former: LoadedKeys,
): Promise<LoadedKeys & { foreign: string[] }> {
  const rows = await readKeys(options.db, options)
  const opened: SigningKey[] = []
  const foreign: string[] = []
  for (const row of rows) {
    const isOurs = (await options.encryptionKeys.find(readSeal(row).kid)) !== null
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
    ageSeconds: rows.find((row) => row.status === 'next')?.ageSeconds ?? 0,
  }
}
