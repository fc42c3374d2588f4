import { startStopwatch } from '../http/clock.ts'
import { LatchkeyError } from '../http/error.ts'
import { FIRST_PAUSE_MILLISECONDS, LONGEST_PAUSE_MILLISECONDS } from '../http/numbers.ts'

/** Decides how long to wait before the next request for tokens, and when to give up. */
export interface RetrySchedule {
  /** Tells the milliseconds since the window began. */
  elapsed(): number
  /**
   * Counts a failed request.
   *
   * @returns the time to wait before the next one
   * @throws what was passed in - another request would not help, or would come after the window
   */
  pauseAfter(error: unknown): number
}

/**
 * Creates the schedule of the requests with one refresh token, whose window starts now.
 *
 * @param windowMilliseconds - tells the length of the window, which the first request may change
 */
export function createRetrySchedule(windowMilliseconds: () => number): RetrySchedule {
  const elapsed = startStopwatch()
  let pause = FIRST_PAUSE_MILLISECONDS

  function pauseAfter(error: unknown): number {
    if (!(error instanceof LatchkeyError) || !isTemporary(error)) throw error
    const wait = Math.max(pause, (error.retryAfterSeconds ?? 0) * 1000)
    if (wait > windowMilliseconds() - elapsed()) throw error
    // A timeout was a wait already.
    if (error.code !== 'timeout') pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS)
    return wait
  }

  return { elapsed, pauseAfter }
}

/** Answers whether an error may go away: a lost answer, a throttle, a failure of the server. */
function isTemporary({ status, code }: LatchkeyError): boolean {
  // The key of the session cannot be used at the moment: a phone may ask its user for each use.
  if (code === 'storage_unavailable') return false
  // The request failed as the browser predicted. The prediction alone is often wrong, so it stops nothing.
  if (code === 'network_error' && globalThis.navigator?.onLine === false) return false
  // It did not arrive in time (408), came too early (425), or was one too many (429).
  return status < 400 || status >= 500 || [408, 425, 429].includes(status)
}
