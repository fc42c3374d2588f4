import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { newId, type TotpFactorId, type UserId } from '../../words/ids.ts'
import { KEPT_SECONDS, later, type Purge } from '../purge.ts'
import { totpFactors } from './schema.ts'

/** The confirmed authenticator app of a user. */
export interface TotpFactor {
  id: TotpFactorId
  secretJwe: string
  confirmedAt: Date
  lastUsedAt: Date | null
}

/** Finds the confirmed authenticator app of a user, or null. */
export async function findTotpFactor(db: Database, userId: UserId): Promise<TotpFactor | null> {
  const { id, secretJwe, confirmedAt, lastUsedAt } = totpFactors
  const [row] = await db
    .select({ id, secretJwe, confirmedAt, lastUsedAt })
    .from(totpFactors)
    .where(eq(totpFactors.userId, userId))
  if (!row?.id || !row.secretJwe || !row.confirmedAt) return null
  return { ...row, id: row.id, secretJwe: row.secretJwe, confirmedAt: row.confirmedAt }
}

/**
 * Stores a secret that waits for its first code, in place of one that waited. A confirmed secret stays in force.
 *
 * @param pending.replace - whether it may stand beside a confirmed secret
 * @returns false when there is a confirmed secret, and nothing was written
 */
export async function storePendingSecret(
  db: Database,
  clock: Clock,
  pending: { userId: UserId; sealed: string; lifetimeSeconds: number; replace: boolean },
): Promise<boolean> {
  const { userId, sealed, lifetimeSeconds, replace } = pending
  const values = { pendingJwe: sealed, pendingExpiresAt: sql`${clock.after(lifetimeSeconds)}` }
  const stored = await db
    .insert(totpFactors)
    .values({ userId, ...values })
    .onConflictDoUpdate({
      target: totpFactors.userId,
      set: values,
      setWhere: replace ? undefined : isNull(totpFactors.confirmedAt),
    })
    .returning({ userId: totpFactors.userId })
  return stored.length > 0
}

/** A secret that waits for its first code. */
export interface PendingSecret {
  sealed: string
  /** The time of the database, by which the code is checked. */
  epochSeconds: number
}

/** Finds the secret of a user that waits for its first code, or null. */
export async function findPendingSecret(
  db: Database,
  clock: Clock,
  userId: UserId,
): Promise<PendingSecret | null> {
  const [row] = await db
    .select({
      sealed: totpFactors.pendingJwe,
      epochSeconds: sql<number>`extract(epoch from ${clock.now()})::float8`,
    })
    .from(totpFactors)
    .where(and(eq(totpFactors.userId, userId), gt(totpFactors.pendingExpiresAt, clock.now())))
  return row?.sealed ? { ...row, sealed: row.sealed } : null
}

/**
 * Puts a pending secret in force. This one statement decides which of several activations does it.
 *
 * The step of the first code is stored, so that this code signs nobody in.
 *
 * @param confirmed.seen - the secret whose code was right
 * @returns false when this secret no longer waits
 */
export async function confirmPendingSecret(
  tx: Database,
  clock: Clock,
  confirmed: { userId: UserId; seen: string; step: number },
): Promise<boolean> {
  const { userId, seen, step } = confirmed
  const changed = await tx
    .update(totpFactors)
    .set({
      id: newId<TotpFactorId>(),
      secretJwe: totpFactors.pendingJwe,
      pendingJwe: null,
      pendingExpiresAt: null,
      lastStep: step,
      confirmedAt: sql`${clock.now()}`,
      lastUsedAt: null,
    })
    .where(
      and(
        eq(totpFactors.userId, userId),
        eq(totpFactors.pendingJwe, seen),
        gt(totpFactors.pendingExpiresAt, clock.now()),
      ),
    )
    .returning({ id: totpFactors.id })
  return changed.length > 0
}

/**
 * Uses the code of a step up, and of every step before it. This one statement decides which of several uses counts.
 *
 * @param used.sealed - the secret, encrypted under the current key
 * @returns false when the step was used, or when the app was replaced or removed since its code was checked
 */
export async function useTotpStep(
  tx: Database,
  clock: Clock,
  used: { userId: UserId; id: TotpFactorId; step: number; sealed: string },
): Promise<boolean> {
  const { userId, id, step, sealed } = used
  const changed = await tx
    .update(totpFactors)
    .set({ lastStep: step, lastUsedAt: sql`${clock.now()}`, secretJwe: sealed })
    .where(and(eq(totpFactors.userId, userId), eq(totpFactors.id, id), lt(totpFactors.lastStep, step)))
    .returning({ id: totpFactors.id })
  return changed.length > 0
}

/** Deletes the authenticator app of a user, and the secret that waits. The caller has locked the user's row. */
export async function deleteTotpFactor(tx: Database, userId: UserId): Promise<void> {
  await tx.delete(totpFactors).where(eq(totpFactors.userId, userId))
}

/** A secret that was never confirmed goes two days after it expired. */
export const PENDING_SECRET_PURGE: Purge = {
  table: totpFactors,
  key: [totpFactors.userId],
  dueAt: () => {
    const expiry = sql`coalesce(${totpFactors.pendingExpiresAt}, to_timestamp(0))`
    return sql`case when ${totpFactors.confirmedAt} is null then ${later(expiry, KEPT_SECONDS)} end`
  },
}
