/** What the client reads of a token; it verifies nothing, that is for the services that are shown it. */
export interface TokenClaims {
  token_type: 'access' | 'refresh'
  /** Seconds since the epoch by the server's clock, as `exp`. */
  iat: number
  exp: number
  /** The person's id. */
  user_id: string
  /** The session's id: the same through all refreshes. */
  session: string
  /** When the session began: the same through all refreshes. */
  session_iat?: number
  /** 0 user, 1000 staff, 900 superuser; any other number is the operator's. */
  role: number
  email_verified: boolean
  /** Which rotation of the session, in a refresh token alone. */
  generation?: number
}

/**
 * Reads the claims of a JWT without verifying it.
 *
 * @returns null for anything that is not a token of this server
 */
export function readClaims(token: string): TokenClaims | null {
  try {
    const payload = token.split('.')[1] ?? ''
    // Bytes for characters: the claims read here are ASCII, and not every React Native has a TextDecoder.
    const claims = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) as TokenClaims
    const isWhole = claims.exp > claims.iat && typeof claims.session === 'string'
    return isWhole ? claims : null
  } catch {
    return null
  }
}
