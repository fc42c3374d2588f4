import { isStaffRole, SUPERUSER_ROLE } from '@latchkey/contract/roles'
import type { FunctionComponent } from 'react'
import { NotFoundScreen } from '../layout/not-found.tsx'
import { useLocation } from '../routing/router.ts'
import { useSettledSession } from '../session/use-settled-session.ts'
import { AccountScreen } from './account.tsx'
import { AccountsScreen } from './accounts.tsx'
import { CreateAccountScreen } from './create-account.tsx'
import type { Me } from './reach.ts'

interface StaffScreenProps {
  me: Me
  /** The value of `:id` in the path; empty for a path without `:id`. */
  id: string
}

/** The screens of staff by path. `:id` is the id of a user. */
export const STAFF_SCREENS: Record<string, FunctionComponent<StaffScreenProps>> = {
  '/staff': AccountsScreen,
  '/staff/create': ({ me }) => (me.role === SUPERUSER_ROLE ? <CreateAccountScreen /> : <NotFoundScreen />),
  '/staff/:id': AccountScreen,
}

/**
 * Shows the screens of staff. Any other user is told that the page does not exist.
 *
 * The role comes from the access token, which may be out of date. The server decides at each call what is allowed.
 */
export function StaffArea() {
  const session = useSettledSession()
  const { path } = useLocation()
  if (session.status !== 'signed_in' || !isStaffRole(session.role)) return <NotFoundScreen />
  const me = { id: session.userId, role: session.role }
  const [Screen, id] = find(path)
  return Screen ? <Screen key={id} id={id} me={me} /> : <NotFoundScreen />
}

function find(path: string): [FunctionComponent<StaffScreenProps> | undefined, string] {
  if (Object.hasOwn(STAFF_SCREENS, path)) return [STAFF_SCREENS[path], '']
  const [, id = ''] = /^\/staff\/([^/]+)$/.exec(path) ?? []
  return [id ? STAFF_SCREENS['/staff/:id'] : undefined, id]
}
