/** The network is back, or a user is back at the page. */
const EVENTS = ['online', 'focus', 'pageshow']

/**
 * Calls the listener when what failed before may succeed now; never outside of browsers, which have no such events.
 *
 * @returns a function that removes the listener
 */
export function listenToWake(listener: () => void): () => void {
  const isBrowser = globalThis.navigator?.onLine !== undefined
  return listen(globalThis, isBrowser ? EVENTS : [], listener)
}

/**
 * Listens to some events of a page.
 *
 * @returns a function that removes the listener
 */
export function listen(target: EventTarget, names: string[], listener: (event: Event) => void): () => void {
  for (const name of names) target.addEventListener?.(name, listener)
  return () => {
    for (const name of names) target.removeEventListener?.(name, listener)
  }
}
