import type { Context } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import type { Identity } from '../../steps/identity.ts'
import { voidEmailChange } from '../../steps/void-email-change.ts'
import { lockUser } from '../../tables/locks.ts'

/**
 * Cancels the change of address of the caller that waits for its link. The link becomes void. Without such a change
 * nothing happens.
 *
 * It needs no password, so that the owner of the account can stop a change at once. Of a cancellation and the use of the
 * link at the same time exactly one succeeds. `cancel-email-change.test.ts` holds this.
 */
export async function cancelEmailChange(ctx: Context, input: { identity: Identity }): Promise<void> {
  const { userId, sessionId } = input.identity
  await transaction(ctx.db, async (tx) => {
    await lockUser(tx, userId)
    await voidEmailChange(ctx, tx, { userId, sessionId })
  })
}
