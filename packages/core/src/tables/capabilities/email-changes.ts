import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { capabilities } from './schema.ts'

/**
 * Deletes the unused links of a user that change the address. A used link goes on redirecting. The caller holds the lock
 * of the user, so a link is either used or deleted.
 */
export async function deleteEmailChanges(tx: Database, userId: UserId): Promise<void> {
  await tx
    .delete(capabilities)
    .where(
      and(
        eq(capabilities.userId, userId),
        eq(capabilities.purpose, 'change_email'),
        isNull(capabilities.usedAt),
      ),
    )
}
