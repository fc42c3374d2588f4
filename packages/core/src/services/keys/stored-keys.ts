import type { Logger } from 'pino'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { lockSigningKeys } from '../../tables/locks.ts'
import {
  deleteKey,
  insertKey,
  listUsableKeys,
  promoteNextKey,
  retireActiveKeyIf,
  retireKeys,
  type SigningKeyRow,
  updatePrivateHalf,
} from '../../tables/signing-keys/statements.ts'
import type { SigningAlgorithm } from '../../words/signing-algorithms.ts'
import { MINUTE_SECONDS } from '../../words/time.ts'
import type { DerivedKeys } from './derived-keys.ts'
import {
  decryptJwk,
  encryptJwk,
  generateSigningKey,
  isShared,
  readSeal,
  sealSharedKey,
  toSharedJwk,
} from './signing-key.ts'

/** What the keys in the database are read and written with. */
export interface KeyRingOptions {
  db: Database
  clock: Clock
  /** The keys of purpose `signing-key`, which encrypt the private halves. */
  encryptionKeys: DerivedKeys
  algorithm: SigningAlgorithm
  /** How long a retired key still verifies: at least the life of the last token it signed. */
  overlapSeconds: number
  /** How long a key signs before the next one takes its place; null for ever. */
  lifetimeSeconds: number | null
  log: Logger
}

/** The first start makes both keys. It takes less, also for large keys on a full machine. */
const PAIR_SECONDS = MINUTE_SECONDS

/** Reads the keys that still verify. */
export function readKeys(
  db: Database,
  options: Pick<KeyRingOptions, 'clock' | 'overlapSeconds'>,
): Promise<SigningKeyRow[]> {
  const { clock, overlapSeconds } = options
  return listUsableKeys(db, { now: clock.now(), retiredBefore: clock.after(-overlapSeconds) })
}

/** Answers whether the private half of every usable key can be decrypted. */
export async function canOpenKeys(
  db: Database,
  options: Pick<KeyRingOptions, 'clock' | 'overlapSeconds' | 'encryptionKeys'>,
): Promise<boolean> {
  const rows = await readKeys(db, options)
  return rows.every((row) => options.encryptionKeys.accepted.has(readSeal(row).kid))
}

/**
 * Creates the keys that are missing, and encrypts the others under the current secret.
 *
 * @throws when a stored key was encrypted under an unknown secret
 */
export async function prepareKeys(tx: Database, options: KeyRingOptions): Promise<void> {
  await lockSigningKeys(tx)
  const rows = await readKeys(tx, options)
  await resealKeys(tx, options, rows)
  for (const status of ['active', 'next'] as const) {
    const row = rows.find((candidate) => candidate.status === status)
    if (row?.algorithm === options.algorithm) continue
    await retireKeys(tx, status, options.clock.now())
    await addKey(tx, options, status)
  }
}

/** Encrypts the private halves of all usable keys under the current secret, and counts those that were under another. */
export async function resealAll(tx: Database, options: KeyRingOptions): Promise<number> {
  await lockSigningKeys(tx)
  return resealKeys(tx, options, await readKeys(tx, options))
}

async function resealKeys(tx: Database, options: KeyRingOptions, rows: SigningKeyRow[]): Promise<number> {
  const { encryptionKeys, clock } = options
  const outdated = rows.filter((row) => readSeal(row).kid !== encryptionKeys.current.kid)
  for (const row of outdated) {
    const jwk = await decryptJwk(row, encryptionKeys)
    await updatePrivateHalf(tx, row.kid, await encryptJwk(jwk, encryptionKeys, clock.epochSeconds()))
  }
  return outdated.length
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
  const changedAt = await findLastChange(tx, options)
  if (changedAt !== null && !force) return new Date(changedAt + options.overlapSeconds * 1000)
  await retireKeys(tx, 'active', options.clock.now())
  await fillPlaces(tx, options)
  return null
}

/**
 * Makes the next key active when the active key has signed for its lifetime. The next key is as old as the last
 * rotation, so it has been published for as long.
 *
 * @returns whether the keys rotated: of several processes at once exactly one does it
 */
