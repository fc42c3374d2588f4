import { useSyncExternalStore } from 'react'

/** Whether the server can be reached. `offline` is reported by the browser, `unreachable` by a call that failed. */
export type Connection = 'online' | 'offline' | 'unreachable'

const PROBE_MILLISECONDS = 3_000
const GATEWAY_FAILURES = [502, 503, 504]

const listeners = new Set<() => void>()
let isReachable = true
let probing: ReturnType<typeof setInterval> | undefined

/** Returns the current connection. */
export function getConnection(): Connection {
  if (!navigator.onLine) return 'offline'
  return isReachable ? 'online' : 'unreachable'
}

/** Returns the current connection to a component, and renders the component again when it changes. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, getConnection)
}

/** Calls the listener when the connection may have changed. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/**
 * Creates a `fetch` that notices whether the server answers.
 *
 * @param probe - asks whether the server can be reached again; called every few seconds until it answers true
 */
export function createWatchedFetch(probe: () => Promise<boolean>): typeof fetch {
  const lookAgain = async () => {
    if (await probe()) report(true, lookAgain)
  }
  return async (input, init) => {
    try {
      const response = await fetch(input, init)
      report(!GATEWAY_FAILURES.includes(response.status), lookAgain)
      return response
    } catch (error) {
      // An aborted request tells nothing about the server: its screen may have been left.
      if (!init?.signal?.aborted) report(false, lookAgain)
      throw error
    }
  }
}

function report(answered: boolean, lookAgain: () => Promise<void>): void {
  if (answered === isReachable) return
  isReachable = answered
  clearInterval(probing)
  if (!answered) probing = setInterval(lookAgain, PROBE_MILLISECONDS)
  for (const listener of listeners) listener()
}
