import { and, asc, count, eq, gt, notInArray, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { TotpFactorId, UserId } from '../../words/ids.ts'
import { totpFactors } from './schema.ts'

/** A confirmed secret, and for whom it was sealed. */
export interface SealedSecret {
  userId: UserId
  id: TotpFactorId
  secretJwe: string
}

/** The condition of a confirmed secret that begins with none of some seals, which have one length. It holds for no null. */
function beginsWithNone(seals: [string, ...string[]]) {
  const beginning = sql<string>`left(${totpFactors.secretJwe}, ${seals[0].length}::int)`
  return notInArray(beginning, seals)
}

/**
 * Counts the confirmed secrets that none of the keys with these seals opens.
 *
 * @param examined - how many apps are examined, in the order of their users; all unless given
 */
export async function countForeignSecrets(
  db: Database,
  seals: [string, ...string[]],
  examined?: number,
): Promise<number> {
  const among = db.select({ secretJwe: totpFactors.secretJwe }).from(totpFactors)
  const first = examined === undefined ? among : among.orderBy(asc(totpFactors.userId)).limit(examined)
  const [row] = await db
    .select({ count: count() })
    .from(first.as('totp_factors'))
    .where(beginsWithNone(seals))
  return row?.count ?? 0
}

/** Lists confirmed secrets that the key with this seal did not seal, in the order of their users. */
export async function listOutdatedSecrets(
  db: Database,
  query: { seal: string; after: UserId | null; limit: number },
): Promise<SealedSecret[]> {
  const rows = await db
    .select({ userId: totpFactors.userId, id: totpFactors.id, secretJwe: totpFactors.secretJwe })
    .from(totpFactors)
    .where(and(beginsWithNone([query.seal]), query.after ? gt(totpFactors.userId, query.after) : undefined))
    .orderBy(asc(totpFactors.userId))
    .limit(query.limit)
  return rows.flatMap(({ id, secretJwe, ...row }) => (id && secretJwe ? { ...row, id, secretJwe } : []))
}

/** Replaces a sealed secret by the same one under another key; false when it was changed in the meantime. */
export async function replaceSeal(db: Database, secret: SealedSecret, sealed: string): Promise<boolean> {
  const changed = await db
    .update(totpFactors)
    .set({ secretJwe: sealed })
    .where(
      and(
        eq(totpFactors.userId, secret.userId),
        eq(totpFactors.id, secret.id),
        eq(totpFactors.secretJwe, secret.secretJwe),
      ),
    )
    .returning({ id: totpFactors.id })
  return changed.length > 0
}
