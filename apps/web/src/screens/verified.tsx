import { useClient, useSession } from '@latchkey/client/react'
import { useEffect } from 'react'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { WhoIsThere } from '../session/guards.tsx'
import { useDetails } from '../session/use-details.ts'

/**
 * Shows that an address is confirmed, after a sign-up or a change of address.
 *
 * A followed link leads here, unless `EMAIL_VERIFIED_REDIRECT` names another page.
 */
export function VerifiedScreen() {
  const { session } = useClient()
  const { t } = useMessages()
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
    <Screen heading={t('verified.heading')} icon="success">
      <p>{t(isSignedIn ? 'verified.thanks' : 'verified.signInText')}</p>
      <p>
        <Link to={isSignedIn ? '/' : '/sign-in'} className="button">
          {t(isSignedIn ? 'verified.goToAccount' : 'verified.signIn')}
        </Link>
      </p>
      {isSignedIn && user && (
        <p className="muted">{t.rich('verified.signsInAs', { email: user.email, name: isolate })}</p>
      )}
    </Screen>
  )
}
