import type { Context } from '../../context.ts'
import type { Actor } from '../../steps/actor.ts'
import { actOnUser } from '../../steps/authorise.ts'
import { queueNotice } from '../../steps/queue-notice.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { changeSecurity } from '../../tables/users/change.ts'

/**
 * Reactivates a user, who can then sign in again. The old sessions stay ended. The user gets a notice.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}
 */
export async function reactivateUser(ctx: Context, input: { by: Actor; userId: string }): Promise<void> {
  const { by } = input
  await actOnUser(ctx, input, async (tx, user) => {
    const { id: userId, isActive } = user
    await changeSecurity(tx, ctx.clock, { id: userId, isActive: true })
    if (isActive) return
    await recordEvent(ctx, tx, { kind: 'account_reactivated', userId, by, details: {} })
    await queueNotice(ctx, tx, { kind: 'account-reactivated', to: user })
  })
}
