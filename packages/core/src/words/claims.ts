import type { PasskeyId, SessionId, UserId } from './ids.ts'

/** The two kinds of token of a session. */
export type TokenType = 'access' | 'refresh'

/** The levels of a sign-in: `aal1` one factor, `aal2` two factors or a passkey. */
export const AUTHENTICATION_LEVELS = ['aal1', 'aal2'] as const

/** How sure the server is of the person of a session. */
export type AuthenticationLevel = (typeof AUTHENTICATION_LEVELS)[number]

/** What was proven in a session, and with what. */
export interface SessionLevel {
  acr: AuthenticationLevel
  /** Words of RFC 8176 with blanks between them, as stored. */
  amr: string
  /** The passkey that opened the session; null for none. */
  passkeyId: PasskeyId | null
}

/** The level of a session after a password, a sign-up or a reset link. */
export const PASSWORD_LEVEL: SessionLevel = { acr: 'aal1', amr: 'pwd', passkeyId: null }

/** What can prove the key of a session: RFC 9449. */
export const BINDINGS = ['dpop'] as const

/** The key that a session is bound to from its beginning. */
export interface Binding {
  /** The RFC 7638 SHA-256 thumbprint of the public key: 43 characters of base64url. */
  jkt: string
  boundBy: (typeof BINDINGS)[number]
}

/** What a token says about its user and session, read from the database when the token is issued. */
export interface TokenSubject {
  userId: UserId
  /** The id that other services know the user by; null when it is the same. */
  externalId: string | null
  sessionId: SessionId
  /** The generation of the session: 1 at the sign-in, and one more per rotation. */
  generation: number
  role: number
  emailVerified: boolean
  sessionCreatedAt: Date
  /** When the session ends however often it is refreshed; null for no such end. */
  sessionExpiresAt: Date | null
  acr: AuthenticationLevel
  /** Words of RFC 8176 with blanks between them. */
  amr: string
  /** When something was last proven in the session. A refresh does not move it. */
  authTime: Date
  /** The thumbprint of the key that the session is bound to; null for none. */
  jkt: string | null
  /** Whether a proof has opened the successor of the session, so that the session ends with the grace. */
  superseded: boolean
}

/** A subject, and the time from which its tokens live. */
export interface DatedSubject extends TokenSubject {
  /**
   * The `iat` of the tokens, in seconds since the Unix epoch, read before the statement that decides. A process may stall
   * between that statement and the signing, and no token outlives its session by the stall.
   */
  issuedAt: number
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
  /** The id that other services know the user by. It is the same as `sub` unless the user was moved in. */
  user_id: string
  session: SessionId
  /** When the session began. A rotation copies it. */
  session_iat: number
  /** 0 user, 1000 staff, 900 superuser. */
  role: number
  email_verified: boolean
  /** When something was last proven. A token of a former release has none of these three. */
  auth_time?: number
  acr?: AuthenticationLevel
  amr?: string[]
  /** Only in a refresh token. */
  generation?: number
}

/** The access token and the refresh token of one session, as a sign-in or a refresh returns them. */
export interface TokenPair {
  access: string
  refresh: string
  /** Only true: the session is bound to a key. Not there for a session without one. */
  bound?: true
  /** Only true: the session has a successor, whose cookie a browser keeps. It is no part of an answer. */
  superseded?: true
}
