import { codeOf, createFailure } from '../http/error.ts'
import { raceWithin } from '../http/timing.ts'
import { type HeldTokens, isAlive, isFresh } from './held-tokens.ts'
import { haveSame } from './read-claims.ts'
import type { Refresh } from './refresh.ts'
import { isSameState, type SessionState } from './session-state.ts'
import type { TokenChanges } from './token-changes.ts'
import type { TokenStore } from './token-store.ts'

/** The session of the signed-in user, and its access token. */
export interface ClientSession {
  /** The last state this tab knows; the same object until it changes. */
  readonly state: SessionState
  /**
   * Waits until the state is no longer `loading`.
   *
   * After a failure the state is still `loading`. In a browser the client then tries again when the network or the user
   * is back. Another call tries again too.
   *
   * @throws {LatchkeyError} `storage_unavailable` - the storage cannot be read; in cookie mode as `accessToken`
   */
  ready(): Promise<SessionState>
  /**
   * Gets an access token that does not expire soon, after a refresh where one is needed.
   *
   * @returns null when no user is signed in
   * @throws {LatchkeyError} `network_error` `timeout` `throttled` `unavailable` - the refresh of the session failed
   * @throws {LatchkeyError} `email_not_verified` - the server waits for the user to verify the address; the session stays
   * @throws {LatchkeyError} `storage_unavailable` - the storage cannot be read, or cannot keep the tokens of a refresh
   */
  accessToken(): Promise<string | null>
  /**
   * Requests new tokens now, because their claims have changed: an address was confirmed, a role was given.
   *
   * @throws {LatchkeyError} `network_error` `timeout` `throttled` `unavailable` `email_not_verified` - the held tokens
   *   stay
   */
  refresh(): Promise<SessionState>
  /**
   * Gets another access token after a service refused this one, for calls that do not go through `createFetch`.
   *
   * Calls that come together cost one refresh. Do not call it for each 401 of a service: a service may refuse every token.
   *
   * @returns a new token of the same user; null when there is none
   * @throws {LatchkeyError} `network_error` `timeout` `throttled` `unavailable` - the refresh failed
   */
  renew(rejected: string): Promise<string | null>
  /** Signs in with tokens from elsewhere, for example from a call of the raw tRPC client. */
  adopt(tokens: { access: string; refresh?: string }): Promise<SessionState>
}

/** The session as the operations see it. */
export interface InternalSession extends ClientSession, TokenChanges {}

/** The parts a session is created from. */
export interface SessionOptions {
  tokenStore: TokenStore
  refresh: Refresh
  timeoutMilliseconds: number
  state: () => SessionState
  update: (held: HeldTokens | null) => void
  /** Is called when new tokens that were asked for have other claims. */
  onNewClaims: () => void
}

/** Creates the session of a client. */
export function createSession(options: SessionOptions, changes: TokenChanges): InternalSession {
  const { tokenStore, state } = options

  async function accessToken(): Promise<string | null> {
    const held = await tokenStore.read()
    // A script of the same page changes the storage without a `storage` event.
    if (held === null || held.access !== null) options.update(held)
    if (held === null || isFresh(held)) return held?.access ?? null
    try {
      return (await refreshInTime(options, null))?.access ?? null
    } catch (error) {
      // The token has not expired yet, so the failed refresh does no harm.
      if (isAlive(held)) return held.access
      throw error
    }
  }

  async function renew(rejected: string): Promise<string | null> {
    let held = await refreshInTime(options, rejected).catch(keepUnwritable)
    // The first refresh may have been running before the token was refused.
    if (held?.access === rejected) held = await refreshInTime(options, rejected)
    const renewed = held?.access ?? null
    if (renewed === null || renewed === rejected) return null
    return haveSame(rejected, renewed, 'user_id') ? renewed : null
  }

  async function ready(): Promise<SessionState> {
    if (state().status === 'loading') options.update(await tokenStore.read())
    if (state().status === 'loading') await accessToken()
    return state()
  }

  async function refresh(): Promise<SessionState> {
    const before = state()
    const held = await tokenStore.read()
    if (held !== null) await refreshInTime(options, held.access)
    if (before.status === 'signed_in' && !isSameState(before, state())) options.onNewClaims()
    return state()
  }

  async function adopt(tokens: { access: string; refresh?: string }): Promise<SessionState> {
    // Without `access` the answer of a request may be one that brings no tokens.
    await changes.signIn(async () => Object.assign({ access: '' }, tokens))
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
    ...changes,
  }
}

/** Where no tokens can be kept, the refusal of the access token is the answer. */
function keepUnwritable(error: unknown): null {
  if (codeOf(error) === 'storage_unavailable') return null
  throw error
}

/** Waits for a refresh, at most for the client's timeout; the refresh itself continues. */
async function refreshInTime(options: SessionOptions, rejected: string | null): Promise<HeldTokens | null> {
  const held = await raceWithin(options.timeoutMilliseconds, [options.refresh(rejected)])
  if (held === undefined) throw createFailure('timeout')
  return held
}
