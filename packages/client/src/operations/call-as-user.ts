import { LatchkeyError } from '../http/error.ts'
import type { Send } from '../http/send.ts'
import type { InternalSession } from '../session/session.ts'

/**
 * Makes a call as the signed-in user.
 *
 * When the server refuses the access token, the token is refreshed and the call is made once more. The second call is
 * made only for the same user.
 *
 * @param perform - makes the call with an access token
 */
export type CallAsUser = <T>(perform: (access: string) => Promise<T>) => Promise<T>

/** The parts that operations are created from. */
export interface OperationContext {
  send: Send
  callAsUser: CallAsUser
  session: InternalSession
  /** Whether the refresh token is in a cookie. A request that needs or sets the cookie is sent with credentials. */
  withCookies: boolean
}

/** Creates the calls as the user of a session. */
export function createCallAsUser(session: InternalSession): CallAsUser {
  return async (perform) => {
    const access = await session.accessToken()
    if (access === null) throw new LatchkeyError('not_authenticated', 'Nobody is signed in.', { status: 401 })
    try {
      return await perform(access)
    } catch (error) {
      if (!isTokenRefused(error)) throw error
      const renewed = await session.renew(access)
      if (renewed === null) throw error
      return perform(renewed)
    }
  }
}

/** Codes of a 401 after which another token would not help. */
const CODES_OF_OTHER_REFUSALS = new Set(['unexpected_answer', 'email_not_verified'])

function isTokenRefused(error: unknown): boolean {
  return error instanceof LatchkeyError && error.status === 401 && !CODES_OF_OTHER_REFUSALS.has(error.code)
}
