import { useClient, useSession } from '@latchkey/client/react'
import { type FunctionComponent, type ReactNode, useEffect } from 'react'
import { useConnection } from '../connection/connection.ts'
import { useLoaded } from '../connection/use-loaded.ts'
import type { Sentence } from '../languages/create-messages.ts'
import { FailedScreen } from '../layout/failed-screen.tsx'
import { LoadingScreen } from '../layout/messages.tsx'
import { navigate, useLocation } from '../routing/router.ts'
import { holdGuards, useGuardsHeld } from './hold-guards.ts'
import { useSettledSession } from './use-settled-session.ts'

type Frame = FunctionComponent<{ children: ReactNode }>

interface SignedInProps {
  /** The frame of a page whose user is unknown. */
  frame: Frame
  children: ReactNode
}

/** Shows its children to a signed-in user. A visitor is led to the sign-in, which says why, and back after it. */
export function SignedIn({ frame, children }: SignedInProps) {
  const session = useSettledSession()
  const { path, query } = useLocation()
  const isHeld = useGuardsHeld()
  useEffect(() => {
    if (session.status !== 'signed_out' || isHeld) return
    const { reason } = session
    const notice: Sentence = reason && ((messages) => messages.describeSignedOut(reason))
    navigate('/sign-in', { replace: true, state: { next: path + query }, notice })
  }, [session, path, query, isHeld])
  return session.status === 'signed_in' ? children : <WhoIsThere frame={frame} />
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
 *
 * @param frame - of the page; none where the screen has one already
 */
export function WhoIsThere({ frame: Page }: { frame?: Frame }) {
  const { session } = useClient()
  const connection = useConnection()
  const { failure, retry } = useLoaded(session.ready)
  const isOnline = connection === 'online'
  const hasFailed = failure !== null && isOnline
  const screen = hasFailed ? <FailedScreen failure={failure} onRetry={retry} /> : <LoadingScreen />
  if (!Page) return screen
  // Mostly the answer is there in a moment, and the frame of the account follows.
  return hasFailed || !isOnline ? <Page>{screen}</Page> : <main>{screen}</main>
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
