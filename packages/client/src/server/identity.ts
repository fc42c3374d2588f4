import type { JWTPayload } from 'jose'

/** The user who sent a request, read from the access token. */
export interface Identity {
  userId: string
  sessionId: string
  /** 0 user, 1000 staff, 900 superuser; the operator defines any other number. */
  role: number
  emailVerified: boolean
  expiresAt: Date
  /** Every claim of the token. */
  claims: JWTPayload
}

/**
 * Reads the identity from the claims of a verified token.
 *
 * @returns null when a claim is missing or has another type
 */
export function readIdentity(claims: JWTPayload): Identity | null {
  const { sub, session, role, email_verified, exp } = claims
  if (typeof sub !== 'string' || typeof session !== 'string' || typeof exp !== 'number') return null
  if (typeof role !== 'number' || typeof email_verified !== 'boolean') return null
  const expiresAt = new Date(exp * 1000)
  return { userId: sub, sessionId: session, role, emailVerified: email_verified, expiresAt, claims }
}
