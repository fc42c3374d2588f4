import type { SessionId, UserId } from './ids.ts'

/** The two kinds of token a sign-in answers with. */
export type TokenType = 'access' | 'refresh'

/** What a token says about its bearer, read from the database when the token is made. */
export interface TokenSubject {
  userId: UserId
  sessionId: SessionId
  /** Which rotation of the session this is, from 1. */
  generation: number
  role: number
  emailVerified: boolean
  sessionCreatedAt: Date
  /** When the session ends whatever happens, or null. */
  sessionExpiresAt: Date | null
}

/** The claims both kinds of token carry, beside the registered ones. */
export interface TokenClaims {
  token_type: TokenType
  /** Seconds since the epoch, as all times in a token. */
  exp: number
  iat: number
  jti: string
  iss: string
  aud: string
  sub: UserId
  /** The same as `sub`, for readers of the original library's tokens. */
  user_id: UserId
  session: SessionId
  /** When the session began; copied through rotations. */
  session_iat: number
  /** 0 user, 1000 staff, 900 superuser. */
  role: number
  email_verified: boolean
  /** Only in a refresh token. */
  generation?: number
}

/** A freshly signed pair. */
export interface TokenPair {
  access: string
  refresh: string
}
