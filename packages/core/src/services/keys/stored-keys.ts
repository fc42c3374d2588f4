import { decodeProtectedHeader } from 'jose'
import type { Logger } from 'pino'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { lockSigningKeys } from '../../tables/locks.ts'
import {
  insertKey,
  listUsableKeys,
  promoteNextKey,
  retireKeys,
  type SigningKeyRow,
  updatePrivateHalf,
} from '../../tables/signing-keys/statements.ts'
import type { SigningAlgorithm } from '../../words/signing-algorithms.ts'
import type { DerivedKeys } from './derived-keys.ts'
import { decryptJwk, encryptJwk, generateSigningKey } from './signing-key.ts'

/** What the keys in the database are read and written with. */
export interface KeyRingOptions {
  db: Database
  clock: Clock
  /** The keys of purpose `signing-key`, which encrypt the private halves. */
  encryptionKeys: DerivedKeys
  algorithm: SigningAlgorithm
  /** How long a retired key still verifies: at least the life of the last token it signed. */
  overlapSeconds: number
  log: Logger
}

/**
 * Creates the keys that are missing, and encrypts the others under the current secret.
 *
 * @throws when a stored key was encrypted under an unknown secret
 */
export async function prepareKeys(tx: Database, options: KeyRingOptions): Promise<void> {
  await lockSigningKeys(tx)
  const rows = await listUsableKeys(tx, options.clock.after(-options.overlapSeconds))
  for (const row of rows) await encryptUnderCurrentSecret(tx, row, options.encryptionKeys)
  for (const status of ['active', 'next'] as const) {
    const row = rows.find((candidate) => candidate.status === status)
    if (row?.algorithm === options.algorithm) continue
    await retireKeys(tx, status, options.clock.now())
    await insertKey(tx, await generateSigningKey(options.algorithm, options.encryptionKeys), status)
  }
}

/**
 * Makes the next key active, and adds a new next key.
 *
 * @returns the time until which an unforced rotation is refused; null when the keys rotated
 */
export async function advanceKeys(
  tx: Database,
  options: KeyRingOptions,
  force: boolean,
): Promise<Date | null> {
  // Of two rotations at once the second one waits here, and then finds the key that the first one retired.
  await lockSigningKeys(tx)
  const lastRetired = await findLastRetired(tx, options)
  if (lastRetired && !force) return new Date(lastRetired.getTime() + options.overlapSeconds * 1000)
  await retireKeys(tx, 'active', options.clock.now())
  await promoteNextKey(tx)
  await insertKey(tx, await generateSigningKey(options.algorithm, options.encryptionKeys), 'next')
  return null
}

/** Finds when the last key was retired whose tokens may still be valid; null when there is no such key. */
async function findLastRetired(tx: Database, options: KeyRingOptions): Promise<Date | null> {
  const rows = await listUsableKeys(tx, options.clock.after(-options.overlapSeconds))
  const times = rows.flatMap(({ retiredAt }) => retiredAt?.getTime() ?? [])
  return times.length > 0 ? new Date(Math.max(...times)) : null
}

async function encryptUnderCurrentSecret(
  tx: Database,
  row: SigningKeyRow,
  encryptionKeys: DerivedKeys,
): Promise<void> {
  if (decodeProtectedHeader(row.privateJwe).kid === encryptionKeys.current.kid) return
  await updatePrivateHalf(
    tx,
    row.kid,
    await encryptJwk(await decryptJwk(row, encryptionKeys), encryptionKeys),
  )
}
