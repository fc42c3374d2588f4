import { STAFF_ROLE, SUPERUSER_ROLE } from '@latchkey/contract/roles'
import type { Translate } from '../languages/create-messages.ts'

/** Returns the name of a role. A role that the operator defines is named by its number. */
export function describeRole(role: number, t: Translate): string {
  if (role === 0) return t('role.user')
  if (role === STAFF_ROLE) return t('role.staff')
  return role === SUPERUSER_ROLE ? t('role.superuser') : t('role.other', { number: String(role) })
}

/**
 * Lists the roles to choose from.
 *
 * @param current - the current role; also listed if the operator defines it
 */
export function listRoles(t: Translate, current = 0): { value: string; name: string }[] {
  const roles = new Set([0, STAFF_ROLE, SUPERUSER_ROLE, current])
  return [...roles].map((role) => ({ value: String(role), name: describeRole(role, t) }))
}
