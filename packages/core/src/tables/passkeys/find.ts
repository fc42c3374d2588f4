import { and, asc, count, eq } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { passkeys } from './schema.ts'

/** A row of `passkeys`. */
export type Passkey = typeof passkeys.$inferSelect

/** Lists the passkeys of a user, the oldest first. */
export async function listPasskeysOfUser(db: Database, userId: UserId): Promise<Passkey[]> {
  return db
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id))
}

/** Finds the passkey of a site by the id that its authenticator chose; null for any other id. */
export async function findPasskey(
  db: Database,
  named: { credentialId: string; rpId: string },
): Promise<Passkey | null> {
  const [row] = await db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.credentialId, named.credentialId), eq(passkeys.rpId, named.rpId)))
  return row ?? null
}

/** Counts the passkeys of a user. In a transaction that holds the user's row the number does not change. */
export async function countPasskeys(db: Database, userId: UserId): Promise<number> {
  const [row] = await db.select({ count: count() }).from(passkeys).where(eq(passkeys.userId, userId))
  return row?.count ?? 0
}
