import { USER_CHANGES } from '../generated/routes.ts'
import type { Call, Send } from '../http/send.ts'
import type { ClientParts, UserChange } from './parts.ts'

/**
 * Watches the answers of the server, and tells what changes the own user.
 *
 * The contract says which operations do so, so an operation that is new in the contract is watched too.
 */
export function watchAnswers(send: Send, parts: ClientParts): Send {
  return async <T>(call: Call) => {
    const done = parts.watch?.(call)
    const answer = await send<T>(call)
    done?.(answer)
    if (USER_CHANGES.includes(call.route)) void tellTabs(parts, 'details')
    return answer
  }
}

/** Tells the other tabs that the own user has changed. Where the storage fails, they notice it when they are looked at. */
export async function tellTabs(parts: ClientParts, change: UserChange): Promise<void> {
  parts.ownNote = `${change} ${Math.random()}`
  try {
    if (parts.storage.subscribe) await parts.storage.setItem(parts.noteKey, parts.ownNote)
  } catch {}
}
