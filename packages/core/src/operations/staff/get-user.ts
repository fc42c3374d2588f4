import type { Context } from '../../context.ts'
import { findStaffUser } from '../../tables/users/find.ts'
import type { StaffUser } from '../../tables/users/staff-user.ts'
import { DomainError } from '../../words/errors.ts'
import { isId, type UserId } from '../../words/ids.ts'

/**
 * Gets one user, for staff.
 *
 * @throws {DomainError} `not_found` - the user does not exist
 */
export async function getUser(ctx: Context, input: { userId: string }): Promise<StaffUser> {
  const user = isId(input.userId) ? await findStaffUser(ctx.db, ctx.clock, input.userId as UserId) : null
  if (!user) throw new DomainError('not_found')
  return user
}
