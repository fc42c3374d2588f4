import { useClient, useSession } from '@latchkey/client/react'
import { type ReactNode, useEffect } from 'react'
import { useConnection } from '../connection/connection.ts'
import { useLoaded } from '../connection/use-loaded.ts'
import type { Sentence } from '../languages/create-messages.ts'
import { FailedPart, LoadingScreen } from '../layout/messages.tsx'
import { navigate, useLocation } from '../routing/router.ts'
import { holdGuards, useGuardsHeld } from './hold-guards.ts'
import { useSettledSession } from './use-settled-session.ts'

/** Shows its children to a signed-in user. A visitor is led to the sign-in, which says why, and back after it. */
export function SignedIn({ children }: { children: ReactNode }) {
  const session = useSettledSession()
  const { path, query } = useLocation()
  const isHeld = useGuardsHeld()
  useEffect(() => {
    if (session.status !== 'signed_out' || isHeld) return
    const { reason } = session
    const notice: Sentence = reason && ((messages) => messages.describeSignedOut(reason))
    navigate('/sign-in', { replace: true, state: { next: path + query }, notice })
  }, [session, path, query, isHeld])
  return session.status === 'signed_in' ? children : <WhoIsThere />
}

/** Shows its children to a signed-out visitor. A signed-in user is led to the next page. */
export function SignedOut({ children }: { children: ReactNode }) {
  const { status } = useSession()
  const { state } = useLocation()
  const isHeld = useGuardsHeld()
  useEffect(() => {
    if (status === 'signed_in' && !isHeld) navigate(state.next ?? '/', { replace: true })
  }, [status, state, isHeld])
  return status === 'signed_out' ? children : <WhoIsThere />
}

/**
 * Shows that it is unknown so far whether a user is signed in.
 *
 * In cookie mode only the server can tell, so the screen stays while the server cannot be reached.
 */
export function WhoIsThere() {
  const { session } = useClient()
  const connection = useConnection()
  const { failure, retry } = useLoaded(session.ready)
  if (failure === null || connection !== 'online') return <LoadingScreen />
  return <FailedPart failure={failure} onRetry={retry} />
}

/** Returns a function that signs out and says so. It says what is left to do when the request to the server has failed. */
export function useSignOut(): () => Promise<void> {
  const client = useClient()
  return () =>
    holdGuards(async () => {
      const key = await client.logout().then(
        () => 'signOut.done' as const,
        () => 'signOut.onlyHere' as const,
      )
      const notice: Sentence = (messages) => messages.t(key)
      navigate('/sign-in', { replace: true, notice })
    })
}
