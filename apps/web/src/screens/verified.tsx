import { useClient, useSession } from '@latchkey/client/react'
import { useEffect } from 'react'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { WhoIsThere } from '../session/guards.tsx'
import { useDetails } from '../session/use-details.ts'

/** Where a followed link leads with `EMAIL_VERIFIED_REDIRECT=/account/verified`, after a sign-up or a change. */
export function VerifiedScreen() {
  const { session } = useClient()
  const { status } = useSession()
  // Below the button, for it comes later.
  const { data: user } = useDetails()
  const isSignedIn = status === 'signed_in'
  useEffect(() => {
    // The tokens still tell what was so before; should they not be renewed now, they are before long.
    if (isSignedIn) session.refresh().catch(() => {})
  }, [isSignedIn, session])
  if (status === 'loading') return <WhoIsThere />
  return (
    <Screen heading="Your address is confirmed" icon="success">
      {isSignedIn ? (
        <>
          <p>Thank you.</p>
          <p>
            <Link to="/" className="button">
              Go to your account
            </Link>
          </p>
          {user && (
            <p className="muted">
              You sign in as <bdi>{user.email}</bdi>.
            </p>
          )}
        </>
      ) : (
        <>
          <p>Thank you. You can sign in with it now.</p>
          <p>
            <Link to="/sign-in" className="button">
              Sign in
            </Link>
          </p>
        </>
      )}
    </Screen>
  )
}
