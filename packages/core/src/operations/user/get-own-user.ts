import type { Context } from '../../context.ts'
import type { Identity, User } from '../../words/user.ts'

/** Gets the caller's own details, as they were read when the access token was checked: no second look is needed. */
export async function getOwnUser(_ctx: Context, input: { identity: Identity }): Promise<User> {
  return input.identity.user
}
