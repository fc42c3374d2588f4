/**
 * Starts work and waits for it until a signal aborts; the work itself continues, because others wait for it too.
 *
 * @throws the reason of the signal, as `fetch` does; when it has aborted before, the work is not started
 */
export function heed<T>(signal: AbortSignal | null | undefined, work: () => Promise<T>): Promise<T> {
  if (!signal) return work()
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason ?? Object.assign(new Error('Aborted'), { name: 'AbortError' }))
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort))
  })
}
