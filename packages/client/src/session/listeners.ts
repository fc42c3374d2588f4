/** A set of listeners. A listener that was added twice is called twice, until each of the two is removed. */
export interface Listeners<Value> {
  /** @returns a function that removes the listener */
  add(listener: (value: Value) => void): () => void
  tell(value: Value): void
}

/** Creates a set of listeners. */
export function createListeners<Value>(): Listeners<Value> {
  const entries = new Set<{ listener: (value: Value) => void }>()

  function add(listener: (value: Value) => void): () => void {
    const entry = { listener }
    entries.add(entry)
    return () => {
      entries.delete(entry)
    }
  }

  function tell(value: Value): void {
    // In a microtask, so that a listener that throws cannot make the caller fail.
    for (const entry of [...entries])
      queueMicrotask(() => {
        if (entries.has(entry)) entry.listener(value)
      })
  }

  return { add, tell }
}
