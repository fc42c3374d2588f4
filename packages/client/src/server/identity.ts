/** The claims of an access token. */
export interface TokenPayload {
  iss?: string
  sub?: string
  aud?: string | string[]
  jti?: string
  nbf?: number
  exp?: number
  iat?: number
  [claim: string]: unknown
}

/** The user who sent a request, read from the access token. */
export interface Identity {
  userId: string
  sessionId: string
  /** 0 user, 1000 staff, 900 superuser; the operator defines any other number. */
  role: number
  emailVerified: boolean
  expiresAt: Date
  /** Every claim of the token. */
  claims: TokenPayload
}

/**
 * Reads the identity from the claims of a verified token.
 *
 * @returns null when a claim is missing or has another type
 */
export function readIdentity(claims: TokenPayload): Identity | null {
  const { sub, session, role, email_verified, exp } = claims
  if (typeof sub !== 'string' || typeof session !== 'string' || typeof exp !== 'number') return null
  if (typeof role !== 'number' || typeof email_verified !== 'boolean') return null
  const expiresAt = new Date(exp * 1000)
  return { userId: sub, sessionId: session, role, emailVerified: email_verified, expiresAt, claims }
}
