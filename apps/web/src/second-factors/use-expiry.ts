import { isLatchkeyError } from '@latchkey/client'
import { useEffect } from 'react'
import { useLocation } from '../routing/router.ts'
import { beginAgain } from './unfinished-sign-in.ts'

const DEAD_CHALLENGE = ['challenge_invalid', 'challenge_exhausted', 'not_authenticated']

/**
 * Leads back to the sign-in when the challenge of a screen expires, or when the screen was opened without one.
 *
 * @param expiresAt - null without a challenge: the page was loaded again
 */
export function useExpiry(expiresAt: Date | null): void {
  const { state } = useLocation()
  const { next } = state
  const deadline = expiresAt?.getTime() ?? null
  useEffect(() => {
    if (deadline === null) return beginAgain(next, ({ t }) => t('secondStep.gone'))
    const leave = () => beginAgain(next, ({ t }) => t('secondStep.expired'))
    const timer = setTimeout(leave, Math.max(0, deadline - Date.now()))
    return () => clearTimeout(timer)
  }, [deadline, next])
}

/**
 * Runs a step of a sign-in. A challenge that can no longer be answered leads back to the sign-in, with the reason.
 *
 * @throws any other refusal
 */
export async function runStep<T>(next: string | undefined, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (!isLatchkeyError(error) || !DEAD_CHALLENGE.includes(error.code)) throw error
    beginAgain(next, ({ t, describeFailure }) =>
      error.code === 'not_authenticated' ? t('secondStep.expired') : describeFailure(error),
    )
    return null
  }
}
