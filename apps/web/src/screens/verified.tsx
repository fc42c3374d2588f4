import { useClient, useSession } from '@latchkey/client/react'
import { useEffect } from 'react'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { WhoIsThere } from '../session/guards.tsx'
import { useDetails } from '../session/use-details.ts'

/**
 * Shows that an address is confirmed, after a sign-up or a change of address.
 *
 * A followed link leads here with `EMAIL_VERIFIED_REDIRECT=/account/verified`.
 */
export function VerifiedScreen() {
  const { session } = useClient()
  const { status } = useSession()
  // The details are shown below the button, because they arrive later.
  const { data: user } = useDetails()
  const isSignedIn = status === 'signed_in'
  useEffect(() => {
    // The access token still has the old claims. If this refresh fails, a later refresh brings the new claims.
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
