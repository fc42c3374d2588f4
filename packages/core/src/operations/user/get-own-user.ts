import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import type { User } from '../../tables/users/columns.ts'

/** Gets the details of the caller, as the check of the access token read them. It needs no second statement. */
export async function getOwnUser(_ctx: Context, input: { identity: Identity }): Promise<User> {
  return input.identity.user
}
