/** The role of a member of staff, who acts on users. */
export const STAFF_ROLE = 1000
/** The role of a superuser, who acts on everybody. */
export const SUPERUSER_ROLE = 900

/** Answers whether a role may act on other users: a set and no order, since 900 stands above 1000. */
export function isStaffRole(role: number): boolean {
  return role === STAFF_ROLE || role === SUPERUSER_ROLE
}
