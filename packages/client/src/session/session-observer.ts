import type { HeldTokens } from './held-tokens.ts'
import { describeSession, isSameState, LOADING, type SessionState } from './session-state.ts'

/** Is called when a user signs in or out in any tab, and when their role or `emailVerified` has changed. */
export type SessionListener = (state: SessionState) => void

/** The last known state, and the listeners that are told of the next one. */
export interface SessionObserver {
  state(): SessionState
  update(held: HeldTokens | null | undefined): void
  onChange(listener: SessionListener): () => void
}

/** Creates an observer whose state is `loading`. */
export function createSessionObserver(): SessionObserver {
  let current = LOADING
  const listeners = new Set<{ listener: SessionListener }>()

  function update(held: HeldTokens | null | undefined): void {
    const next = describeSession(held)
    if (isSameState(next, current)) return
    current = next
    // In a microtask, so that a listener that throws cannot make a refresh fail.
    for (const entry of [...listeners])
      queueMicrotask(() => {
        if (listeners.has(entry)) entry.listener(next)
      })
  }

  function onChange(listener: SessionListener): () => void {
    // Two parts of a program may pass the same function.
    const entry = { listener }
    listeners.add(entry)
    return () => {
      listeners.delete(entry)
    }
  }

  return { state: () => current, update, onChange }
}
