import { deleteCapabilitiesOfUser } from '../capabilities/store.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { UserId } from '../ids.ts'
import { deleteSessionsOfUser } from '../sessions/store.ts'
import { transaction } from '../transaction.ts'
import { changeSecurity } from './store.ts'

/**
 * Deactivates an account and ends every session and link of it at once.
 *
 * @throws {DomainError} `not_found` - there is no such account
 */
export async function deactivateUser(ctx: Context, input: { userId: UserId }): Promise<void> {
  const found = await transaction(ctx.db, async (tx) => {
    const epoch = await changeSecurity(tx, ctx.clock, { id: input.userId, isActive: false })
    if (epoch === null) return false
    // After the lock, as statements of their own: they must see a session whose insert held the row before us.
    await deleteCapabilitiesOfUser(tx, input.userId)
    await deleteSessionsOfUser(tx, input.userId)
    return true
  })
  if (!found) throw new DomainError('not_found')
}
