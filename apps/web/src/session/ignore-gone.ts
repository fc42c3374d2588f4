import { isLatchkeyError } from '@latchkey/client'

/** Counts the end of a session as a success when the session has ended already. */
export function ignoreGone(error: unknown): void {
  if (!isLatchkeyError(error) || error.code !== 'not_found') throw error
}
