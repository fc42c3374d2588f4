import { isLatchkeyError } from '@latchkey/client'
import { useClient, useSession } from '@latchkey/client/react'
import { useEffect, useState } from 'react'
import { useSettings } from './portal.ts'

/**
 * Answers whether the user has to confirm the address before the account can be used.
 *
 * The tokens say so. In cookie mode a new page has no tokens, and the server gives it none until then.
 */
export function useMustVerify(): boolean {
  const { session } = useClient()
  const state = useSession()
  const { emailVerification } = useSettings()
  const [isRefused, setRefused] = useState(false)
  useEffect(() => {
    session.ready().then(
      () => setRefused(false),
      (error: unknown) => setRefused(isLatchkeyError(error) && error.code === 'email_not_verified'),
    )
  }, [session])
  if (state.status === 'loading') return isRefused
  return emailVerification === 'mandatory' && state.status === 'signed_in' && !state.emailVerified
}
