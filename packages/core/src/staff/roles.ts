/** The role of a member of staff, who acts on users. */
export const STAFF_ROLE = 1000
/** The role of a superuser, who acts on everybody. */
export const SUPERUSER_ROLE = 900

/**
 * Answers whether a role lets its holder act on accounts of others.
 *
 * A set and no order: 900 stands above 1000, and any other number is the operator's own and means nothing here.
 */
export function isStaffRole(role: number): boolean {
  return role === STAFF_ROLE || role === SUPERUSER_ROLE
}
