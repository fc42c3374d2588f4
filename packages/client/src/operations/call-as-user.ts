import { codeOf, createFailure, type LatchkeyError } from '../http/error.ts'
import { refusesToken } from '../http/read-refusal.ts'
import type { Send } from '../http/send.ts'
import type { Endings } from '../session/endings.ts'
import { readClaims } from '../session/read-claims.ts'
import { createRenewals } from '../session/renewals.ts'
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

/** The parts that the calls as a user are made from. */
export interface CallOptions {
  session: InternalSession
  endings: Pick<Endings, 'note'>
}

/** The parts that operations are created from. */
export interface OperationContext {
  send: Send
  callAsUser: CallAsUser
  /** Sends a request as the signed-in user. */
  sendAsUser: Send
  session: InternalSession
  /** Whether the refresh token is in a cookie. A request that needs or sets the cookie is sent with credentials. */
  withCookies: boolean
}

/** Creates the calls as the user of a session. */
export function createCallAsUser({ session, endings }: CallOptions): CallAsUser {
  const renewals = createRenewals(session)

  /** Makes a call, and notes whether the server took the token. */
  async function call<T>(
    perform: (access: string) => Promise<T>,
    access: string,
    isLast = false,
  ): Promise<T> {
    try {
      const answer = await perform(access)
      renewals.note(access, true)
      return answer
    } catch (error) {
      // The refusal of an access token says that the user is gone; the refresh that follows does not say it.
      const { code = '', status } = error as Partial<LatchkeyError>
      if (/^user_(?:not_found|inactive)$/.test(code))
        endings.note(readClaims(access)?.session, 'account_gone')
      if (status !== 401 || !refusesToken(codeOf(error))) throw error
      renewals.note(access, false)
      const renewed = isLast ? null : await renewals.renew(access)
      if (renewed === null) throw error
      return call(perform, renewed, true)
    }
  }

  return async (perform) => {
    const access = await session.accessToken()
    if (access === null) throw createFailure('not_authenticated', { status: 401 })
    return call(perform, access)
  }
}
