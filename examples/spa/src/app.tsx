import { useClient, useSession } from '@latchkey/client/react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { comeBack } from './come-back'
import { ForgotPassword } from './screens/forgot-password'
import { SignIn } from './screens/sign-in'
import { SignUp } from './screens/sign-up'
import { UserPage } from './screens/user-page'

const SCREENS: Record<string, () => React.JSX.Element> = {
  '#sign-up': SignUp,
  '#forgot-password': ForgotPassword,
}

export function App() {
  const client = useClient()
  const session = useSession()
  const hash = useHash()
  const notice = useReturn(session.status)
  const [onlyHere, setOnlyHere] = useState('')
  // The session is forgotten here in any case.
  async function signOut() {
    setOnlyHere('')
    const tell = () => setOnlyHere('You are signed out here, but the server could not be told.')
    await client.logout().catch(tell)
  }
  const SignedOut = SCREENS[hash] ?? SignIn
  return (
    <>
      <p role="status">{notice}</p>
      {session.status === 'loading' && <p>One moment…</p>}
      {session.status === 'signed_in' && <UserPage onSignOut={signOut} />}
      {session.status === 'signed_out' && onlyHere && <p role="alert">{onlyHere}</p>}
      {session.status === 'signed_out' && <SignedOut />}
    </>
  )
}

/**
 * Ends what a button of a provider began, and returns the sentence of its outcome until the next sign-in or sign-out.
 *
 * It is done for every screen, because another tab may have signed in meanwhile. The outcome leaves the address.
 */
function useReturn(status: string): string {
  const [notice, setNotice] = useState('')
  useEffect(() => {
    void comeBack().then(setNotice)
  }, [])
  useEffect(() => (status === 'loading' ? undefined : () => setNotice('')), [status])
  return notice
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
