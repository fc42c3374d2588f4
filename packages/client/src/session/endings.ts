import { createNote } from './note.ts'
import type { SignedOutReason } from './session-state.ts'
import type { TokenStorage } from './storage.ts'

/**
 * Why sessions ended.
 *
 * A reason is noted before the tokens are removed from the storage. So each tab that notices the removal finds it. The
 * note names a session and a reason, and no secret.
 */
export interface Endings {
  /** Notes why a session ends. A reason that was noted for it earlier stays. */
  note(session: string | undefined, reason: SignedOutReason): void
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

const REASONS: readonly string[] = ['signed_out', 'session_ended', 'expired', 'account_gone', 'key_lost']

/** Creates the notes of a client, which other tabs see in the storage: the session, a space, and the reason. */
export function createEndings(storage: TokenStorage, key: string): Endings {
  const shared = createNote(storage, `${key}.ended`)
  /** The last note of this tab, also where the storage fails. */
  let own = ''

  function note(session: string | undefined, reason: SignedOutReason): void {
    if (!session || own.startsWith(session)) return
    own = `${session} ${reason}`
    void shared.write(own)
  }

  function reasonOf(session: string | null): SignedOutReason | undefined {
    for (const text of [own, shared.peek() ?? '']) {
      const [ended, reason = ''] = text.split(' ')
      if (REASONS.includes(reason) && (session === null || session === ended))
        return reason as SignedOutReason
    }
    return session === null ? undefined : 'signed_out'
  }

  function forget(): void {
    own = ''
    void shared.remove()
  }

  return { note, reasonOf, forget }
}
