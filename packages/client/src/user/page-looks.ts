/**
 * Calls the listener when the page is looked at again, and when the network is back.
 *
 * Outside a browser it does nothing.
 *
 * @returns a function that removes the listener
 */
export function listenToLooks(listener: () => void): () => void {
  if (typeof document === 'undefined' || typeof addEventListener === 'undefined') return () => {}
  const onVisible = () => {
    if (document.visibilityState === 'visible') listener()
  }
  addEventListener('focus', listener)
  addEventListener('online', listener)
  document.addEventListener('visibilitychange', onVisible)
  return () => {
    removeEventListener('focus', listener)
    removeEventListener('online', listener)
    document.removeEventListener('visibilitychange', onVisible)
  }
}
