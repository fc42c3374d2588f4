import type { Context } from '../../context.ts'
import { updateNames } from '../../tables/users/change.ts'
import { DomainError } from '../../words/errors.ts'
import type { Identity, User } from '../../words/user.ts'

/**
 * Changes the names of the caller. A name that is left out stays.
 *
 * @throws {DomainError} `user_not_found` - the user was deleted since the check of the access token
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
