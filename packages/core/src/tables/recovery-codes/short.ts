import { and, asc, count, eq, isNull, like, notInArray, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { recoveryCodes } from './schema.ts'

/** The beginning of every hash that is keyed. */
const KEYED = 'hmac-sha256:%'

/** Answers whether a user has an unused recovery code that is short enough to be guessed. */
export async function hasShortCode(db: Database, userId: UserId): Promise<boolean> {
  const { codeHash, usedAt } = recoveryCodes
  const found = await db
    .select({ codeHash })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(usedAt), like(codeHash, KEYED)))
    .limit(1)
  return found.length > 0
}

/**
 * Counts the unused short codes whose hash begins with none of some seals, which have one length.
 *
 * @param examined - how many codes of any kind are examined, in the order of their users; all unless given
 */
export async function countForeignCodes(
  db: Database,
  seals: [string, ...string[]],
  examined?: number,
): Promise<number> {
  const { userId, codeHash, usedAt } = recoveryCodes
  const all = db.select({ codeHash, usedAt }).from(recoveryCodes)
  const first = examined === undefined ? all : all.orderBy(asc(userId)).limit(examined)
  const beginning = sql<string>`left(${codeHash}, ${seals[0].length}::int)`
  const [row] = await db
    .select({ count: count() })
    .from(first.as('recovery_codes'))
    .where(and(isNull(usedAt), like(codeHash, KEYED), notInArray(beginning, seals)))
  return row?.count ?? 0
}
