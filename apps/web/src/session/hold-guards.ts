import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let held = 0

/**
 * Runs work that begins or ends the session and then opens the next page itself.
 *
 * During the work the guards open no page. A page that a guard opened first would get its sentence late, and would
 * move. When the work fails, the guards act on the session as it is then.
 */
export async function holdGuards<T>(work: () => Promise<T>): Promise<T> {
  change(1)
  try {
    return await work()
  } finally {
    change(-1)
  }
}

/** Answers whether the guards are held: the running work opens the next page. */
export function useGuardsHeld(): boolean {
  return useSyncExternalStore(subscribe, () => held > 0)
}

function change(by: number): void {
  held += by
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
