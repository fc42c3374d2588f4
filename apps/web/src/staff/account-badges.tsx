import type { StaffAccount } from '@latchkey/client'
import { useMessages } from '../languages/language-store.ts'
import { describeRole } from './describe-role.ts'

type Marked = Pick<StaffAccount, 'role' | 'is_active' | 'email_verified'>

/** Shows what is out of the ordinary about a user: a role, a deactivation, an address that is not confirmed. */
export function AccountBadges({ account }: { account: Marked }) {
  const { t } = useMessages()
  return (
    <>
      {account.role !== 0 && <span className="badge">{describeRole(account.role, t)}</span>}
      {!account.is_active && <span className="badge badge-warning">{t('staff.badge.deactivated')}</span>}
      {!account.email_verified && <span className="badge badge-warning">{t('staff.badge.unverified')}</span>}
    </>
  )
}
