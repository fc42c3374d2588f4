import { and, asc, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { JWK } from 'jose'
import type { Database } from '../../database/connection.ts'
import { signingKeys } from './schema.ts'

/** A row of `signing_keys`: a key and its status. */
export type SigningKeyRow = typeof signingKeys.$inferSelect

/** The parts of a signing key that a new row needs. */
export interface StoredKey {
  kid: string
  algorithm: string
  /** Null for HS256, which has no public half. */
  publicJwk: JWK | null
  privateJwe: string
}

/** Lists the keys that may still verify a token, oldest first: all except those that were retired before a time. */
export async function listUsableKeys(db: Database, retiredBefore: SQL): Promise<SigningKeyRow[]> {
  return db
    .select()
    .from(signingKeys)
    .where(or(ne(signingKeys.status, 'retired'), sql`${signingKeys.retiredAt} > ${retiredBefore}`))
    .orderBy(asc(signingKeys.createdAt))
}

/**
 * Reads for how many seconds the active key has signed; null when there is none.
 *
 * The former key retired when the active one began. The first key of a database has signed since it was made.
 */
export async function readKeyAge(db: Database, now: SQL): Promise<number | null> {
  const since = sql`greatest(${signingKeys.createdAt}, (select max(retired_at) from signing_keys))`
  const [row] = await db
    .select({ seconds: sql<number>`extract(epoch from ${now} - ${since})::float8` })
    .from(signingKeys)
    .where(eq(signingKeys.status, 'active'))
  return row === undefined ? null : row.seconds
}

/** Stores a new key. No other key may have the same status. */
export async function insertKey(db: Database, key: StoredKey, status: 'next' | 'active'): Promise<void> {
  await db.insert(signingKeys).values({ ...key, status })
}

/** Retires the key with a status, if there is one. */
export async function retireKeys(db: Database, status: 'next' | 'active', now: SQL): Promise<void> {
  await db
    .update(signingKeys)
    .set({ status: 'retired', retiredAt: sql`${now}` })
    .where(and(eq(signingKeys.status, status), isNull(signingKeys.retiredAt)))
}

/** Makes the next key the active key. */
export async function promoteNextKey(db: Database): Promise<void> {
  await db.update(signingKeys).set({ status: 'active' }).where(eq(signingKeys.status, 'next'))
}

/** Replaces the private half of a key by the same half, encrypted under the current secret. */
export async function updatePrivateHalf(db: Database, kid: string, privateJwe: string): Promise<void> {
  await db.update(signingKeys).set({ privateJwe }).where(eq(signingKeys.kid, kid))
}
