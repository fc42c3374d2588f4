import { and, asc, eq, getTableColumns, ne, or, type SQL, sql } from 'drizzle-orm'
import type { JWK } from 'jose'
import type { Database } from '../../database/connection.ts'
import { signingKeys } from './schema.ts'

/** A row of `signing_keys`: a key and its status. */
export type SigningKeyRow = typeof signingKeys.$inferSelect & {
  /** How long ago it was made, by the clock of the database. */
  ageSeconds: number
}

/** The parts of a signing key that a new row needs. */
export interface StoredKey {
  kid: string
  algorithm: string
  /** Null for HS256, which has no public half. */
  publicJwk: JWK | null
  privateJwe: string
}

/** Lists the keys that may still verify a token, oldest first: all except those that were retired before a time. */
export async function listUsableKeys(
  db: Database,
  times: { now: SQL; retiredBefore: SQL },
): Promise<SigningKeyRow[]> {
  const age = sql<number>`extract(epoch from ${times.now} - ${signingKeys.createdAt})::float8`
  return db
    .select({ ...getTableColumns(signingKeys), ageSeconds: age })
    .from(signingKeys)
    .where(or(ne(signingKeys.status, 'retired'), sql`${signingKeys.retiredAt} > ${times.retiredBefore}`))
    .orderBy(asc(signingKeys.createdAt))
}

/** Stores a new key. No other key may have the same status. */
export async function insertKey(
  db: Database,
  key: StoredKey,
  as: { status: 'next' | 'active'; now: SQL },
): Promise<void> {
  await db.insert(signingKeys).values({ ...key, status: as.status, createdAt: sql`${as.now}` })
}

/** Retires the key with a status, if there is one. */
export async function retireKeys(db: Database, status: 'next' | 'active', now: SQL): Promise<void> {
  await db
    .update(signingKeys)
    .set({ status: 'retired', retiredAt: sql`${now}` })
    .where(eq(signingKeys.status, status))
}

/**
 * Retires the active key when the next key was made before a time. One statement decides.
 *
 * @returns whether it was retired
 */
export async function retireActiveKeyIf(
  db: Database,
  times: { now: SQL; nextMadeBefore: SQL },
): Promise<boolean> {
  const isDue = sql`exists (select from ${signingKeys} as published
    where published.status = 'next' and published.created_at <= ${times.nextMadeBefore})`
  const retired = await db
    .update(signingKeys)
    .set({ status: 'retired', retiredAt: sql`${times.now}` })
    .where(and(eq(signingKeys.status, 'active'), isDue))
    .returning({ kid: signingKeys.kid })
  return retired.length > 0
}

/** Makes the next key the active key. */
export async function promoteNextKey(db: Database): Promise<void> {
  await db.update(signingKeys).set({ status: 'active' }).where(eq(signingKeys.status, 'next'))
}

/** Deletes a key together with its private half. No token that it signed is valid afterwards. */
export async function deleteKey(db: Database, kid: string): Promise<void> {
  await db.delete(signingKeys).where(eq(signingKeys.kid, kid))
}

/** Replaces the private half of a key by the same half, encrypted under the current secret. */
export async function updatePrivateHalf(db: Database, kid: string, privateJwe: string): Promise<void> {
  await db.update(signingKeys).set({ privateJwe }).where(eq(signingKeys.kid, kid))
}
