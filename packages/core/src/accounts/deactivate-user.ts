import { recordEvent } from '../audit/record-event.ts'
import { deleteCapabilitiesOfUser } from '../capabilities/store.ts'
import type { Context } from '../context.ts'
import { deleteSessionsOfUser } from '../sessions/store/end.ts'
import type { Actor } from '../staff/actor.ts'
import { actOnAccount } from '../staff/authorise.ts'
import { changeSecurity } from './store.ts'

/**
 * Deactivates an account and ends every session and link of it at once.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnAccount}
 */
export async function deactivateUser(ctx: Context, input: { by: Actor; userId: string }): Promise<void> {
  const { by } = input
  await actOnAccount(ctx, { ...input, lowers: true }, async (tx, { id: userId, isActive }) => {
    await changeSecurity(tx, ctx.clock, { id: userId, isActive: false })
    // After the lock, as statements of their own: they must see a session whose insert held the row before us.
    await deleteCapabilitiesOfUser(tx, userId)
    await deleteSessionsOfUser(tx, userId)
    if (isActive) await recordEvent(ctx, tx, { kind: 'account_deactivated', userId, by, details: {} })
  })
}
