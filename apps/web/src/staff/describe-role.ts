import { STAFF_ROLE, SUPERUSER_ROLE } from '@latchkey/contract/roles'

/** What people call a role; a number of the operator's own stays one. */
export function describeRole(role: number): string {
  if (role === 0) return 'user'
  if (role === STAFF_ROLE) return 'staff'
  return role === SUPERUSER_ROLE ? 'superuser' : `role ${role}`
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
