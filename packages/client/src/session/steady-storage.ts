import type { TokenStorage } from './storage.ts'

/**
 * Keeps in memory what a storage will not take, full or forbidden as it may be: a lost write would lose a rotation.
 *
 * The memory counts until the storage takes something again, or shows something else than when it refused: then
 * another tab has written since.
 */
export function createSteadyStorage(storage: TokenStorage): TokenStorage {
  let lastShown: string | null = null
  let refused: { shown: string | null; kept: string | null } | null = null

  function show(item: string | null): string | null {
    lastShown = item
    if (refused?.shown !== item) refused = null
    return refused ? refused.kept : item
  }

  function getItem(key: string): string | null | Promise<string | null> {
    // One that cannot be read for now, as a keychain of a locked phone, signs nobody out.
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
