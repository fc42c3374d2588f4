import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { capabilities } from './schema.ts'

/** A change of address that waits for its link to be followed. */
export interface PendingEmailChange {
  newEmail: string
  requestedAt: Date
  expiresAt: Date
}

/** The condition that a capability is the link of a change of address, and that it still works. */
function waits(clock: Clock, userId: UserId) {
  return and(
    eq(capabilities.userId, userId),
    eq(capabilities.purpose, 'change_email'),
    isNull(capabilities.usedAt),
    gt(capabilities.expiresAt, clock.now()),
  )
}

/** Finds the change of address of a user that waits for its link, or null. */
export async function findPendingEmailChange(
  db: Database,
  clock: Clock,
  userId: UserId,
): Promise<PendingEmailChange | null> {
  const { email, createdAt, expiresAt } = capabilities
  const [row] = await db
    .select({ newEmail: email, requestedAt: createdAt, expiresAt })
    .from(capabilities)
    .where(waits(clock, userId))
    // A former server may have left several. The newest one is what the user asked for last.
    .orderBy(desc(createdAt))
    .limit(1)
  return row ?? null
}

/**
 * Deletes the unused links of a user that change the address. A used link goes on redirecting. The caller holds the lock
 * of the user, so a link is either used or deleted.
 *
 * @returns whether there was one
 */
export async function deleteEmailChanges(tx: Database, clock: Clock, userId: UserId): Promise<boolean> {
  const deleted = await tx
    .delete(capabilities)
    .where(waits(clock, userId))
    .returning({ tokenHash: capabilities.tokenHash })
  return deleted.length > 0
}
