import type { AuthenticationLevel } from '../../src/words/claims.ts'

/** What was proven in a session of the model. */
export interface ModelLevel {
  acr: AuthenticationLevel
  /** Whether a passkey is among it. Turning the second factor off then takes nothing away. */
  hasPasskey: boolean
}

export const BY_PASSWORD: ModelLevel = { acr: 'aal1', hasPasskey: false }
export const BY_RECOVERY_CODE: ModelLevel = { acr: 'aal2', hasPasskey: false }
export const BY_PASSKEY: ModelLevel = { acr: 'aal2', hasPasskey: true }

/** A session of the reference model. The model is so small that a reader can see that it is right. */
export interface ModelSession {
  generation: number
  /** The last rotation, in seconds on the clock of the test; null before the first rotation. */
  rotatedAt: number | null
  end: 'revoked' | 'replayed' | 'succeeded' | null
  /** When the session ends because a proof opened its successor; null while it has none. */
  endsAt: number | null
  /** The time of the last proof, as its tokens state it; null before the first token. No rotation moves it. */
  authTime: number | null
  /** Whether a thief holds tokens of the session. */
  isStolen: boolean
  level: ModelLevel
  /** How many answers the thief got. */
  thiefAnswers: number
}

/** Opens a session, as a sign-in does. */
export function openModelSession(level = BY_PASSWORD): ModelSession {
  return {
    generation: 1,
    rotatedAt: null,
    end: null,
    endsAt: null,
    authTime: null,
    isStolen: false,
    level,
    thiefAnswers: 0,
  }
}

/** Answers whether the last rotation is so recent that two generations are accepted. */
export function isWithinGrace(session: ModelSession, now: number, graceSeconds: number): boolean {
  return session.rotatedAt !== null && now - session.rotatedAt < graceSeconds
}

/**
 * A proof in a session opens a successor, and the session goes on until the grace is over. A second proof moves nothing.
 *
 * The proof is added to the level of the successor. The session of before keeps its own, so no copied token rises.
 */
export function succeed(
  session: ModelSession,
  proof: ModelLevel,
  time: { now: number; graceSeconds: number },
): ModelSession {
  session.endsAt ??= time.now + time.graceSeconds
  const { level } = session
  const isRaised = level.acr === 'aal1' && proof.acr === 'aal2'
  const acr = isRaised ? proof.acr : level.acr
  return openModelSession({ acr, hasPasskey: level.hasPasskey || proof.hasPasskey })
}

/** Lists the sessions that end when a session turns the second factor on: all others with one factor. */
export function listEndedByFactor(sessions: ModelSession[], own: ModelSession): ModelSession[] {
  return sessions.filter((session) => session !== own && session.level.acr === 'aal1')
}

/** The second factor is turned off: the sessions without a passkey have one factor. Returns how many were lowered. */
export function lowerLevels(sessions: ModelSession[]): number {
  const lowered = [...new Set(sessions)].filter(({ level }) => level.acr === 'aal2' && !level.hasPasskey)
  for (const session of lowered) session.level = BY_PASSWORD
  return lowered.length
}

/**
 * Presents the refresh token of a generation. One that is newer than the row repeats the rotation that was lost.
 *
 * @returns the generation of the tokens in the answer, or null for a refusal
 */
export function present(
  session: ModelSession,
  generation: number,
  time: { now: number; graceSeconds: number },
): number | null {
  if (session.end !== null) return null
  if (generation > session.generation) {
    session.generation = generation
    session.rotatedAt = time.now
    return generation
  }
  const isGrace = isWithinGrace(session, time.now, time.graceSeconds)
  if (isGrace && generation >= session.generation - 1) return session.generation
  if (generation === session.generation) {
    session.generation++
    session.rotatedAt = time.now
    return session.generation
  }
  session.end = 'replayed'
  return null
}

/**
 * Creates a generator of numbers from 0 to 1, which are the same for the same seed (mulberry32).
 *
 * @param seed - 32 bits
 */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
