import { createListeners } from './listeners.ts'
import { listen } from './wake.ts'

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
  /**
   * Whether the storage cannot be written, like the cookies of a page that a server renders.
   *
   * The client then sends no refresh, because the rotated token would be lost. It uses the access token until it expires.
   */
  readonly readOnly?: boolean
  /**
   * How long the storage keeps a session.
   *
   * `process`: until the program ends or the page is reloaded. `device`: after that too, for all pages of the origin. A
   * session in such a storage of a browser is bound to a key, unless `bound` says otherwise. `request`: the storage
   * belongs to one request to a server. It keeps no `Idempotency-Key`.
   */
  readonly lifetime?: 'process' | 'device' | 'request'
}

/** Creates a storage in memory: the session ends with the program, or with a reload of the page. */
export function memoryStorage(): TokenStorage {
  const items = new Map<string, string>()
  const listeners = createListeners<string>()
  return {
    lifetime: 'process',
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      items.set(key, value)
      listeners.tell(key)
    },
    removeItem: (key) => {
      items.delete(key)
      listeners.tell(key)
    },
    subscribe: (key, listener) =>
      listeners.add((changed) => {
        if (changed === key) listener()
      }),
  }
}

/**
 * Creates a storage over `localStorage`: the session outlives the tab and is shared by all tabs of the origin.
 *
 * Any script of the page can read the tokens. Where that matters, let the server keep the refresh token in a cookie
 * (`cookieMode` of `@latchkey/client/cookie`). Where the browser forbids storage, the session is kept in memory.
 *
 * Outside of a page it is in memory too: the `localStorage` of Deno and Node.js belongs to the whole process, so all
 * users of a server would share one session.
 */
export function browserStorage(): TokenStorage {
  // Node.js prints a warning when this property is read.
  if (typeof document === 'undefined') return memoryStorage()
  try {
    // Where the browser forbids storage, reading this property or an item throws.
    const items = globalThis.localStorage
    items.getItem('')
    return {
      lifetime: 'device',
      getItem: (key) => items.getItem(key),
      setItem: (key, value) => items.setItem(key, value),
      removeItem: (key) => items.removeItem(key),
      subscribe: listenToTabs,
    }
  } catch {
    return memoryStorage()
  }
}

function listenToTabs(key: string, listener: () => void): () => void {
  return listen(['storage'], (event) => {
    const { key: changed } = event as StorageEvent
    if (changed === key || changed === null) listener()
  })
}
