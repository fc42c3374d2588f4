import type { SignedOutReason } from './session-state.ts'
import { memoryStorage, type TokenStorage } from './storage.ts'

/**
 * Why sessions ended.
 *
 * A reason is noted before the tokens are removed from the storage. So each tab that notices the removal finds it. The
 * note names a session and a reason, and no secret.
 */
export interface Endings {
  /** Notes why a session ends. A reason that was noted for it earlier stays. */
  note(session: string, reason: SignedOutReason): void
  /**
   * Finds why a session ended.
   *
   * @param session - null when this tab did not know the session: then the last note counts
   * @returns `signed_out` when another tab removed the tokens without a note; undefined when there was no session
   */
  reasonOf(session: string | null): SignedOutReason | undefined
  /** Removes the note, because a user signs in or signs out. */
  forget(): void
}

interface Ending {
  session: string
  reason: SignedOutReason
}

const REASONS: readonly string[] = ['signed_out', 'session_ended', 'expired', 'account_gone']

/** Creates the notes of a client, which other tabs see in the storage. */
export function createEndings(storage: TokenStorage, key: string): Endings {
  const name = `${key}.ended`
  // A storage without `subscribe` is not shared by tabs, so the note can stay in memory.
  const notes = storage.subscribe ? storage : memoryStorage()
  let own: Ending | null = null

  function find(session: string | null): Ending | null {
    const isWanted = (ending: Ending | null) => session === null || ending?.session === session
    if (own && isWanted(own)) return own
    const noted = readNote(() => notes.getItem(name))
    return isWanted(noted) ? noted : null
  }

  function note(session: string, reason: SignedOutReason): void {
    if (session === '' || own?.session === session) return
    own = { session, reason }
    void attempt(() => notes.setItem(name, `${session} ${reason}`))
  }

  function reasonOf(session: string | null): SignedOutReason | undefined {
    return find(session)?.reason ?? (session === null ? undefined : 'signed_out')
  }

  function forget(): void {
    own = null
    void attempt(() => notes.removeItem(name))
  }

  return { note, reasonOf, forget }
}

function readNote(read: () => unknown): Ending | null {
  try {
    const [session = '', reason = ''] = String(read()).split(' ')
    return REASONS.includes(reason) ? { session, reason: reason as SignedOutReason } : null
  } catch {
    return null
  }
}

/** Does without the note where the storage fails: the session is over in any case. */
async function attempt(act: () => void | Promise<void>): Promise<void> {
  try {
    await act()
  } catch {}
}
