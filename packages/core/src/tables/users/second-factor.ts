import { and, eq, ne, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { users } from './schema.ts'

/**
 * Turns the second factor of a user on or off. The caller has locked the user's row and moved its epoch.
 *
 * @returns whether that changed anything
 */
export async function setSecondFactor(
  tx: Database,
  clock: Clock,
  change: { id: UserId; on: boolean },
): Promise<boolean> {
  const changed = await tx
    .update(users)
    .set({ secondFactor: change.on, updatedAt: sql`${clock.now()}` })
    .where(and(eq(users.id, change.id), ne(users.secondFactor, change.on)))
    .returning({ id: users.id })
  return changed.length > 0
}

/** Answers whether the second factor of a user is on. The caller has locked the user's row. */
export async function hasSecondFactor(tx: Database, id: UserId): Promise<boolean> {
  const found = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, id), users.secondFactor))
  return found.length > 0
}
