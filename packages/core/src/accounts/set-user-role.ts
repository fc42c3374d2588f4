import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { UserId } from '../ids.ts'
import { deleteSessionsOfUser } from '../sessions/store.ts'
import { transaction } from '../transaction.ts'
import { changeSecurity } from './store.ts'

/**
 * Gives an account another role and ends its sessions, whose tokens speak of the old one.
 *
 * @param input.role - 0 user, 1000 staff, 900 superuser, or a number of the operator's own
 * @throws {DomainError} `not_found` - there is no such account
 */
export async function setUserRole(ctx: Context, input: { userId: UserId; role: number }): Promise<void> {
  const found = await transaction(ctx.db, async (tx) => {
    const epoch = await changeSecurity(tx, ctx.clock, { id: input.userId, role: input.role })
    if (epoch === null) return false
    // Deleted rather than left to refresh: a rotation that waits for this lock would return the old role.
    await deleteSessionsOfUser(tx, input.userId)
    return true
  })
  if (!found) throw new DomainError('not_found')
}
