/** A session of the reference model. The model is so small that a reader can see that it is right. */
export interface ModelSession {
  generation: number
  /** The last rotation, in seconds on the clock of the test; null before the first rotation. */
  rotatedAt: number | null
  end: 'revoked' | 'replayed' | null
  /** Whether a thief holds tokens of the session. */
  isStolen: boolean
  /** How many answers the thief got. */
  thiefAnswers: number
}

/** Opens a session, as a sign-in does. */
export function openModelSession(): ModelSession {
  return { generation: 1, rotatedAt: null, end: null, isStolen: false, thiefAnswers: 0 }
}

/** Answers whether the last rotation is so recent that two generations are accepted. */
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
