import type { Context } from '../../context.ts'
import type { Actor } from '../../steps/actor.ts'
import { actOnUser } from '../../steps/authorise.ts'
import { queueNotice } from '../../steps/queue-notice.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { deleteCapabilitiesOfUser } from '../../tables/capabilities/statements.ts'
import { deleteSessionsOfUser } from '../../tables/sessions/end.ts'
import { changeSecurity } from '../../tables/users/change.ts'

/**
 * Deactivates a user, and ends every session and link of the user at once. The user gets a notice.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}
 */
export async function deactivateUser(ctx: Context, input: { by: Actor; userId: string }): Promise<void> {
  const { by } = input
  await actOnUser(ctx, { ...input, lowers: true }, async (tx, user) => {
    const { id: userId, isActive } = user
    await changeSecurity(tx, ctx.clock, { id: userId, isActive: false })
    // These statements run after the lock, so that they see a session that was committed while the lock was awaited.
    await deleteCapabilitiesOfUser(tx, userId)
    await deleteSessionsOfUser(tx, userId)
    if (!isActive) return
    await recordEvent(ctx, tx, { kind: 'account_deactivated', userId, by, details: {} })
    await queueNotice(ctx, tx, { kind: 'account-deactivated', to: user })
  })
}
