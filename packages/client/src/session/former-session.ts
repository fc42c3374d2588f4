import * as routes from '../generated/routes.ts'
import type { Call, Send } from '../http/send.ts'
import { raceWithin } from '../http/timing.ts'
import { type HeldTokens, isFresh } from './held-tokens.ts'
import type { Refresh } from './refresh.ts'
import type { Mode } from './request-tokens.ts'
import type { TokenStore } from './token-store.ts'

/** A sign-in waits for this long: a page that is left after the sign-in aborts its requests. */
const WAIT_MILLISECONDS = 3_000

/** Ends sessions whose tokens are not kept: the one before a sign-in, and one that came too late. */
export interface FormerSession {
  /** Makes sure, before a sign-in, that the session can be ended after it; never rejects. */
  prepare(): Promise<unknown>
  /** Ends the session of the tokens at the server; never rejects. */
  end(held: HeldTokens): Promise<unknown>
}

interface FormerSessionOptions {
  tokenStore: TokenStore
  send: Send
  mode: Mode
  refresh: Refresh
}

/** Creates the functions that end a session. */
export function createFormerSession({
  tokenStore,
  send,
  mode,
  refresh,
}: FormerSessionOptions): FormerSession {
  const attempt = (work: Promise<unknown>) => raceWithin(WAIT_MILLISECONDS, [work.catch(() => {})])

  // The sign-in replaces the cookie. After that only an access token can end the session before.
  async function renew(): Promise<void> {
    const held = mode === 'cookie' ? await tokenStore.read() : null
    if (held?.session && !isFresh(held)) await refresh(null)
  }

  function describeEnd({ session, access, refresh }: HeldTokens): Call {
    // An expired access token is enough to sign out. In cookie mode a sign-out would end the session of the cookie.
    return mode === 'token'
      ? { route: routes.logout, fields: { refresh }, access }
      : { route: routes.revokeSession, fields: { id: session }, access }
  }

  return {
    prepare: () => attempt(renew()),
    end: (held) => attempt(send(describeEnd(held))),
  }
}
