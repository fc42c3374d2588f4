/** What the reference model knows of a session; a model small enough to be seen to be right. */
export interface ModelSession {
  generation: number
  /** Seconds on the clock of the test, or null before the first rotation. */
  rotatedAt: number | null
  end: 'revoked' | 'replayed' | null
  /** Whether a second party holds tokens of it. */
  isStolen: boolean
  /** Answers the second party was given. */
  thiefAnswers: number
}

/** A session as a sign-in opens it. */
export function openModelSession(): ModelSession {
  return { generation: 1, rotatedAt: null, end: null, isStolen: false, thiefAnswers: 0 }
}

/** Answers whether the session rotated so lately that two generations are good. */
export function isWithinGrace(session: ModelSession, now: number, graceSeconds: number): boolean {
  return session.rotatedAt !== null && now - session.rotatedAt < graceSeconds
}

/**
 * Presents the refresh token of a generation.
 *
 * @returns the generation of the tokens in the answer, or null for a refusal
 */
export function present(
  session: ModelSession,
  generation: number,
  time: { now: number; graceSeconds: number },
): number | null {
  if (session.end !== null) return null
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
 * Makes numbers from 0 to 1 that are the same for the same seed (mulberry32).
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
