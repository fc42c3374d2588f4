import type { SessionState } from '@latchkey/client'
import { type UseUser, useSession, useUser } from '@latchkey/client/react'
import { useState } from 'react'

/**
 * Returns the state of the session, and the state of before while the client finds out about the next one.
 *
 * In cookie mode another tab may sign in or confirm the user. The tokens of this tab are then those of a former session,
 * and a screen that disappeared for a moment would lose what was typed.
 */
export function useSettledSession(): SessionState {
  const session = useSession()
  const [settled, setSettled] = useState(session)
  if (session.status === 'loading') return settled
  if (session !== settled) setSettled(session)
  return session
}

/** Returns the details of the user, and those of before while they are loaded again for the same user. */
export function useSettledUser(): UseUser {
  const session = useSettledSession()
  const details = useUser()
  const userId = session.status === 'signed_in' ? session.userId : null
  const [settled, setSettled] = useState<{ details: UseUser; userId: string | null } | null>(null)
  if (details.user !== null) {
    if (settled?.details !== details) setSettled({ details, userId })
    return details
  }
  const isAgain = details.isLoading && settled !== null && settled.userId === userId
  return isAgain ? { ...details, user: settled.details.user, isLoading: false } : details
}
