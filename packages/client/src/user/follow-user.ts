import type { LatchkeyClient } from '../client.ts'
import type { User } from '../generated/bodies.ts'
import { USER_ANSWERS, USER_CHANGES } from '../generated/routes.ts'
import type { Call } from '../http/send.ts'
import type { ClientParts, UserChange } from '../operations/parts.ts'
import { ownerOf, readClaims } from '../session/read-claims.ts'
import { listenToTabs } from './listen-to-tabs.ts'
import { listenToLooks } from './page-looks.ts'
import type { UserStore } from './user-store.ts'

/** A page that is looked at again asks at most this often whether the address is verified by now. */
const VERIFIED_MILLISECONDS = 60_000

/**
 * Keeps the store of the own user up to date until the client is closed: with the calls of this tab, with the session,
 * with the other tabs, and when the page is looked at.
 */
export function followUser(client: LatchkeyClient, parts: ClientParts, store: UserStore): void {
  const { session } = client
  let askedAt = Number.NEGATIVE_INFINITY
  let later: ReturnType<typeof setTimeout> | undefined

  function followTab(change: UserChange): void {
    store.invalidate()
    // In cookie mode each tab has an access token of its own, so each tab needs the new claims.
    if (parts.mode.withCookies && change === 'claims') renewQuietly().catch(() => {})
  }

  /** Requests new tokens, and tells no other tab. */
  async function renewQuietly(): Promise<void> {
    const access = await session.accessToken()
    if (access !== null) await session.renew(access)
  }

  // A mailed link may have been followed meanwhile, on a page that is not of this program.
  function look(): void {
    store.lookAgain()
    const { state } = session
    if (state.status !== 'signed_in' || state.emailVerified) return
    clearTimeout(later)
    const left = askedAt + VERIFIED_MILLISECONDS - performance.now()
    // The link may have been followed since the last time, and the user may stay on this page.
    if (left > 0) later = setTimeout(look, left)
    else {
      askedAt = performance.now()
      session.refresh().catch(() => {})
    }
  }

  const { watch } = parts
  parts.watch = (call) => {
    const others = watch?.(call)
    const own = watchCall(call, store)
    return (answer) => {
      own(answer)
      others?.(answer)
    }
  }
  const stop = () => clearTimeout(later)
  parts.stops.push(
    client.onChange(store.followSession),
    listenToTabs(parts, followTab),
    listenToLooks(look),
    stop,
  )
}

/** The answer to a change is newer than every answer that was asked for before it. */
function watchCall({ route, access }: Call, store: UserStore): (answer: unknown) => void {
  const asked = store.nextTurn()
  const isChange = USER_CHANGES.includes(route)
  return (answer) => {
    const claims = access && USER_ANSWERS.includes(route) ? readClaims(access) : null
    if (claims) {
      const turn = isChange ? store.nextTurn() : asked
      store.keep({ user: answer as User, userId: ownerOf(claims), turn })
    } else if (isChange) store.invalidate()
  }
}
