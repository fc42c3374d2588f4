import { and, count, eq, inArray, isNull, max, min, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { recoveryCodes } from './schema.ts'

/** Replaces the recovery codes of a user by new ones. The caller has locked the user's row. */
export async function replaceCodeHashes(
  tx: Database,
  clock: Clock,
  codes: { userId: UserId; hashes: string[] },
): Promise<void> {
  const { userId, hashes } = codes
  await deleteRecoveryCodes(tx, userId)
  const createdAt = sql`${clock.now()}`
  await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ userId, codeHash, createdAt })))
}

/**
 * Uses a recovery code up. This one statement decides which of several uses counts.
 *
 * @param used.hashes - the code by each scheme that codes are stored with
 * @returns false when the user has no such unused code
 */
export async function useRecoveryCode(
  tx: Database,
  clock: Clock,
  used: { userId: UserId; hashes: string[] },
): Promise<boolean> {
  const changed = await tx
    .update(recoveryCodes)
    .set({ usedAt: sql`${clock.now()}` })
    .where(
      and(
        eq(recoveryCodes.userId, used.userId),
        inArray(recoveryCodes.codeHash, used.hashes),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ codeHash: recoveryCodes.codeHash })
  return changed.length > 0
}

/** Counts the unused recovery codes of a user. */
export async function countUnusedCodes(db: Database, userId: UserId): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)))
  return row?.count ?? 0
}

/** The recovery codes of a user as a whole. */
export interface CodeSummary {
  createdAt: Date
  lastUsedAt: Date | null
  left: number
}

/** Summarizes the recovery codes of a user; null when there are none. */
export async function summarizeCodes(db: Database, userId: UserId): Promise<CodeSummary | null> {
  const { codeHash, createdAt, usedAt } = recoveryCodes
  const [row] = await db
    .select({ createdAt: min(createdAt), lastUsedAt: max(usedAt), all: count(codeHash), used: count(usedAt) })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.userId, userId))
  if (!row?.createdAt) return null
  return { createdAt: row.createdAt, lastUsedAt: row.lastUsedAt, left: row.all - row.used }
}

/** Deletes the recovery codes of a user. The caller has locked the user's row. */
export async function deleteRecoveryCodes(tx: Database, userId: UserId): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
}
