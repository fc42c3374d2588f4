import { useSession } from '@latchkey/client/react'
import { useSyncExternalStore } from 'react'
import { ForgotPassword } from './screens/forgot-password'
import { SignIn } from './screens/sign-in'
import { SignUp } from './screens/sign-up'
import { UserPage } from './screens/user-page'

const SCREENS: Record<string, () => React.JSX.Element> = {
  '#sign-up': SignUp,
  '#forgot-password': ForgotPassword,
}

export function App() {
  const session = useSession()
  const hash = useHash()
  if (session.status === 'loading') return <p>One moment…</p>
  if (session.status === 'signed_in') return <UserPage />
  const Screen = SCREENS[hash] ?? SignIn
  return <Screen />
}

/** The part of the address after `#`, which names the screen. */
function useHash(): string {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('hashchange', listener)
      return () => window.removeEventListener('hashchange', listener)
    },
    () => window.location.hash,
  )
}
