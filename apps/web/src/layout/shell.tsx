import { isStaffRole } from '@latchkey/contract/roles'
import { type ReactNode, useEffect } from 'react'
import { ConnectionBanner } from '../connection/connection-banner.tsx'
import { AccountLanguageMenu, LanguageMenu } from '../languages/language-menu.tsx'
import { showAccountLanguage, useMessages } from '../languages/language-store.ts'
import { Link } from '../routing/link.tsx'
import { useLocation } from '../routing/router.ts'
import { useSignOut } from '../session/guards.tsx'
import { useSettings } from '../session/portal.ts'
import { useSettledSession, useSettledUser } from '../session/use-settled-session.ts'
import { Brand, BrandLinks } from './brand.tsx'
import { Label } from './room.tsx'

const PAGES = [
  { path: '/', name: 'navigation.profile' },
  { path: '/email', name: 'navigation.email', needsMail: true },
  { path: '/password', name: 'navigation.password' },
  { path: '/security', name: 'navigation.security', needsFactors: true },
  { path: '/connections', name: 'navigation.connections', needsProviders: true },
  { path: '/sessions', name: 'navigation.devices' },
] as const

interface PlainShellProps {
  children: ReactNode
  /** The menu in which a language is chosen. */
  menu?: ReactNode
}

/** Shows the page of a signed-out visitor: one card, like the pages of the server. */
export function PlainShell({ children, menu = <LanguageMenu /> }: PlainShellProps) {
  return (
    <div className="plain">
      <ConnectionBanner />
      <header className="top">
        <span className="brand">
          <Brand />
        </span>
        {menu}
      </header>
      <main>{children}</main>
      <footer className="bottom">
        <BrandLinks />
      </footer>
    </div>
  )
}

/** Shows the page of a signed-in user: the name, the navigation, and the button that signs out. */
export function AccountShell({ children }: { children: ReactNode }) {
  const { t } = useMessages()
  const { user } = useSettledUser()
  const signOut = useSignOut()
  const language = user?.language
  useEffect(() => void showAccountLanguage(language), [language])
  return (
    <div className="account">
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <ConnectionBanner />
      <header className="bar">
        <Link to="/" className="brand">
          <Brand />
        </Link>
        <bdi className="who">{user?.email}</bdi>
        <span className="tools">
          <AccountLanguageMenu />
          <button type="button" className="quiet" onClick={signOut}>
            {t('shell.signOut')}
          </button>
        </span>
      </header>
      <nav aria-label={t('navigation.label')}>
        <Navigation />
        <BrandLinks />
      </nav>
      <main id="content">{children}</main>
    </div>
  )
}

function Navigation() {
  const { t } = useMessages()
  const { path } = useLocation()
  const session = useSettledSession()
  const { sendsMail, mfaMode, passkeysEnabled, providers } = useSettings()
  const hasFactors = mfaMode !== 'disabled' || passkeysEnabled
  const isStaff = session.status === 'signed_in' && isStaffRole(session.role)
  const pages = PAGES.filter(
    (page) =>
      (sendsMail || !('needsMail' in page)) &&
      (hasFactors || !('needsFactors' in page)) &&
      (providers.length > 0 || !('needsProviders' in page)),
  )
  const links = [...pages, ...(isStaff ? [{ path: '/staff', name: 'navigation.accounts' } as const] : [])]
  return links.map(({ path: to, name }) => (
    <Link key={to} to={to} isCurrent={path === to}>
      <Label says={t(name)} or={t(name)} />
    </Link>
  ))
}