export async function advanceOldKeys(
  tx: Database,
  options: KeyRingOptions,
  lifetimeSeconds: number,
): Promise<boolean> {
  const { clock } = options
  await lockSigningKeys(tx)
  const times = { now: clock.now(), nextMadeBefore: clock.after(-lifetimeSeconds) }
  const isDue = await retireActiveKeyIf(tx, times)
  if (isDue) await fillPlaces(tx, options)
  return isDue
}

/**
 * Deletes a key, so that its tokens are refused from now on. In the place of the active key the next key signs.
 *
 * @returns the status that it had; null when no key with this id verifies
 */
export async function withdrawKey(
  tx: Database,
  options: KeyRingOptions,
  kid: string,
): Promise<SigningKeyRow['status'] | null> {
  await lockSigningKeys(tx)
  const row = (await readKeys(tx, options)).find((candidate) => candidate.kid === kid)
  if (!row) return null
  await deleteKey(tx, kid)
  if (row.status === 'active') await fillPlaces(tx, options)
  if (row.status === 'next') await addKey(tx, options, 'next')
  return row.status
}

/**
 * Makes a secret that other programs know the active key, with another next key behind it.
 *
 * @returns the id of the key; that of the active key when the secret is active already, and nothing was written
 */
export async function placeSharedKey(tx: Database, options: KeyRingOptions, secret: string): Promise<string> {
  const { encryptionKeys, clock } = options
  await lockSigningKeys(tx)
  const rows = await readKeys(tx, options)
  const active = rows.find(({ status }) => status === 'active')
  if (active && isShared(active)) {
    const { k } = await decryptJwk(active, encryptionKeys)
    if (k === toSharedJwk(secret).k) return active.kid
  }
  for (const status of ['active', 'next'] as const) await retireKeys(tx, status, clock.now())
  const key = await sealSharedKey(secret, encryptionKeys, await findTakeOver(tx, options))
  await insertKey(tx, key, { status: 'active', now: clock.now() })
  await addKey(tx, options, 'next')
  return key.kid
}

/** After the active key has left its place, the next key takes it, and a new key becomes the next one. */
async function fillPlaces(tx: Database, options: KeyRingOptions): Promise<void> {
  await promoteNextKey(tx)
  await addKey(tx, options, 'next')
}

async function addKey(tx: Database, options: KeyRingOptions, status: 'next' | 'active'): Promise<void> {
  const { algorithm, encryptionKeys, clock } = options
  const key = await generateSigningKey(algorithm, encryptionKeys, await findTakeOver(tx, options))
  await insertKey(tx, key, { status, now: clock.now() })
}

/**
 * Finds since when the present secret seals, in seconds. A new key carries that on, because the keys that were sealed
 * first leave: else the time from which a former secret may be dropped would move away with each rotation.
 */
async function findTakeOver(tx: Database, options: KeyRingOptions): Promise<number> {
  const seals = (await readKeys(tx, options)).map(readSeal)
  const times = seals.flatMap(({ kid, sealedAt }) =>
    kid === options.encryptionKeys.current.kid && sealedAt !== null ? [sealedAt] : [],
  )
  return Math.min(options.clock.epochSeconds(), ...times)
}

/**
 * Finds when the next key was made, in milliseconds, while services may not know it: by a rotation, or in place of a key
 * that was withdrawn. Null for one that was published for the overlap, or as long as the active key.
 */
async function findLastChange(tx: Database, options: KeyRingOptions): Promise<number | null> {
  const rows = await readKeys(tx, options)
  const active = rows.find(({ status }) => status === 'active')
  const isYoung = ({ status, createdAt, ageSeconds }: SigningKeyRow) =>
    status === 'next' &&
    ageSeconds < options.overlapSeconds &&
    createdAt.getTime() - (active?.createdAt.getTime() ?? 0) > PAIR_SECONDS * 1000
  const times = rows.flatMap((row) => row.retiredAt ?? (isYoung(row) ? row.createdAt : []))
  return times.length > 0 ? Math.max(...times.map((time) => time.getTime())) : null
}
