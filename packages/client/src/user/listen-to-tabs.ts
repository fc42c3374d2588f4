import type { ClientParts, UserChange } from '../operations/parts.ts'

/**
 * Listens to the notes by which other tabs tell that the own user has changed.
 *
 * @returns a function that stops listening
 */
export function listenToTabs(parts: ClientParts, listener: (change: UserChange) => void): () => void {
  const { storage, noteKey } = parts
  let seen: string | null = null
  let isListening = true

  // Where the storage fails, the change is noticed when the page is looked at again.
  async function read(): Promise<string | null> {
    try {
      return await storage.getItem(noteKey)
    } catch {
      return null
    }
  }

  async function look(): Promise<void> {
    const note = await read()
    if (!isListening || note === null || note === seen || note === parts.ownNote) return
    seen = note
    listener(note.startsWith('claims ') ? 'claims' : 'details')
  }

  const stop = storage.subscribe?.(noteKey, () => void look())
  // A note from before this tab listened is not news.
  if (stop)
    void read().then((note) => {
      seen ??= note
    })
  return () => {
    isListening = false
    stop?.()
  }
}
