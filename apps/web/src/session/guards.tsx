import { useClient, useSession } from '@latchkey/client/react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useConnection } from '../connection/connection.ts'
import { useLoaded } from '../connection/use-loaded.ts'
import { describeFailure } from '../forms/describe-failure.ts'
import { Alert, Loading } from '../layout/messages.tsx'
import { navigate, useLocation } from '../routing/router.ts'
import { holdGuards, useGuardsHeld } from './hold-guards.ts'

/** Shows what only a person who is signed in may see; anybody else is led to the sign-in and back again. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { status } = useSession()
  const { path } = useLocation()
  const isHeld = useGuardsHeld()
  const wasSignedIn = useRef(false)
  useEffect(() => {
    if (status === 'signed_in') wasSignedIn.current = true
    if (status !== 'signed_out' || isHeld) return
    const notice = wasSignedIn.current ? 'Your session has ended. Sign in to go on.' : undefined
    navigate('/sign-in', { replace: true, state: { next: path }, notice })
  }, [status, path, isHeld])
  return status === 'signed_in' ? children : <WhoIsThere />
}

/** Shows what is for people who are not signed in; anybody else goes on to where they were going. */
export function SignedOut({ children }: { children: ReactNode }) {
  const { status } = useSession()
  const { state } = useLocation()
  const isHeld = useGuardsHeld()
  useEffect(() => {
    if (status === 'signed_in' && !isHeld) navigate(state.next ?? '/', { replace: true })
  }, [status, state, isHeld])
  return status === 'signed_out' ? children : <WhoIsThere />
}

/** While storage or cookie have not told who is there; out of reach of the server only the cookie knows. */
export function WhoIsThere() {
  const { session } = useClient()
  const connection = useConnection()
  const { failure } = useLoaded(session.ready)
  if (failure === null || connection !== 'online') return <Loading />
  return <Alert>{failure}</Alert>
}

/** Ends the session and says so, also when the server could not be told. */
export function useSignOut(): () => Promise<void> {
  const client = useClient()
  return () =>
    holdGuards(async () => {
      const notice = await client.logout().then(
        () => 'You are signed out.',
        (error: unknown) => `You are signed out in this browser. ${describeFailure(error)}`,
      )
      navigate('/sign-in', { replace: true, notice })
    })
}
