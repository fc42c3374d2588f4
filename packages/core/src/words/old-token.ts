import type { TokenType } from './claims.ts'
import type { SessionId } from './ids.ts'

/** The algorithms with which another deployment can have signed its tokens. */
export const OLD_TOKEN_ALGORITHMS = [
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'ES256',
  'ES384',
  'ES512',
] as const

/** One of {@link OLD_TOKEN_ALGORITHMS}. */
export type OldTokenAlgorithm = (typeof OLD_TOKEN_ALGORITHMS)[number]

/** What a token says that the deployment has signed from which users were moved in. */
export interface OldClaims {
  tokenType: TokenType
  /** 32 hexadecimal digits in lower case. */
  jti: string
  /** The session, in the form that its id has here. */
  sessionId: SessionId
  /** The id of the user there, as text. */
  externalId: string
  /** When the session began, or the token where it does not say that; whole seconds since the Unix epoch. */
  begun: number
  /** When the token was issued, as `begun`. */
  issuedAt: number
}

const HEX_ID = /^[0-9a-f]{32}$/
/** A key of a user is an integer, a UUID or a short text. */
const MAX_ID_CHARACTERS = 255
/** The database knows no later time. */
const TIME_END = 2 ** 40

/** Reads the claims of a verified token of the other deployment; null when one of them has another shape. */
export function readOldClaims(payload: Record<string, unknown>): OldClaims | null {
  const { token_type: tokenType, jti, session, iat, session_iat: sessionIat } = payload
  const externalId = readUserId(payload.user_id)
  const issuedAt = readTime(iat)
  // A token of release 1.0.0 does not say when its session began.
  const begun = sessionIat === undefined ? issuedAt : readTime(sessionIat)
  if (tokenType !== 'access' && tokenType !== 'refresh') return null
  if (!isHexId(jti) || !isHexId(session)) return null
  if (externalId === null || issuedAt === null || begun === null) return null
  return { tokenType, jti, sessionId: addDashes(session), externalId, begun, issuedAt }
}

function isHexId(value: unknown): value is string {
  return typeof value === 'string' && HEX_ID.test(value)
}

function addDashes(hex: string): SessionId {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as SessionId
}

/** Older releases wrote a number. One that JavaScript cannot hold exactly names no user. */
function readUserId(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null
  if (typeof value !== 'string' || value === '' || value.length > MAX_ID_CHARACTERS) return null
  return value.includes('\0') ? null : value
}

function readTime(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && value < TIME_END ? Math.floor(value) : null
}
