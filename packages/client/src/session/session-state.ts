import type { Held } from './held-tokens.ts'
import { readClaims } from './read-claims.ts'

/** Somebody is signed in, as the last access token told. */
export interface SignedIn {
  readonly status: 'signed_in'
  readonly userId: string
  readonly sessionId: string
  /** 0 user, 1000 staff, 900 superuser; any other number is the operator's. */
  readonly role: number
  readonly emailVerified: boolean
}

/** Who is signed in; `loading` until storage or cookie have told. */
export type SessionState = { readonly status: 'loading' } | { readonly status: 'signed_out' } | SignedIn

/** The state before anything is known, and of every page rendered on a server. */
export const LOADING: SessionState = { status: 'loading' }
const SIGNED_OUT: SessionState = { status: 'signed_out' }

/**
 * Tells who is signed in.
 *
 * @param held - what the vault holds; undefined while it has not told
 */
export function describeSession(held: Held | null | undefined): SessionState {
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

/** Answers whether two states say the same, so that nobody is told twice. */
export function isSameState(a: SessionState, b: SessionState): boolean {
  if (a.status !== 'signed_in' || b.status !== 'signed_in') return a.status === b.status
  return (
    a.userId === b.userId &&
    a.sessionId === b.sessionId &&
    a.role === b.role &&
    a.emailVerified === b.emailVerified
  )
}
