/**
 * Keeps the session between two starts of the program.
 *
 * `localStorage` and React Native's AsyncStorage implement this interface already; SecureStore needs three lines.
 */
export interface TokenStorage {
  getItem(key: string): string | null | Promise<string | null>
  setItem(key: string, value: string): void | Promise<void>
  removeItem(key: string): void | Promise<void>
  /**
   * Calls the listener when another tab may have changed the item; a storage of one process needs no `subscribe`.
   *
   * @returns a function that removes the listener
   */
  subscribe?(key: string, listener: () => void): () => void
}

/** Creates a storage in memory: the session ends with the program, or with a reload of the page. */
export function memoryStorage(): TokenStorage {
  const items = new Map<string, string>()
  const listeners = new Map<() => void, string>()
  const tell = (changed: string) => {
    for (const [listener, key] of listeners) if (key === changed) queueMicrotask(listener)
  }
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      items.set(key, value)
      tell(key)
    },
    removeItem: (key) => {
      items.delete(key)
      tell(key)
    },
    subscribe: (key, listener) => {
      listeners.set(listener, key)
      return () => listeners.delete(listener)
    },
  }
}

/**
 * Creates a storage over `localStorage`: the session outlives the tab and is shared by all tabs of the origin.
 *
 * Any script of the page can read the tokens. Where that matters, let the server keep the refresh token in a cookie
 * (`mode: 'cookie'`). Where the browser forbids storage, the session is kept in memory.
 */
export function browserStorage(): TokenStorage {
  const items = findLocalStorage()
  if (items === null) return memoryStorage()
  return {
    getItem: (key) => items.getItem(key),
    setItem: (key, value) => items.setItem(key, value),
    removeItem: (key) => items.removeItem(key),
    subscribe: listenToTabs,
  }
}

/** Creates {@link browserStorage} in a browser and {@link memoryStorage} elsewhere, also on a server that renders. */
export function defaultStorage(): TokenStorage {
  return typeof document === 'undefined' ? memoryStorage() : browserStorage()
}

function findLocalStorage(): Storage | null {
  try {
    // Where the browser forbids storage, reading this property throws.
    return globalThis.localStorage ?? null
  } catch {
    return null
  }
}

function listenToTabs(key: string, listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === key || event.key === null) listener()
  }
  // A page that was frozen has missed the `storage` events of that time.
  const onShow = () => {
    if (document.visibilityState === 'visible') listener()
  }
  addEventListener('storage', onStorage)
  addEventListener('pageshow', onShow)
  document.addEventListener('visibilitychange', onShow)
  return () => {
    removeEventListener('storage', onStorage)
    removeEventListener('pageshow', onShow)
    document.removeEventListener('visibilitychange', onShow)
  }
}
