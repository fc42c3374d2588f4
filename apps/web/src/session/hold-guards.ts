import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let held = 0

/**
 * Does what begins or ends the session because the person wants it to, and goes to the next page itself.
 *
 * Meanwhile the guards stay where they are: the session's end is no surprise to report, and a page they went to first
 * would get its sentence late and move under it. Should it fail, the guards go on from how the session stands then.
 */
export async function holdGuards<T>(work: () => Promise<T>): Promise<T> {
  change(1)
  try {
    return await work()
  } finally {
    change(-1)
  }
}

/** Whether somebody else goes to the next page. */
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
