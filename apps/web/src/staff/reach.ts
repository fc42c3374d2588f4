import type { StaffAccount } from '@latchkey/client'
import { isStaffRole, SUPERUSER_ROLE } from '@latchkey/contract/roles'

/** The signed-in staff member. */
export interface Me {
  id: string
  role: number
}

/** Says why a staff member may not act on a user: it is the own account, or one of staff; null when the act is allowed. */
export function whyOutOfReach(me: Me, account: Pick<StaffAccount, 'id' | 'role'>): 'own' | 'staff' | null {
  if (account.id === me.id) return 'own'
  return me.role === SUPERUSER_ROLE || !isStaffRole(account.role) ? null : 'staff'
}
