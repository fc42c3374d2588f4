import { readClaims } from './read-claims.ts'

/** A pair as the server answers with it; in cookie mode `refresh` is in a cookie that no script can read. */
export interface TokenPair {
  access: string
  refresh?: string
}

/** What the client holds of a session. Times are milliseconds by the local clock. */
export interface Held {
  /** The session's id; empty while only the cookie may know one. */
  session: string
  /** Null when only a refresh can tell. */
  access: string | null
  /** Null in cookie mode. */
  refresh: string | null
  /** Counts the rotations of the session; 0 in cookie mode. */
  generation: number
  /** When the session began, and when the access token was issued: seconds, by the server's clock. */
  startedAt: number
  issuedAt: number
  sentAt: number
  expiresAt: number
}

/** Of an access token's life, the last part in which it is replaced ahead of its end. */
const MARGIN_SHARE = 0.2
const MAX_MARGIN_MILLISECONDS = 60_000
/** A token from the future means that the local clock was set back. */
const CLOCK_STEP_MILLISECONDS = 5_000

/**
 * Reads a pair the server answered with.
 *
 * The token's life is counted from the moment it was asked for, by the local clock, so that a clock which is
 * minutes off neither sends dead tokens nor refreshes live ones.
 *
 * @param sentAt - when the request was sent, milliseconds
 * @returns null when they are no tokens of this server
 */
export function holdTokens(tokens: TokenPair, sentAt: number): Held | null {
  const claims = readClaims(tokens.access)
  if (claims === null) return null
  const refreshClaims = tokens.refresh === undefined ? null : readClaims(tokens.refresh)
  if (tokens.refresh !== undefined && refreshClaims?.session !== claims.session) return null
  return {
    session: claims.session,
    access: tokens.access,
    refresh: tokens.refresh ?? null,
    generation: refreshClaims?.generation ?? 0,
    startedAt: claims.session_iat ?? 0,
    issuedAt: claims.iat,
    sentAt,
    expiresAt: sentAt + (claims.exp - claims.iat) * 1000,
  }
}

/** Answers whether the access token can be sent without a second thought. */
export function isFresh(held: Held, now: number): boolean {
  const margin = Math.min(MAX_MARGIN_MILLISECONDS, (held.expiresAt - held.sentAt) * MARGIN_SHARE)
  return held.access !== null && now < held.expiresAt - margin && now > held.sentAt - CLOCK_STEP_MILLISECONDS
}

/** Answers whether the access token may still be good enough when no other can be had. */
export function isAlive(held: Held, now: number): boolean {
  return held.access !== null && now < held.expiresAt
}

/**
 * Answers whether a refresh brought something newer of the same session: answers may overtake each other.
 *
 * By the server's clock, as the local one may have been set meanwhile.
 */
export function isNewer(answer: Held, held: Held): boolean {
  if (answer.generation !== held.generation) return answer.generation > held.generation
  return answer.issuedAt >= held.issuedAt
}
