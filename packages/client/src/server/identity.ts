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

/** The level of an authentication: `aal1` is one factor, `aal2` is two factors or a passkey. */
export type Acr = 'aal1' | 'aal2'

/** The user who sent a request, read from the access token. */
export interface Identity {
  /** The id of the account: the claim `sub`. */
  userId: string
  /**
   * The id that services knew the account by before it was moved to the auth server: the claim `user_id`. It is the same
   * as `userId` unless the account was moved in. A service that stored ids before the move keeps using this one.
   */
  externalId: string
  sessionId: string
  /** 0 user, 1000 staff, 900 superuser; the operator defines any other number. */
  role: number
  emailVerified: boolean
  acr: Acr
  /**
   * How the user proved who it is, in the words of RFC 8176: `pwd`, `otp`, `hwk`, `swk`, `user`, `mfa`, and
   * `recovery_code`. Empty when the token does not say it.
   */
  amr: readonly string[]
  /** When the user last proved who it is. A refresh does not move it. */
  authTime: Date
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
  const { sub, user_id = sub, session, role, email_verified, exp } = claims
  if (typeof sub !== 'string' || typeof session !== 'string' || typeof exp !== 'number') return null
  if (typeof user_id !== 'string') return null
  if (typeof role !== 'number' || typeof email_verified !== 'boolean') return null
  const authentication = readAuthentication(claims, exp)
  if (authentication === null) return null
  const user = { userId: sub, externalId: user_id, sessionId: session, role, emailVerified: email_verified }
  return { ...user, ...authentication, expiresAt: new Date(exp * 1000), claims }
}

/**
 * Reads how and when the user was authenticated.
 *
 * A claim that is missing counts as the least: one factor, and the beginning of the session. So does a level of a newer
 * server.
 */
function readAuthentication(
  claims: TokenPayload,
  exp: number,
): Pick<Identity, 'acr' | 'amr' | 'authTime'> | null {
  const { acr = 'aal1', amr = [], session_iat = 0, auth_time = session_iat } = claims
  if (typeof acr !== 'string' || !isTexts(amr) || typeof auth_time !== 'number') return null
  // A time in milliseconds would look recent for ever.
  if (!(auth_time >= 0 && auth_time <= exp)) return null
  return { acr: acr === 'aal2' ? acr : 'aal1', amr, authTime: new Date(auth_time * 1000) }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string')
}
