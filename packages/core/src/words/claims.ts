import type { SessionId, UserId } from './ids.ts'

/** The two kinds of token of a session. */
export type TokenType = 'access' | 'refresh'

/** What a token says about its user and session, read from the database when the token is issued. */
export interface TokenSubject {
  userId: UserId
  sessionId: SessionId
  /** The generation of the session: 1 at the sign-in, and one more per rotation. */
  generation: number
  role: number
  emailVerified: boolean
  sessionCreatedAt: Date
  /** When the session ends however often it is refreshed; null for no such end. */
  sessionExpiresAt: Date | null
}

/** The claims of a token. */
export interface TokenClaims {
  token_type: TokenType
  /** Seconds since the Unix epoch, as all times in a token. */
  exp: number
  iat: number
  jti: string
  iss: string
  aud: string
  sub: UserId
  /** The same as `sub`, for services that read tokens of the original library. */
  user_id: UserId
  session: SessionId
  /** When the session began. A rotation copies it. */
  session_iat: number
  /** 0 user, 1000 staff, 900 superuser. */
  role: number
  email_verified: boolean
  /** Only in a refresh token. */
  generation?: number
}

/** The access token and the refresh token of one session, as a sign-in or a refresh returns them. */
export interface TokenPair {
  access: string
  refresh: string
}
