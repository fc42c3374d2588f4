import type { TokenStorage } from './storage.ts'

/**
 * Wraps a storage that may be full or forbidden: an item it refuses is kept in memory, because a lost write would lose
 * a rotation of the refresh token.
 *
 * The memory is used until the storage accepts a write again, or until it shows another item than at the refusal:
 * then another tab has written.
 */
export function createFallbackStorage(storage: TokenStorage): TokenStorage {
  let lastShown: string | null = null
  let refused: { shown: string | null; kept: string | null } | null = null

  function show(item: string | null): string | null {
    lastShown = item
    if (refused?.shown !== item) refused = null
    return refused ? refused.kept : item
  }

  function getItem(key: string): string | null | Promise<string | null> {
    // A storage that cannot be read at the moment, like the keychain of a locked phone, signs no user out.
    const showLast = () => show(lastShown)
    try {
      const item = storage.getItem(key)
      return item === null || typeof item === 'string' ? show(item) : item.then(show, showLast)
    } catch {
      return showLast()
    }
  }

  async function write(key: string, kept: string | null, act: () => void | Promise<void>): Promise<void> {
    try {
      await act()
      refused = null
    } catch {
      await getItem(key)
      refused = { shown: lastShown, kept }
    }
  }

  return {
    getItem,
    setItem: (key, value) => write(key, value, () => storage.setItem(key, value)),
    removeItem: (key) => write(key, null, () => storage.removeItem(key)),
  }
}
