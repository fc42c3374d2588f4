import type { HeldTokens } from './held-tokens.ts'
import { ownerOf, readClaims } from './read-claims.ts'

/** The state while a user is signed in, read from the last access token. */
export interface SignedIn {
  readonly status: 'signed_in'
  /** The id of the account, by which staff find it; `sub` of the tokens. */
  readonly userId: string
  readonly sessionId: string
  /** 0 user, 1000 staff, 900 superuser; the operator defines any other number. */
  readonly role: number
  readonly emailVerified: boolean
  /** `aal1` is one factor, `aal2` is two factors or a passkey. */
  readonly acr: Acr
  /** When the user last proved who it is, by the server's clock. A refresh does not move it. */
  readonly authTime: Date
  /** Whether the session is bound to a key of this device, so that its tokens are worth nothing elsewhere. */
  readonly bound: boolean
}

/** The level of an authentication. */
export type Acr = 'aal1' | 'aal2'

/**
 * Why a user is signed out.
 *
 * `signed_out`: the user signed out, here or in another tab. `session_ended`: the session was ended, for example from
 * another device or after a theft. `expired`: the session came to the end of its lifetime. `account_gone`: the user was
 * deleted or deactivated. `key_lost`: the key that the session was bound to is no longer on this device.
 */
export type SignedOutReason = 'signed_out' | 'session_ended' | 'expired' | 'account_gone' | 'key_lost'

/** The state while no user is signed in. */
export interface SignedOut {
  readonly status: 'signed_out'
  /** Why the last user is signed out. It is left out when no user was signed in. */
  readonly reason?: SignedOutReason
}

/** Whether a user is signed in, and which; `loading` until storage or cookie were read. */
export type SessionState = { readonly status: 'loading' } | SignedOut | SignedIn

/** The state before storage or cookie were read, and of every page rendered on a server. */
export const LOADING: SessionState = { status: 'loading' }

/**
 * Describes the session of the held tokens.
 *
 * @param held - undefined while the storage was not read
 */
export function describeSession(held: HeldTokens | undefined): SessionState {
  const claims = held?.access ? readClaims(held.access) : null
  if (claims === null) return LOADING
  return {
    status: 'signed_in',
    userId: ownerOf(claims),
    sessionId: claims.session,
    role: claims.role,
    emailVerified: claims.email_verified,
    // What the tokens do not say counts as the least: one factor, and the beginning of the session.
    acr: claims.acr === 'aal2' ? 'aal2' : 'aal1',
    authTime: new Date((claims.auth_time ?? claims.session_iat ?? 0) * 1000),
    bound: !!held?.bound,
  }
}

/** Describes that no tokens are held. */
export function describeSignedOut(reason: SignedOutReason | undefined): SignedOut {
  return { status: 'signed_out', ...(reason && { reason }) }
}

/** Answers whether two states are equal, so that no listener is told twice. */
export function isSameState(a: SessionState, b: SessionState): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
