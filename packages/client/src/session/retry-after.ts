import { LatchkeyError } from '../http/error.ts'

/** No proxy holds back the refreshes of a client for longer. */
const MAX_MILLISECONDS = 300_000

/** Keeps to the `Retry-After` of a refused refresh over all later calls. */
export interface RetryAfter {
  /** Remembers an error that has a `Retry-After`, and throws it. */
  keep(thrown: unknown): never
  /**
   * Requires that a refresh may be sent now.
   *
   * @throws {LatchkeyError} the remembered error, until its time is over; `network_error` - the device is offline
   */
  check(): void
}

/** Creates a memory without an error. */
export function createRetryAfter(): RetryAfter {
  let error: LatchkeyError | null = null
  let since = 0

  function keep(thrown: unknown): never {
    const isNew = thrown instanceof LatchkeyError && thrown !== error && thrown.retryAfterSeconds
    if (isNew) [error, since] = [thrown, Date.now()]
    throw thrown
  }

  function check(): void {
    const elapsed = Date.now() - since
    const milliseconds = Math.min((error?.retryAfterSeconds ?? 0) * 1000, MAX_MILLISECONDS)
    if (error && elapsed >= 0 && elapsed < milliseconds) throw error
    error = null
    requireNetwork()
  }

  return { keep, check }
}

function requireNetwork(): void {
  if (globalThis.navigator?.onLine === false)
    throw new LatchkeyError('network_error', 'This device is offline.')
}
