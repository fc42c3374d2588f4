import type { Identity } from '../server/identity.ts'
import { AccessRefusal } from '../server/refusal.ts'
import type { Verifier } from '../server/verifier.ts'
import { tokenMode } from '../session/token-mode.ts'
import type { CookieStorage } from './cookie-storage.ts'

/** The signed-in user of a request. */
export interface SignedInRequest extends Identity {
  status: 'signed_in'
  /** Goes as `Authorization: Bearer` to services that trust the auth server. */
  accessToken: string
}

/** The session of a request, read from its cookie and verified without a call. */
export type RequestSession =
  | SignedInRequest
  | {
      status: 'signed_out'
      /** `expired`: the access token has expired, and the session may go on after a refresh. */
      reason: 'signed_out' | 'expired'
    }

/**
 * Reads the session of a request.
 *
 * The access token of an ended session is accepted until it expires, as in every service.
 *
 * @throws {AccessRefusal} `unavailable` - the public keys could not be fetched, so nothing is known
 */
export async function readSession(storage: CookieStorage, verifier: Verifier): Promise<RequestSession> {
  const accessToken = tokenMode.parse(storage.getItem() ?? '')?.access
  if (!accessToken) return { status: 'signed_out', reason: 'signed_out' }
  try {
    return { status: 'signed_in', accessToken, ...(await verifier.verify(accessToken)) }
  } catch (error) {
    if (!(error instanceof AccessRefusal) || error.code === 'unavailable') throw error
    return { status: 'signed_out', reason: error.fault === 'Token is expired' ? 'expired' : 'signed_out' }
  }
}

/** Reads the session of a request; null unless it names a user. */
export async function getSession(
  storage: CookieStorage,
  verifier: Verifier,
): Promise<SignedInRequest | null> {
  const session = await readSession(storage, verifier)
  return session.status === 'signed_in' ? session : null
}
