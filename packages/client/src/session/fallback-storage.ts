import { LatchkeyError } from '../http/error.ts'
import { isPromise } from './bounded-storage.ts'
import type { TokenStorage } from './storage.ts'

/** A storage whose writes never fail, and whose reads fail only while its content is unknown. */
export interface FallbackStorage {
  /** The item, if the storage answers without a promise and without a fault; otherwise undefined. */
  peek(key: string): string | null | undefined
  /** @throws {LatchkeyError} `storage_unavailable` - the storage was never read, and cannot be read now */
  getItem(key: string): Promise<string | null>
  /** Writes an item; null removes it. */
  setItem(key: string, value: string | null): Promise<void>
  /**
   * Requires that the storage accepts a write, before a refresh spends the refresh token in it.
   *
   * @throws {LatchkeyError} `storage_unavailable` - the next reader of the storage would present the spent token
   */
  requireWritable(key: string): Promise<void>
}

/**
 * Wraps a storage that may be full, forbidden or locked: an item it refuses is kept in memory, because a lost write
 * would lose a rotation of the refresh token.
 *
 * Each read tries the refused write again. The memory is used until the storage accepts a write, or until it shows
 * another item than at the refusal: then another tab has written. A storage that can no longer be read counts as
 * unchanged.
 */
export function createFallbackStorage(storage: TokenStorage): FallbackStorage {
  /** The item at the last read or write; undefined before. */
  let shown: string | null | undefined
  let refused: { shown: typeof shown; kept: string | null } | undefined
  let hasAccepted = false

  function peek(key: string): string | null | undefined {
    try {
      const item = storage.getItem(key)
      if (!isPromise(item)) return item ?? null
      item.catch(() => {})
    } catch {
      // The next call reads again.
    }
    return undefined
  }

  async function getItem(key: string): Promise<string | null> {
    try {
      shown = (await storage.getItem(key)) ?? null
    } catch (error) {
      // A storage that cannot be read at the moment, like the keychain of a locked phone, signs no user out.
      const last = refused ? refused.kept : shown
      if (last === undefined) throw unavailable(error)
      return last
    }
    if (refused && (refused.shown === undefined || refused.shown === shown)) await write(key, refused.kept)
    else refused = undefined
    return refused ? refused.kept : shown
  }

  async function write(key: string, kept: string | null): Promise<void> {
    try {
      await (kept === null ? storage.removeItem(key) : storage.setItem(key, kept))
      shown = kept
      refused = undefined
      hasAccepted = true
    } catch {
      refused = { shown, kept }
    }
  }

  async function setItem(key: string, value: string | null): Promise<void> {
    await write(key, value)
    if (!refused) return
    // Another tab may have written since the last read.
    refused = undefined
    await getItem(key).catch(() => {})
    refused = { shown, kept: value }
  }

  async function requireWritable(key: string): Promise<void> {
    try {
      if (storage.readOnly) throw new Error('The storage is read-only.')
      if (hasAccepted || refused) return
      const item = await storage.getItem(key)
      if (item) await storage.setItem(key, item)
      hasAccepted = true
    } catch (error) {
      throw unavailable(error)
    }
  }

  return { peek, getItem, setItem, requireWritable }
}

function unavailable(cause: unknown): LatchkeyError {
  return new LatchkeyError('storage_unavailable', 'The session cannot be read or kept at the moment.', {
    cause,
  })
}
