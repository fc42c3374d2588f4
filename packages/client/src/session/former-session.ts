import { FORMER_SESSION_MILLISECONDS } from '../http/numbers.ts'
import type { Send } from '../http/send.ts'
import { raceWithin } from '../http/timing.ts'
import type { HeldTokens } from './held-tokens.ts'
import type { Mode } from './mode.ts'
import type { Refresh } from './refresh.ts'
import type { TokenStore } from './token-store.ts'

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
  const attempt = (work?: Promise<unknown>) =>
    raceWithin(FORMER_SESSION_MILLISECONDS, [Promise.resolve(work).catch(() => {})])
  return {
    prepare: () => attempt(mode.prepareEnd?.(tokenStore, refresh)),
    end: (held) => attempt(mode.endSession(send, held)),
  }
}
