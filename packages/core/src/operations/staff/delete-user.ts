import type { Context } from '../../context.ts'
import { actOnAccount } from '../../steps/authorise.ts'
import { eraseAccount } from '../../steps/erase-user.ts'
import type { Actor } from '../../words/actor.ts'

/**
 * Deletes an account with all that tells of its owner; the skeleton of its audit trail stays.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnAccount}
 */
export async function deleteAccount(ctx: Context, input: { by: Actor; userId: string }): Promise<void> {
  await actOnAccount(ctx, { ...input, lowers: true }, (tx, account) =>
    eraseAccount(ctx, tx, { account, by: input.by }),
  )
}
