/** The role of a user without rights over others. */
export const USER_ROLE = 0
/** The role of a member of staff. Staff act on users. */
export const STAFF_ROLE = 1000
/** The role of a superuser. Superusers act on every user. */
export const SUPERUSER_ROLE = 900

/**
 * Returns whether a role may act on other users. The roles are a set without an order: staff is 1000, superuser 900.
 */
export function isStaffRole(role: number): boolean {
  return role === STAFF_ROLE || role === SUPERUSER_ROLE
}
