import { and, eq, gt, or, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { PasskeyId, UserId } from '../../words/ids.ts'
import type { Passkey } from './find.ts'
import { passkeys } from './schema.ts'

/** A passkey of a user, as its owner names it. */
export interface OwnPasskey {
  id: PasskeyId
  userId: UserId
}

/**
 * Stores a passkey. The caller has locked the user's row.
 *
 * @returns null when any user has a passkey with this credential id
 */
export async function insertPasskey(
  tx: Database,
  clock: Clock,
  passkey: Omit<Passkey, 'createdAt' | 'lastUsedAt'>,
): Promise<Passkey | null> {
  const [row] = await tx
    .insert(passkeys)
    .values({ ...passkey, createdAt: sql`${clock.now()}` })
    .onConflictDoNothing({ target: passkeys.credentialId })
    .returning()
  return row ?? null
}

/**
 * Notes an answer of a passkey whose signature is right. This one statement compares the counter.
 *
 * A counter that does not grow may come from a copy of the authenticator, or from two honest answers that crossed. An
 * authenticator that does not count always says 0, and every counter may follow a 0.
 *
 * @returns false when the counter did not grow, or when the passkey was removed
 */
export async function usePasskey(
  tx: Database,
  clock: Clock,
  used: OwnPasskey & { signCount: number; backedUp: boolean },
): Promise<boolean> {
  const { id, userId, signCount, backedUp } = used
  const grows = or(eq(passkeys.signCount, 0), gt(sql`${signCount}::bigint`, passkeys.signCount))
  const changed = await tx
    .update(passkeys)
    .set({ signCount, backedUp, lastUsedAt: sql`${clock.now()}` })
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId), grows))
    .returning({ id: passkeys.id })
  return changed.length > 0
}

/** Answers whether a user still has a passkey. The caller has locked the user's row. */
export async function hasOwnPasskey(tx: Database, own: OwnPasskey): Promise<boolean> {
  const found = await tx
    .select({ id: passkeys.id })
    .from(passkeys)
    .where(and(eq(passkeys.id, own.id), eq(passkeys.userId, own.userId)))
  return found.length > 0
}

/** Gives a passkey of a user another name; null when the user has no such passkey. */
export async function renamePasskeyRow(
  db: Database,
  own: OwnPasskey & { name: string },
): Promise<Passkey | null> {
  const [row] = await db
    .update(passkeys)
    .set({ name: own.name })
    .where(and(eq(passkeys.id, own.id), eq(passkeys.userId, own.userId)))
    .returning()
  return row ?? null
}

/** Removes a passkey of a user; null when the user has no such passkey. The caller has locked the user's row. */
export async function takePasskey(tx: Database, own: OwnPasskey): Promise<Passkey | null> {
  const [row] = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.id, own.id), eq(passkeys.userId, own.userId)))
    .returning()
  return row ?? null
}
