import { startStopwatch } from '../http/clock.ts'
import { LatchkeyError } from '../http/error.ts'
import { MAX_RETRY_AFTER_MILLISECONDS } from '../http/numbers.ts'

/** Keeps to the `Retry-After` of a refused refresh over all later calls. */
export interface RetryAfter {
  /** Remembers an error that has a `Retry-After`, and throws it. */
  keep(thrown: unknown): never
  /**
   * Requires that a refresh may be sent now.
   *
   * @throws {LatchkeyError} the remembered error, until its time is over
   */
  check(): void
}

/** Creates a memory without an error. */
export function createRetryAfter(): RetryAfter {
  let error: LatchkeyError | null = null
  let elapsed = startStopwatch()

  function keep(thrown: unknown): never {
    if (thrown instanceof LatchkeyError && thrown !== error && thrown.retryAfterSeconds) {
      error = thrown
      elapsed = startStopwatch()
    }
    throw thrown
  }

  function check(): void {
    const milliseconds = Math.min((error?.retryAfterSeconds ?? 0) * 1000, MAX_RETRY_AFTER_MILLISECONDS)
    if (error && elapsed() < milliseconds) throw error
    error = null
  }

  return { keep, check }
}
