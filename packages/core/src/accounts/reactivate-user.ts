import { recordEvent } from '../audit/record-event.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../staff/actor.ts'
import { actOnAccount } from '../staff/authorise.ts'
import { changeSecurity } from './store.ts'

/**
 * Lets a deactivated account sign in again; no session comes back.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnAccount}
 */
export async function reactivateUser(ctx: Context, input: { by: Actor; userId: string }): Promise<void> {
  const { by } = input
  await actOnAccount(ctx, input, async (tx, { id: userId, isActive }) => {
    await changeSecurity(tx, ctx.clock, { id: userId, isActive: true })
    if (!isActive) await recordEvent(ctx, tx, { kind: 'account_reactivated', userId, by, details: {} })
  })
}
