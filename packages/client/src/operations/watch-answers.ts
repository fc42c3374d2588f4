import { USER_CHANGES } from '../generated/routes.ts'
import { LatchkeyError } from '../http/error.ts'
import type { Call, Send } from '../http/send.ts'
import type { Endings } from '../session/endings.ts'
import { readClaims } from '../session/read-claims.ts'
import type { ClientParts, UserChange } from './parts.ts'

interface WatchOptions {
  parts: ClientParts
  endings: Pick<Endings, 'note'>
  /** Requests new tokens, because their claims may have changed. */
  renew: () => void
}

/**
 * Watches the answers of the server, and tells what changes the own user.
 *
 * The contract says which operations do so, so an operation that is new in the contract is watched too.
 */
export function watchAnswers(send: Send, { parts, endings, renew }: WatchOptions): Send {
  return async <T>(call: Call) => {
    const done = parts.watch?.(call)
    const answer = await send<T>(call).catch((error) => noteLostUser(error, call, endings))
    done?.(answer)
    if (USER_CHANGES.includes(call.route)) {
      tellTabs(parts, 'details')
      // The claims of the tokens say whether the address is verified.
      if (call.toPage) renew()
    }
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

/** The refusal of an access token says that the user is gone; the refresh that follows does not say it. */
function noteLostUser(error: unknown, { access }: Call, endings: Pick<Endings, 'note'>): never {
  const isGone = error instanceof LatchkeyError && /^user_(?:not_found|inactive)$/.test(error.code)
  const claims = isGone && access ? readClaims(access) : null
  if (claims) endings.note(claims.session, 'account_gone')
  throw error
}
