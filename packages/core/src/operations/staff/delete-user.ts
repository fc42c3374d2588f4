import type { Context } from '../../context.ts'
import type { Actor } from '../../steps/actor.ts'
import { actOnUser } from '../../steps/authorise.ts'
import { eraseUser } from '../../steps/erase-user.ts'

/**
 * Deletes a user with all its personal data. Its events stay, without personal data.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}
 */
export async function deleteUser(ctx: Context, input: { by: Actor; userId: string }): Promise<void> {
  await actOnUser(ctx, { ...input, lowers: true }, (tx, user) => eraseUser(ctx, tx, { user, by: input.by }))
}
