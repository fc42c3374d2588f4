import { useSyncExternalStore } from 'react'

/** Whether the server can be reached: `offline` is the device's own word, `unreachable` what calls ran into. */
export type Connection = 'online' | 'offline' | 'unreachable'

const PROBE_MILLISECONDS = 3_000
const GATEWAY_FAILURES = [502, 503, 504]

const listeners = new Set<() => void>()
let isReachable = true
let probing: ReturnType<typeof setInterval> | undefined

/** Whether the server can be reached now. */
export function getConnection(): Connection {
  if (!navigator.onLine) return 'offline'
  return isReachable ? 'online' : 'unreachable'
}

/** The same, for a component. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, getConnection)
}

/** Calls back when the connection may have changed. */
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
 * Makes a `fetch` that notices whether the server answers.
 *
 * @param probe - asks whether the server is back; called every few seconds until it says so
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
      // A request that was given up says nothing: its caller may only have gone elsewhere.
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
