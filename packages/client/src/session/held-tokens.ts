import { startStopwatch } from '../http/clock.ts'
import { CLOCK_STEP_MILLISECONDS, MARGIN_SHARE, MAX_MARGIN_MILLISECONDS } from '../http/numbers.ts'
import { readClaims } from './read-claims.ts'

/** The token pair of an answer; in cookie mode `refresh` is in a cookie that no script can read. */
export interface TokenPair {
  access: string
  refresh?: string
  /** Whether the session is bound to a key of this device; the id of this key, once the client knows it. */
  bound?: boolean | string
}

/** The tokens of a session, as the client holds them. Times are milliseconds of the local clock unless noted. */
export interface HeldTokens {
  /** The id of the session; empty while only the cookie may know it. */
  session: string
  /** The access token; null until a refresh brings one. */
  access: string | null
  /** The refresh token; null in cookie mode. */
  refresh: string | null
  /** The number of rotations of the session; 0 in cookie mode. */
  generation: number
  /** When the session began, in seconds of the server's clock. */
  startedAt: number
  /** When the access token was issued, in seconds of the server's clock. */
  issuedAt: number
  /** When the tokens were requested. */
  sentAt: number
  /** The lifetime of the access token. */
  lifetimeMilliseconds: number
  /** The id of the key that the session is bound to; undefined where it is bound to none. */
  bound?: TokenPair['bound']
  /** The `Idempotency-Key` of the next refresh, where it is kept beside the tokens. */
  key?: string | undefined
  /** Whether a refresh of these tokens can be repeated at any time, because it brings a proof or a key. */
  isRepeatable?: boolean
  /** Tells the milliseconds since the tokens were requested, also after the local clock was set back. */
  age(): number
}

/**
 * Parses the token pair of an answer.
 *
 * The lifetime counts from the moment of the request, by the local clock. So a local clock that is minutes wrong
 * neither sends expired tokens nor refreshes valid ones.
 *
 * @param sentAt - when the request was sent, milliseconds
 * @returns null when the tokens are not from this server
 */
export function parseTokens(tokens: TokenPair, sentAt: number): HeldTokens | null {
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
    bound: tokens.bound,
    lifetimeMilliseconds: (claims.exp - claims.iat) * 1000,
    age: startStopwatch(sentAt),
  }
}

/** Answers whether the access token can be sent without a refresh before. */
export function isFresh(held: HeldTokens): boolean {
  const margin = Math.min(MAX_MARGIN_MILLISECONDS, held.lifetimeMilliseconds * MARGIN_SHARE)
  const wasSetBack = Date.now() <= held.sentAt - CLOCK_STEP_MILLISECONDS
  return isAlive(held, margin) && !wasSetBack
}

/** Answers whether the access token can still be sent when a refresh fails. */
export function isAlive(held: HeldTokens, marginMilliseconds = 0): boolean {
  return held.access !== null && held.age() < held.lifetimeMilliseconds - marginMilliseconds
}

/**
 * Answers whether the tokens of an answer are newer than the held tokens of the same session.
 *
 * Answers can overtake each other. The comparison uses the server's clock, because the local clock may have been set.
 */
export function isNewer(answer: HeldTokens, held: HeldTokens): boolean {
  if (answer.generation !== held.generation) return answer.generation > held.generation
  return answer.issuedAt >= held.issuedAt
}
