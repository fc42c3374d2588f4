import type { Context } from '../../context.ts'
import { updateNames } from '../../tables/users/change.ts'
import { DomainError } from '../../words/errors.ts'
import type { Identity, User } from '../../words/user.ts'

/**
 * Changes the caller's names; a name left out stays.
 *
 * @throws {DomainError} `user_not_found` - the user was deleted a moment ago
 */
export async function updateOwnUser(
  ctx: Context,
  input: { identity: Identity; firstName?: string; lastName?: string },
): Promise<User> {
  const { identity, ...names } = input
  const user = await updateNames(ctx.db, ctx.clock, { id: identity.userId, ...names })
  if (!user) throw new DomainError('user_not_found')
  return user
}
