import { vi } from 'vitest'

/** The IndexedDB of a browser whose pages a test opens: it outlives them, and can fail. */
export interface SoftDatabase {
  items: Map<string, unknown>
  /** What happens to the next transactions; they are performed unless given. */
  behaviour: 'throws' | 'fails' | 'hangs' | 'refuses keys' | null
}

/** Puts an IndexedDB into the globals, with as much of it as the client uses. `vi.unstubAllGlobals` takes it out. */
export function stubDatabase(): SoftDatabase {
  const database: SoftDatabase = { items: new Map(), behaviour: null }
  let isNew = true

  /** Transactions run one after the other: each is one turn of the event loop here. */
  function transact() {
    const requests: { name: string; onsuccess?: () => void; result?: unknown }[] = []
    const transaction = {
      oncomplete: () => {},
      onabort: () => {},
      error: null as unknown,
      abort: () => queueMicrotask(() => transaction.onabort()),
      objectStore: () => ({
        get: (name: string) => {
          const request = { name }
          requests.push(request)
          return request
        },
        delete: (name: string) => database.items.delete(name),
        put: (item: unknown, name: string) => {
          if (database.behaviour === 'refuses keys') throw new DOMException('No keys.', 'DataCloneError')
          database.items.set(name, structuredClone(item))
        },
      }),
    }
    queueMicrotask(() => {
      for (const request of requests) {
        request.result = structuredClone(database.items.get(request.name))
        request.onsuccess?.()
      }
      queueMicrotask(() => transaction.oncomplete())
    })
    return transaction
  }

  function open() {
    if (database.behaviour === 'throws') throw new DOMException('Denied.', 'SecurityError')
    const opened = { transaction: transact, close: () => {}, createObjectStore: () => {} }
    const request = { result: opened, error: new DOMException('Broken.', 'UnknownError') } as {
      result: typeof opened
      error: DOMException
      onupgradeneeded?: () => void
      onsuccess?: () => void
      onerror?: () => void
    }
    if (database.behaviour === 'hangs') return request
    queueMicrotask(() => {
      if (database.behaviour === 'fails') return request.onerror?.()
      if (isNew) request.onupgradeneeded?.()
      isNew = false
      request.onsuccess?.()
    })
    return request
  }

  vi.stubGlobal('indexedDB', { open })
  return database
}
