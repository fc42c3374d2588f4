import { LatchkeyError } from '../http/error.ts'
import { raceWithin } from '../http/timing.ts'
import { type Held, isAlive, isFresh } from './held-tokens.ts'
import { readClaims } from './read-claims.ts'
import type { Refresh } from './refresh.ts'
import { type Mode, readPair } from './request-tokens.ts'
import type { SessionState } from './session-state.ts'
import type { TokenChanges } from './token-changes.ts'
import type { Vault } from './token-store.ts'

/** Who is signed in, and the token to prove it. */
export interface ClientSession {
  /** Who is signed in, as far as this tab knows; the same object until something changes. */
  readonly state: SessionState
  /** Waits until the state is no longer `loading`. */
  ready(): Promise<SessionState>
  /**
   * An access token that is not about to expire, renewed if need be.
   *
   * @returns null when nobody is signed in
   * @throws {LatchkeyError} `network_error` `timeout` `throttled` `unavailable` - there is a session, but no token now
   */
  accessToken(): Promise<string | null>
  /**
   * Asks for new tokens now, because what they tell has changed: an address was confirmed, a role was given.
   *
   * @throws {LatchkeyError} `network_error` `timeout` `throttled` `unavailable` - the tokens there are stay
   */
  refresh(): Promise<SessionState>
  /** Signs in with a pair that was got elsewhere, for example by a call of the raw tRPC client. */
  adopt(tokens: { access: string; refresh?: string }): Promise<SessionState>
}

/** What the operations need of the session beside what everybody sees. */
export interface SessionKeeper extends ClientSession, TokenChanges {
  /** Another token for one that was just refused, of the same person; null when there is none. */
  renew(rejected: string): Promise<string | null>
}

/** What a session works on. */
export interface SessionOptions {
  vault: Vault
  refresh: Refresh
  mode: Mode
  timeoutMilliseconds: number
  state: () => SessionState
  update: (held: Held | null) => void
  changes: TokenChanges
}

/** Makes the keeper of the session. */
export function createSession(options: SessionOptions): SessionKeeper {
  const { vault, mode, state } = options

  async function accessToken(): Promise<string | null> {
    const held = await vault.read()
    // Scripts of this page change the storage without an event.
    if (held === null || held.access !== null) options.update(held)
    if (held === null || isFresh(held, Date.now())) return held?.access ?? null
    try {
      return (await refreshInTime(options, null))?.access ?? null
    } catch (error) {
      // Ahead of the end a failed refresh costs nothing yet.
      if (isAlive(held, Date.now())) return held.access
      throw error
    }
  }

  async function renew(rejected: string): Promise<string | null> {
    let held = await refreshInTime(options, rejected)
    // A refresh that was under way already may not have known of the refusal.
    if (held?.access === rejected) held = await refreshInTime(options, rejected)
    const renewed = held?.access ?? null
    if (renewed === null || renewed === rejected) return null
    return readClaims(renewed)?.user_id === readClaims(rejected)?.user_id ? renewed : null
  }

  async function ready(): Promise<SessionState> {
    if (state().status === 'loading') options.update(await vault.read())
    if (state().status === 'loading') await accessToken()
    return state()
  }

  async function refresh(): Promise<SessionState> {
    const held = await vault.read()
    if (held !== null) await refreshInTime(options, held.access)
    return state()
  }

  async function adopt(tokens: { access: string; refresh?: string }): Promise<SessionState> {
    await vault.put(readPair(tokens, mode, Date.now()))
    return state()
  }

  return {
    get state() {
      return state()
    },
    ready,
    accessToken,
    refresh,
    adopt,
    renew,
    ...options.changes,
  }
}

/** The refresh goes on when its caller is told that it takes too long. */
async function refreshInTime(options: SessionOptions, rejected: string | null): Promise<Held | null> {
  const held = await raceWithin(options.timeoutMilliseconds, [options.refresh(rejected)])
  if (held === undefined) throw new LatchkeyError('timeout', 'The session could not be renewed in time.')
  return held
}
