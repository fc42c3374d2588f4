import { and, asc, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { JWK } from 'jose'
import type { Database } from '../../database/connection.ts'
import { signingKeys } from './schema.ts'

/** A stored key with its place in the order of keys. */
export type SigningKeyRow = typeof signingKeys.$inferSelect

/** A signing key as it is stored. */
export interface StoredKey {
  kid: string
  algorithm: string
  /** Null for HS256, which has no half to publish. */
  publicJwk: JWK | null
  privateJwe: string
}

/** The keys that may still verify something: all but those retired before a moment, given as SQL. */
export async function listUsableKeys(db: Database, retiredBefore: SQL): Promise<SigningKeyRow[]> {
  return db
    .select()
    .from(signingKeys)
    .where(or(ne(signingKeys.status, 'retired'), sql`${signingKeys.retiredAt} > ${retiredBefore}`))
    .orderBy(asc(signingKeys.createdAt))
}

/** Stores a new key in a place that must be free. */
export async function insertKey(db: Database, key: StoredKey, status: 'next' | 'active'): Promise<void> {
  await db.insert(signingKeys).values({ ...key, status })
}

/** Retires whichever key holds a place, if any. */
export async function retireKeys(db: Database, status: 'next' | 'active', now: SQL): Promise<void> {
  await db
    .update(signingKeys)
    .set({ status: 'retired', retiredAt: sql`${now}` })
    .where(and(eq(signingKeys.status, status), isNull(signingKeys.retiredAt)))
}

/** Makes the next key the active one. */
export async function promoteNextKey(db: Database): Promise<void> {
  await db.update(signingKeys).set({ status: 'active' }).where(eq(signingKeys.status, 'next'))
}

/** Replaces the encrypted private half, when it was encrypted anew under the current secret. */
export async function updatePrivateHalf(db: Database, kid: string, privateJwe: string): Promise<void> {
  await db.update(signingKeys).set({ privateJwe }).where(eq(signingKeys.kid, kid))
}
