import { STAFF_ROLE, SUPERUSER_ROLE } from '@latchkey/contract/roles'

/** Returns the name of a role. A role that the operator defines is named by its number. */
export function describeRole(role: number): string {
  if (role === 0) return 'user'
  if (role === STAFF_ROLE) return 'staff'
  return role === SUPERUSER_ROLE ? 'superuser' : `role ${role}`
}

/**
 * Lists the roles to choose from.
 *
 * @param current - the current role; also listed if the operator defines it
 */
export function listRoles(current = 0): { value: string; name: string }[] {
  const roles = new Set([0, STAFF_ROLE, SUPERUSER_ROLE, current])
  return [...roles].map((role) => ({ value: String(role), name: describeRole(role) }))
}
