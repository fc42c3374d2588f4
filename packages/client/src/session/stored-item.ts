import { createFailure } from '../http/error.ts'
import { peekItem } from './note.ts'
import type { TokenStorage } from './storage.ts'

/** An item of a storage. Writes never fail, and reads fail only while the content is unknown. */
export interface StoredItem {
  /** The item, if the storage answers without a promise and without a fault; otherwise undefined. */
  peek(): string | null | undefined
  /** @throws {LatchkeyError} `storage_unavailable` - the storage was never read, and cannot be read now */
  read(): Promise<string | null>
  /** Writes the item; null removes it. */
  write(value: string | null): Promise<void>
  /**
   * Requires that the storage accepts a write, before a refresh spends the refresh token in it.
   *
   * @throws {LatchkeyError} `storage_unavailable` - the next reader of the storage would present the spent token
   */
  requireWritable(): Promise<void>
}

/**
 * Creates an item of a storage that may be full, forbidden or locked: a value it refuses is kept in memory, because a
 * lost write would lose a rotation of the refresh token.
 *
 * Each read tries the refused write again. The memory is used until the storage accepts a write, or until it shows
 * another value than at the refusal: then another tab has written. A storage that can no longer be read counts as
 * unchanged.
 */
export function createStoredItem(storage: TokenStorage, key: string): StoredItem {
  /** The value at the last read or write; undefined before. */
  let shown: string | null | undefined
  let refused: { shown: typeof shown; kept: string | null } | undefined
  let hasAccepted = false

  async function read(): Promise<string | null> {
    try {
      shown = (await storage.getItem(key)) ?? null
    } catch (cause) {
      // A storage that cannot be read at the moment, like the keychain of a locked phone, signs no user out.
      const last = refused ? refused.kept : shown
      if (last === undefined) throw createFailure('storage_unavailable', { cause })
      return last
    }
    if (refused && (refused.shown === undefined || refused.shown === shown)) await tryWrite(refused.kept)
    else refused = undefined
    return refused ? refused.kept : shown
  }

  async function tryWrite(kept: string | null): Promise<void> {
    try {
      await (kept === null ? storage.removeItem(key) : storage.setItem(key, kept))
      shown = kept
      refused = undefined
      hasAccepted = true
    } catch {
      refused = { shown, kept }
    }
  }

  async function write(kept: string | null): Promise<void> {
    await tryWrite(kept)
    if (!refused) return
    // Another tab may have written since the last read.
    refused = undefined
    await read().catch(() => {})
    refused = { shown, kept }
  }

  async function requireWritable(): Promise<void> {
    try {
      if (storage.readOnly) throw new Error('Read-only.')
      if (hasAccepted || refused) return
      const item = await storage.getItem(key)
      if (item) await storage.setItem(key, item)
      hasAccepted = true
    } catch (cause) {
      throw createFailure('storage_unavailable', { cause })
    }
  }

  return { peek: () => peekItem(storage, key), read, write, requireWritable }
}
