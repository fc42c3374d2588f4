import type { HeldTokens } from './held-tokens.ts'
import { readClaims } from './read-claims.ts'

/** The state while a user is signed in, read from the last access token. */
export interface SignedIn {
  readonly status: 'signed_in'
  readonly userId: string
  readonly sessionId: string
  /** 0 user, 1000 staff, 900 superuser; the operator defines any other number. */
  readonly role: number
  readonly emailVerified: boolean
}

/** Whether a user is signed in, and which; `loading` until storage or cookie were read. */
export type SessionState = { readonly status: 'loading' } | { readonly status: 'signed_out' } | SignedIn

/** The state before storage or cookie were read, and of every page rendered on a server. */
export const LOADING: SessionState = { status: 'loading' }
const SIGNED_OUT: SessionState = { status: 'signed_out' }

/**
 * Describes the session of the held tokens.
 *
 * @param held - undefined while the storage was not read
 */
export function describeSession(held: HeldTokens | null | undefined): SessionState {
  if (held === null) return SIGNED_OUT
  const claims = held?.access ? readClaims(held.access) : null
  if (claims === null) return LOADING
  return {
    status: 'signed_in',
    userId: claims.user_id,
    sessionId: claims.session,
    role: claims.role,
    emailVerified: claims.email_verified,
  }
}

/** Answers whether two states are equal, so that no listener is told twice. */
export function isSameState(a: SessionState, b: SessionState): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
