import type { Context } from '../../context.ts'
import { findStaffUserByExternalId } from '../../tables/users/find.ts'
import type { StaffUser } from '../../tables/users/staff-user.ts'

/** Finds the user that other services know by an id, or null; for the operator. */
export async function findUserByExternalId(ctx: Context, externalId: string): Promise<StaffUser | null> {
  return findStaffUserByExternalId(ctx.db, ctx.clock, externalId)
}
