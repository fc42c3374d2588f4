/**
 * Where the session is kept between two starts of the program.
 *
 * Made so that `localStorage` and React Native's AsyncStorage are one already, and SecureStore needs three lines.
 */
export interface TokenStorage {
  getItem(key: string): string | null | Promise<string | null>
  setItem(key: string, value: string): void | Promise<void>
  removeItem(key: string): void | Promise<void>
  /**
   * Calls back when another tab may have changed the item; storages of one process need none.
   *
   * @returns what ends it
   */
  subscribe?(key: string, listener: () => void): () => void
}

/** Keeps the session in memory: it ends with the program, or with a reload of the page. */
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
 * Keeps the session in `localStorage`: it outlives the tab and is shared by all tabs of the origin.
 *
 * Any script of the page can read it; where that matters, let the server keep the refresh token in a cookie
 * (`mode: 'cookie'`). Where a browser forbids storage, the session lives in memory.
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

/** Picks {@link browserStorage} in a browser and {@link memoryStorage} anywhere else, also in rendering servers. */
export function defaultStorage(): TokenStorage {
  return typeof document === 'undefined' ? memoryStorage() : browserStorage()
}

function findLocalStorage(): Storage | null {
  try {
    // Merely naming it throws where the browser forbids storage.
    return globalThis.localStorage ?? null
  } catch {
    return null
  }
}

function listenToTabs(key: string, listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === key || event.key === null) listener()
  }
  // A page that was frozen missed what the other tabs did meanwhile.
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
