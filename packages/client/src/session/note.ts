import { isPromise } from './bounded-storage.ts'
import { memoryStorage, type TokenStorage } from './storage.ts'

/** A text that all tabs see. Where the storage fails, there is no note. */
export interface Note {
  read(): Promise<string | null | undefined>
  /** The text, if the storage answers without a promise; otherwise undefined. */
  peek(): string | null | undefined
  write(text: string): Promise<void>
  remove(): Promise<void>
}

/** Creates a note in a storage. */
export function createNote(storage: TokenStorage, key: string): Note {
  // A storage without `subscribe` is not shared by tabs, so the note can stay in memory.
  const notes = storage.subscribe ? storage : memoryStorage()
  return {
    read: () => attempt(() => notes.getItem(key)),
    peek: () => peekItem(notes, key),
    write: (text) => attempt(() => notes.setItem(key, text)),
    remove: () => attempt(() => notes.removeItem(key)),
  }
}

/** Reads an item, if the storage answers without a promise and without a fault; otherwise undefined. */
export function peekItem(storage: TokenStorage, key: string): string | null | undefined {
  try {
    const item = storage.getItem(key)
    if (!isPromise(item)) return item ?? null
    item.catch(() => {})
  } catch {
    // The next call reads again.
  }
  return undefined
}

async function attempt<T>(act: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch {
    return undefined
  }
}
