import { PORTAL_RETURN_PATH } from '@latchkey/contract/portal-settings'
import type { FunctionComponent } from 'react'
import { AccountLanguageMenu } from './languages/language-menu.tsx'
import { NotFoundScreen } from './layout/not-found.tsx'
import { AccountShell, PlainShell } from './layout/shell.tsx'
import { ConnectionsScreen } from './providers/connections.tsx'
import { ReturnScreen } from './providers/return.tsx'
import { useLocation } from './routing/router.ts'
import { CheckMailScreen } from './screens/check-mail.tsx'
import { ConfirmAddressScreen } from './screens/confirm-address.tsx'
import { DeleteAccountScreen } from './screens/delete-account.tsx'
import { EmailScreen } from './screens/email.tsx'
import { ForgotPasswordScreen } from './screens/forgot-password.tsx'
import { PasswordScreen } from './screens/password.tsx'
import { ProfileScreen } from './screens/profile.tsx'
import { ResetPasswordScreen } from './screens/reset-password.tsx'
import { SessionsScreen } from './screens/sessions.tsx'
import { SignInScreen } from './screens/sign-in.tsx'
import { SignUpScreen } from './screens/sign-up.tsx'
import { VerifiedScreen } from './screens/verified.tsx'
import { ConfirmItIsYou } from './second-factors/confirm-it-is-you.tsx'
import { SecondStepScreen } from './second-factors/second-step.tsx'
import { SecurityScreen } from './second-factors/security.tsx'
import { SetUpScreen } from './second-factors/set-up.tsx'
import { SignedIn, SignedOut } from './session/guards.tsx'
import { useMustVerify } from './session/use-must-verify.ts'
import { STAFF_SCREENS, StaffArea } from './staff/staff-area.tsx'

const SIGNED_IN: Record<string, FunctionComponent> = {
  '/': ProfileScreen,
  '/email': EmailScreen,
  '/password': PasswordScreen,
  '/security': SecurityScreen,
  '/connections': ConnectionsScreen,
  '/sessions': SessionsScreen,
  '/delete': DeleteAccountScreen,
}
const SIGNED_OUT: Record<string, FunctionComponent> = { '/sign-in': SignInScreen, '/sign-up': SignUpScreen }
/** The screens between the password and the session. The second one goes on after the session is there. */
const UNFINISHED: Record<string, FunctionComponent> = {
  '/sign-in/second-step': SecondStepScreen,
  '/sign-in/set-up': SetUpScreen,
}
const ANYBODY: Record<string, FunctionComponent> = {
  '/check-mail': CheckMailScreen,
  '/forgot-password': ForgotPasswordScreen,
  '/reset-password': ResetPasswordScreen,
  [PORTAL_RETURN_PATH]: ReturnScreen,
  '/verified': VerifiedScreen,
}

/** The paths of all screens, grouped by who may see them. A test of every screen takes its cases from here. */
export const SCREEN_PATHS = {
  anybody: Object.keys(ANYBODY),
  signedOut: Object.keys(SIGNED_OUT),
  unfinished: Object.keys(UNFINISHED),
  signedIn: Object.keys(SIGNED_IN),
  staff: Object.keys(STAFF_SCREENS),
} as const

/** Shows the screen of the current address. */
export function App() {
  const { path } = useLocation()
  const mustVerify = useMustVerify()
  const Account = isStaffPath(path) ? StaffArea : pick(SIGNED_IN, path)
  const Entry = pick(SIGNED_OUT, path)
  if (mustVerify && (Account || Entry)) {
    return (
      <PlainShell menu={<AccountLanguageMenu />}>
        <ConfirmAddressScreen />
      </PlainShell>
    )
  }
  if (Account) {
    return (
      <SignedIn frame={PlainShell}>
        <AccountShell>
          <Account key={path} />
        </AccountShell>
        <ConfirmItIsYou />
      </SignedIn>
    )
  }
  const Screen = Entry ?? pick(UNFINISHED, path) ?? pick(ANYBODY, path) ?? NotFoundScreen
  const screen = <Screen key={path} />
  return <PlainShell>{Entry ? <SignedOut>{screen}</SignedOut> : screen}</PlainShell>
}

function isStaffPath(path: string): boolean {
  return path === '/staff' || path.startsWith('/staff/')
}

function pick(pages: Record<string, FunctionComponent>, path: string): FunctionComponent | undefined {
  return Object.hasOwn(pages, path) ? pages[path] : undefined
}
