import type { StaffAccount } from '@latchkey/client'
import { isStaffRole, SUPERUSER_ROLE } from '@latchkey/contract/roles'

/** The signed-in staff member. */
export interface Me {
  id: string
  role: number
}

/** Says in a sentence why a staff member may not act on a user; null when the act is allowed. */
export function whyOutOfReach(me: Me, account: Pick<StaffAccount, 'id' | 'role'>): string | null {
  if (account.id === me.id) return 'This is your own account, on which nobody acts from here.'
  if (me.role === SUPERUSER_ROLE || !isStaffRole(account.role)) return null
  return 'Only superusers act on the accounts of staff.'
}
