import type { StaffAccount } from '@latchkey/client'
import { isStaffRole, SUPERUSER_ROLE } from '@latchkey/contract/roles'

/** Who looks at accounts of others. */
export interface Me {
  id: string
  role: number
}

/** Why one may not act on an account, in a sentence; null when one may. */
export function whyOutOfReach(me: Me, account: Pick<StaffAccount, 'id' | 'role'>): string | null {
  if (account.id === me.id) return 'This is your own account, on which nobody acts from here.'
  if (me.role === SUPERUSER_ROLE || !isStaffRole(account.role)) return null
  return 'Only superusers act on the accounts of staff.'
}
