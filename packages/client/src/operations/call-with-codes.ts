import { LatchkeyError, type LatchkeyErrorCode } from '../http/error.ts'
import type { CallAsUser } from './call-as-user.ts'

/**
 * Makes calls as the signed-in user that can fail with the codes of an entry.
 *
 * A 401 with such a code refuses a passkey or a credential of a provider. So the access token stays, and no call is made
 * again.
 */
export function createCallWithCodes(callAsUser: CallAsUser, codes: readonly LatchkeyErrorCode[]): CallAsUser {
  function holdRefusal(error: unknown): LatchkeyError {
    if (error instanceof LatchkeyError && codes.includes(error.code)) return error
    throw error
  }

  return async (perform) => {
    const answer = await callAsUser((access) => perform(access).catch(holdRefusal))
    if (answer instanceof LatchkeyError) throw answer
    return answer
  }
}
