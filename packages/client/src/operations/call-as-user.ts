import { startStopwatch } from '../http/clock.ts'
import { codeOf, createFailure, type LatchkeyError } from '../http/error.ts'
import { OWN_REFUSALS_MILLISECONDS } from '../http/numbers.ts'
import { refusesToken } from '../http/read-refusal.ts'
import type { Send } from '../http/send.ts'
import type { Endings } from '../session/endings.ts'
import { haveSame, readClaims } from '../session/read-claims.ts'
import type { InternalSession } from '../session/session.ts'

/**
 * Makes a call as the signed-in user.
 *
 * When the server refuses the access token, the token is refreshed and the call is made once more. The second call is
 * made only for the same user, and only where a new token helped before.
 *
 * When the server asks for a recent proof, the call is made once more after the proof.
 *
 * @param perform - makes the call with an access token
 */
export type CallAsUser = <T>(perform: (access: string) => Promise<T>) => Promise<T>

/**
 * Lets the user prove who it is, because the server refused a call that asks for a recent proof.
 *
 * @param refusal - its `methods` are what `reauthenticate` takes from this account
 * @returns a promise that resolves after the proof. When it rejects, the call fails with `refusal`
 */
export type Reauthenticator = (refusal: LatchkeyError) => Promise<unknown>

/** The parts that the calls as a user are made from. */
export interface CallOptions {
  session: InternalSession
  endings: Pick<Endings, 'note'>
  onReauthenticate: Reauthenticator | undefined
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
export function createCallAsUser({ session, endings, onReauthenticate }: CallOptions): CallAsUser {
  /** Tells the time since the server refused a renewed token too: then its refusals have another cause. */
  let sinceRefusal = () => Infinity
  /** The proof that the calls of a session wait for. A dialog that went away with its session may never settle. */
  const proofs: Record<string, Promise<unknown>> = {}

  async function call<T>(
    perform: (access: string) => Promise<T>,
    access: string,
    isLast = false,
  ): Promise<T> {
    try {
      return await perform(access)
    } catch (error) {
      // The refusal of an access token says that the user is gone; the refresh that follows does not say it.
      const { status, code } = error as Partial<LatchkeyError>
      if (/^user_/.test(code as string)) endings.note(readClaims(access)?.session, 'account_gone')
      if (status !== 401 || !refusesToken(code)) throw error
      if (isLast) sinceRefusal = startStopwatch()
      const renewed = sinceRefusal() < OWN_REFUSALS_MILLISECONDS ? null : await session.renew(access)
      if (renewed === null) throw error
      return call(perform, renewed, true)
    }
  }

  async function requireAccess(): Promise<string> {
    const access = await session.accessToken()
    if (access === null) throw createFailure('not_authenticated', { status: 401 })
    return access
  }

  return async (perform) => {
    const access = await requireAccess()
    try {
      return await call(perform, access)
    } catch (error) {
      if (!onReauthenticate || codeOf(error) !== 'insufficient_user_authentication') throw error
      const id = readClaims(access)?.session as string
      // The proof may have come while the call was on its way, also in another tab.
      let renewed = await requireAccess()
      if (haveSame(access, renewed, 'auth_time')) {
        proofs[id] ??= Promise.resolve(error as LatchkeyError).then(onReauthenticate)
        try {
          await proofs[id]
        } catch {
          throw error
        } finally {
          delete proofs[id]
        }
        renewed = await requireAccess()
      }
      // Another user may have signed in meanwhile.
      if (!haveSame(access, renewed, 'user_id')) throw error
      return call(perform, renewed)
    }
  }
}
