import { LATE_CALL_MILLISECONDS, MAX_CALL_MILLISECONDS, POLL_MILLISECONDS } from '../http/numbers.ts'
import { createNote } from './note.ts'
import type { TokenStorage } from './storage.ts'

/** A running call whose answer replaces the tokens: a sign-in, a change of password. */
export interface Handover {
  /** Answers whether it is certain that the user has not signed out since the call began, in this tab or another. */
  stands(): Promise<boolean>
  end(): Promise<void>
}

/**
 * The handovers of all tabs.
 *
 * During a handover the server already refuses the old tokens while the new tokens have not arrived yet.
 */
export interface Handovers {
  begin(): Promise<Handover>
  /** Waits until no handover runs, or until a handover takes longer than its timeout. */
  settled(): Promise<void>
  /** Cancels every handover, because the user signs out. */
  cancel(): Promise<void>
}

/**
 * Creates the handovers, which other tabs see through a note in the storage.
 *
 * A sign-out removes the note; a refused refresh leaves it. So an answer that finds no session knows the reason.
 *
 * @param timeoutMilliseconds - the longest time that a call may take; `Infinity` for no limit
 */
export function createHandovers(storage: TokenStorage, key: string, timeoutMilliseconds: number): Handovers {
  // Where the storage fails, no note is read, and no handover stands.
  const note = createNote(storage, `${key}.handover`)
  const limit = Math.min(timeoutMilliseconds, MAX_CALL_MILLISECONDS) + LATE_CALL_MILLISECONDS
  let own = 0

  async function begin(): Promise<Handover> {
    const text = `${Date.now() + limit} ${Math.random()}`
    own++
    await note.write(text)
    const stands = async () => (await note.read()) === text
    const end = async () => {
      own--
      if (await stands()) await note.remove()
    }
    return { stands, end }
  }

  async function settled(): Promise<void> {
    const isRunning = async () => own > 0 || Number.parseFloat(`${await note.read()}`) > Date.now()
    for (let waited = 0; waited < limit && (await isRunning()); waited += POLL_MILLISECONDS)
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))
  }

  return { begin, settled, cancel: note.remove }
}
