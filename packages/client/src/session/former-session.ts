import * as routes from '../generated/routes.ts'
import type { Send } from '../http/send.ts'
import { raceWithin } from '../http/timing.ts'
import { type HeldTokens, isFresh, type Mode } from './held-tokens.ts'
import type { Refresh } from './refresh.ts'
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
export function createFormerSession(options: FormerSessionOptions): FormerSession {
  const { tokenStore, send, mode } = options
  const attempt = (work: Promise<unknown>) => raceWithin(WAIT_MILLISECONDS, [work.catch(() => {})])

  // The sign-in replaces the cookie. After that only an access token can end the session before.
  async function renew(): Promise<void> {
    const held = mode === 'cookie' ? await tokenStore.read() : null
    if (held?.session && !isFresh(held)) await options.refresh(null)
  }

  // An expired access token is enough to sign out. In cookie mode a sign-out would end the session of the cookie.
  const end = ({ session, access, refresh }: HeldTokens) =>
    mode === 'token'
      ? send({ route: routes.logout, fields: { refresh }, access })
      : send({ route: routes.revokeSession, fields: { id: session }, access })

  return { prepare: () => attempt(renew()), end: (held) => attempt(end(held)) }
}
