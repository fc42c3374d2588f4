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
  /** The idempotency key of the last rotation; null when it came without one. */
  madeBy: string | null
  /** The thumbprint of the key that the session is bound to; null for none. It never changes. */
  jkt: string | null
  /** Whether a thief holds tokens of the session. */
  isStolen: boolean
  level: ModelLevel
}

/** Opens a session, as a sign-in does. */
export function openModelSession(level = BY_PASSWORD, jkt: string | null = null): ModelSession {
  return {
    generation: 1,
    rotatedAt: null,
    end: null,
    endsAt: null,
    authTime: null,
    madeBy: null,
    jkt,
    isStolen: false,
    level,
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
  return openModelSession({ acr, hasPasskey: level.hasPasskey || proof.hasPasskey }, session.jkt)
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

/** What a refresh presents. */
export interface Presented {
  generation: number
  /** The idempotency key; null for none. */
  key: string | null
  /** The thumbprint of the key that a good proof names; null without a good proof. */
  jkt: string | null
}

/** Why a refresh was answered, and with which generation; or why it was refused. */
export type Verdict =
  | { by: 'rotation' | 'grace' | 'proof' | 'key'; generation: number }
  | { by: 'refusal'; because: 'ended' | 'unproven' | 'key reused' }

/**
 * Presents a refresh token. One that is newer than the row repeats the rotation that was lost.
 *
 * A proof makes every token of a bound session good. An idempotency key makes the token before the rotation good that was
 * asked for with it, and no other token.
 */
export function present(
  session: ModelSession,
  { generation, key, jkt }: Presented,
  time: { now: number; graceSeconds: number },
): Verdict {
  if (session.end !== null) return { by: 'refusal', because: 'ended' }
  if (session.jkt !== null && session.jkt !== jkt) return { by: 'refusal', because: 'unproven' }
  if (generation > session.generation)
    Object.assign(session, { generation, rotatedAt: time.now, madeBy: null })
  const isKeyOfRotation = key !== null && key === session.madeBy
  const isCurrent = generation === session.generation
  const isPredecessor = generation === session.generation - 1
  if (isCurrent && isKeyOfRotation) return { by: 'refusal', because: 'key reused' }
  const isGrace = isWithinGrace(session, time.now, time.graceSeconds)
  if (isGrace && (isCurrent || isPredecessor)) return { by: 'grace', generation: session.generation }
  if (isCurrent) {
    Object.assign(session, { generation: generation + 1, rotatedAt: time.now, madeBy: key })
    return { by: 'rotation', generation: session.generation }
  }
  if (session.jkt !== null) return { by: 'proof', generation: session.generation }
  if (isPredecessor && isKeyOfRotation) return { by: 'key', generation: session.generation }
  session.end = 'replayed'
  return { by: 'refusal', because: 'ended' }
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
