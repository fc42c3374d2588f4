import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { UserId } from '../ids.ts'
import { deleteSessionsOfUser } from '../sessions/store.ts'
import { transaction } from '../transaction.ts'
import { changeSecurity } from './store.ts'

/**
 * Deactivates an account and ends every session of it at once.
 *
 * @throws {DomainError} `not_found` - there is no such account
 */
export async function deactivateUser(ctx: Context, input: { userId: UserId }): Promise<void> {
  const found = await transaction(ctx.db, async (tx) => {
    const changed = await changeSecurity(tx, ctx.clock, { id: input.userId, isActive: false })
    // After the lock, as a statement of its own: it must see a session whose insert held the row before us.
    if (changed) await deleteSessionsOfUser(tx, input.userId)
    return changed
  })
  if (!found) throw new DomainError('not_found')
}
