import type { Endings } from './endings.ts'
import type { HeldTokens } from './held-tokens.ts'
import { createListeners } from './listeners.ts'
import {
  describeSession,
  describeSignedOut,
  isSameState,
  LOADING,
  type SessionState,
} from './session-state.ts'

/** Is called when a user signs in or out in any tab, and when their role or `emailVerified` has changed. */
export type SessionListener = (state: SessionState) => void

/** The last known state, and the listeners that are told of the next one. */
export interface SessionObserver {
  state(): SessionState
  update(held: HeldTokens | null | undefined): void
  onChange(listener: SessionListener): () => void
}

/**
 * Creates an observer whose state is `loading`.
 *
 * @param endings - says why a session is over
 */
export function createSessionObserver(endings: Pick<Endings, 'reasonOf'>): SessionObserver {
  let current = LOADING
  /** The last session of this tab, also where only its cookie was known. */
  let known: string | null = null
  const listeners = createListeners<SessionState>()

  function describe(held: HeldTokens | null | undefined): SessionState {
    known = held?.session || known
    if (held !== null) return describeSession(held)
    if (current.status === 'signed_out') return current
    return describeSignedOut(endings.reasonOf(known))
  }

  function update(held: HeldTokens | null | undefined): void {
    const next = describe(held)
    if (isSameState(next, current)) return
    current = next
    listeners.tell(next)
  }

  return { state: () => current, update, onChange: listeners.add }
}
