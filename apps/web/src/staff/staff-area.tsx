import { useSession } from '@latchkey/client/react'
import { isStaffRole, SUPERUSER_ROLE } from '@latchkey/contract/roles'
import { useLocation } from '../routing/router.ts'
import { NotFoundScreen } from '../screens/not-found.tsx'
import { AccountScreen } from './account.tsx'
import { AccountsScreen } from './accounts.tsx'
import { CreateAccountScreen } from './create-account.tsx'

/**
 * The pages of staff; for anybody else there are none.
 *
 * By the role the token tells, which may be out of date: what may be done the server decides at each call.
 */
export function StaffArea() {
  const session = useSession()
  const { path } = useLocation()
  if (session.status !== 'signed_in' || !isStaffRole(session.role)) return <NotFoundScreen />
  const me = { id: session.userId, role: session.role }
  const [id, ...rest] = path.split('/').slice(2)
  if (!id) return <AccountsScreen me={me} />
  if (rest.length > 0) return <NotFoundScreen />
  if (id !== 'create') return <AccountScreen key={id} id={id} me={me} />
  return me.role === SUPERUSER_ROLE ? <CreateAccountScreen /> : <NotFoundScreen />
}
