import type { Held } from './held-tokens.ts'
import { describeSession, isSameState, LOADING, type SessionState } from './session-state.ts'

/** Told when somebody signs in or out, in whatever tab, or when their role or address is seen to have changed. */
export type SessionListener = (state: SessionState) => void

/** The last known state and those who want to hear of the next. */
export interface Watch {
  state(): SessionState
  update(held: Held | null | undefined): void
  onChange(listener: SessionListener): () => void
}

/** Makes a watch that knows nothing yet. */
export function createWatch(): Watch {
  let current = LOADING
  const listeners = new Set<SessionListener>()

  function update(held: Held | null | undefined): void {
    const next = describeSession(held)
    if (isSameState(next, current)) return
    current = next
    // Apart from the caller, so that a listener that throws spoils no refresh.
    for (const listener of [...listeners])
      queueMicrotask(() => {
        if (listeners.has(listener)) listener(next)
      })
  }

  function onChange(listener: SessionListener): () => void {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }

  return { state: () => current, update, onChange }
}
