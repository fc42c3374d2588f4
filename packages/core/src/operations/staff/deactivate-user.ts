import type { Context } from '../../context.ts'
import { actOnUser } from '../../steps/authorise.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { deleteCapabilitiesOfUser } from '../../tables/capabilities/statements.ts'
import { deleteSessionsOfUser } from '../../tables/sessions/end.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import type { Actor } from '../../words/actor.ts'

/**
 * Deactivates a user and ends every session and link of it at once.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}
 */
export async function deactivateUser(ctx: Context, input: { by: Actor; userId: string }): Promise<void> {
  const { by } = input
  await actOnUser(ctx, { ...input, lowers: true }, async (tx, { id: userId, isActive }) => {
    await changeSecurity(tx, ctx.clock, { id: userId, isActive: false })
    // After the lock, as statements of their own: they must see a session whose insert held the row before us.
    await deleteCapabilitiesOfUser(tx, userId)
    await deleteSessionsOfUser(tx, userId)
    if (isActive) await recordEvent(ctx, tx, { kind: 'account_deactivated', userId, by, details: {} })
  })
}
