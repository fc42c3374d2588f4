import type { Context } from '../../context.ts'
import type { StaffUser } from '../../tables/users/columns.ts'
import { findStaffUserByEmail } from '../../tables/users/find.ts'

/** The user who has an address, or null; for operators. */
export async function findUserByEmail(ctx: Context, email: string): Promise<StaffUser | null> {
  return findStaffUserByEmail(ctx.db, email)
}
