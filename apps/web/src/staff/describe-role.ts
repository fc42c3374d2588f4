/** The role of a member of staff, who acts on users. */
export const STAFF_ROLE = 1000
/** The role of a superuser, who acts on everybody. */
export const SUPERUSER_ROLE = 900

/** What people call a role; a number of the operator's own stays one. */
export function describeRole(role: number): string {
  if (role === 0) return 'user'
  if (role === STAFF_ROLE) return 'staff'
  return role === SUPERUSER_ROLE ? 'superuser' : `role ${role}`
}

/** Answers whether a role leads into the staff area; a set and no order, as the server has it. */
export function isStaffRole(role: number): boolean {
  return role === STAFF_ROLE || role === SUPERUSER_ROLE
}

/**
 * Lists the roles to choose from.
 *
 * @param current - also one of them, if it is a number of the operator's own
 */
export function listRoles(current = 0): { value: string; name: string }[] {
  const roles = new Set([0, STAFF_ROLE, SUPERUSER_ROLE, current])
  return [...roles].map((role) => ({ value: String(role), name: describeRole(role) }))
}
