/**
 * Calls the listener when what failed before may succeed now; never outside of browsers, which have no such events.
 *
 * @returns a function that removes the listener
 */
export function listenToWake(listener: () => void): () => void {
  const isBrowser = globalThis.navigator?.onLine !== undefined
  // The network is back, or a user is back at the page. A page that was frozen has missed the events of other tabs.
  return listen(isBrowser ? ['online', 'focus', 'pageshow', 'visibilitychange'] : [], listener)
}

/**
 * Listens to some events of a page.
 *
 * @returns a function that removes the listener
 */
export function listen(names: string[], listener: (event: Event) => void): () => void {
  for (const name of names) globalThis.addEventListener?.(name, listener)
  return () => {
    for (const name of names) globalThis.removeEventListener?.(name, listener)
  }
}
