import { useSession, useUser } from '@latchkey/client/react'
import { isStaffRole } from '@latchkey/contract/roles'
import type { ReactNode } from 'react'
import { ConnectionBanner } from '../connection/connection-banner.tsx'
import { Link } from '../routing/link.tsx'
import { useLocation } from '../routing/router.ts'
import { useSignOut } from '../session/guards.tsx'
import { useSettings } from '../session/portal.ts'
import { BrandMark } from './icons.tsx'
import { Label } from './room.tsx'

const PAGES = [
  { path: '/', name: 'Profile' },
  { path: '/email', name: 'E-mail', needsMail: true },
  { path: '/password', name: 'Password' },
  { path: '/sessions', name: 'Devices' },
]

/** Shows the page of a signed-out visitor: one card, like the pages of the server. */
export function PlainShell({ children }: { children: ReactNode }) {
  return (
    <div className="plain">
      <ConnectionBanner />
      <header className="brand">
        <BrandMark />
        <span>Latchkey</span>
      </header>
      <main>{children}</main>
    </div>
  )
}

/** Shows the page of a signed-in user: the name, the navigation, and the button that signs out. */
export function AccountShell({ children }: { children: ReactNode }) {
  const { path } = useLocation()
  const { user } = useUser()
  const session = useSession()
  const { sendsMail } = useSettings()
  const pages = PAGES.filter(({ needsMail }) => sendsMail || !needsMail)
  const signOut = useSignOut()
  return (
    <div className="account">
      <a className="skip" href="#content">
        Skip to content
      </a>
      <ConnectionBanner />
      <header className="bar">
        <Link to="/" className="brand">
          <BrandMark />
          <span>Latchkey</span>
        </Link>
        <span className="who">{user?.email}</span>
        <button type="button" className="quiet" onClick={signOut}>
          Sign out
        </button>
      </header>
      <nav aria-label="Your account">
        {pages.map(({ path: to, name }) => (
          <Link key={to} to={to} isCurrent={path === to}>
            <Label says={name} or={name} />
          </Link>
        ))}
        {session.status === 'signed_in' && isStaffRole(session.role) && (
          <Link to="/staff" isCurrent={path === '/staff'}>
            <Label says="Accounts" or="Accounts" />
          </Link>
        )}
      </nav>
      <main id="content">{children}</main>
    </div>
  )
}
