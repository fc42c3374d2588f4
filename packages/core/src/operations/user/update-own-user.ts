import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import { updateDetails } from '../../tables/users/change.ts'
import type { OwnChange, User } from '../../tables/users/columns.ts'
import { DomainError } from '../../words/errors.ts'

/**
 * Changes the details of the caller. A detail that is left out stays.
 *
 * @throws {DomainError} `user_not_found` - the user was deleted since the check of the access token
 */
export async function updateOwnUser(ctx: Context, input: OwnChange & { identity: Identity }): Promise<User> {
  const { identity, ...change } = input
  const user = await updateDetails(ctx.db, ctx.clock, { ...change, id: identity.userId })
  if (!user) throw new DomainError('user_not_found')
  return user
}
