/** The claims that the client reads from a token. The client verifies nothing; the services that get the token do. */
export interface TokenClaims {
  token_type: 'access' | 'refresh'
  /** Seconds since the epoch by the server's clock. */
  iat: number
  /** Seconds since the epoch by the server's clock. */
  exp: number
  /** The id of the user; not in a token of another deployment. */
  sub?: string
  /** The id that other services know the user by; the same as `sub` unless the account was moved in. */
  user_id: string
  /** The id of the session; no refresh changes it. */
  session: string
  /** When the session began, seconds since the epoch; no refresh changes it. */
  session_iat?: number
  /** 0 user, 1000 staff, 900 superuser; the operator defines any other number. */
  role: number
  /** The level of the last proof; a server of a former release does not say it. */
  acr?: string
  /** When the user last proved who it is, seconds since the epoch; no refresh moves it. */
  auth_time?: number
  email_verified: boolean
  /** The number of rotations of the session; in refresh tokens only. */
  generation?: number
}

/**
 * Reads the claims of a JWT without verifying it.
 *
 * @returns null when the text is not a token of this server
 */
export function readClaims(token: string): TokenClaims | null {
  try {
    const payload = token.split('.')[1] ?? ''
    // One byte is read as one character: the claims read here are ASCII, and some React Natives have no TextDecoder.
    const claims = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) as TokenClaims
    const isWhole = claims.exp > claims.iat && typeof claims.session === 'string'
    return isWhole ? claims : null
  } catch {
    return null
  }
}

/** The id of the user of a token, by which the operations of staff name the account. */
export function ownerOf({ sub, user_id }: TokenClaims): string {
  // An early token of django-jwt-allauth has its user as a number.
  return `${sub ?? user_id}`
}

/** Answers whether two tokens have the same claim. */
export function haveSame(token: string, other: string, claim: keyof TokenClaims): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: an early token of django-jwt-allauth has its user as a number.
  return readClaims(token)?.[claim] == readClaims(other)?.[claim]
}
