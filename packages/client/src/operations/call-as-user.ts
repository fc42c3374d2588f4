import { LatchkeyError } from '../http/error.ts'
import { refusesToken } from '../http/read-refusal.ts'
import type { Send } from '../http/send.ts'
import type { Renewals } from '../session/renewals.ts'
import type { InternalSession } from '../session/session.ts'

/**
 * Makes a call as the signed-in user.
 *
 * When the server refuses the access token, the token is refreshed and the call is made once more. The second call is
 * made only for the same user, and only where a new token helped before.
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

/** The name of the server among the services whose refusals are remembered. */
const SERVER = 'server'

/** Creates the calls as the user of a session. */
export function createCallAsUser(session: InternalSession, renewals: Renewals): CallAsUser {
  /** Makes a call, and notes whether the server took the token. */
  async function call<T>(perform: (access: string) => Promise<T>, access: string): Promise<T> {
    try {
      const answer = await perform(access)
      renewals.note(SERVER, access, true)
      return answer
    } catch (error) {
      if (isTokenRefused(error)) renewals.note(SERVER, access, false)
      throw error
    }
  }

  return async (perform) => {
    const access = await session.accessToken()
    if (access === null) throw new LatchkeyError('not_authenticated', 'Nobody is signed in.', { status: 401 })
    try {
      return await call(perform, access)
    } catch (error) {
      const renewed = isTokenRefused(error) ? await renewals.renew(SERVER, access) : null
      if (renewed === null) throw error
      return call(perform, renewed)
    }
  }
}

function isTokenRefused(error: unknown): boolean {
  const is401 = error instanceof LatchkeyError && error.status === 401
  // An unexpected answer may come from a proxy that has not asked the server.
  return is401 && error.code !== 'unexpected_answer' && refusesToken(error.code)
}
