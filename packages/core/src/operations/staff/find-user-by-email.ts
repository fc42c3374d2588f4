import type { Context } from '../../context.ts'
import { findStaffUserByEmail } from '../../tables/users/find.ts'
import type { StaffUser } from '../../tables/users/staff-user.ts'

/** Finds the user with a normalised address, or null; for the operator. */
export async function findUserByEmail(ctx: Context, email: string): Promise<StaffUser | null> {
  return findStaffUserByEmail(ctx.db, ctx.clock, email)
}
