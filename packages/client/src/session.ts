import { readClaims } from './claims.ts'
import { LatchkeyError } from './error.ts'
import { type Mode, readPair } from './exchange.ts'
import type { Handover, Handovers } from './handover.ts'
import { type Held, isAlive, isFresh } from './held.ts'
import type { Refresh } from './refresh.ts'
import type { SessionState } from './state.ts'
import { raceWithin } from './timing.ts'
import type { Vault } from './vault.ts'

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
export interface SessionKeeper extends ClientSession {
  /** Another token for one that was just refused, of the same person; null when there is none. */
  renew(rejected: string): Promise<string | null>
  /**
   * Does what signs somebody in and keeps the tokens of the answer.
   *
   * @param request - resolves to the body of the answer
   * @throws {LatchkeyError} `not_authenticated` - the person signed out before the answer came
   */
  signIn<T>(request: () => Promise<T>): Promise<T>
  /** Does what replaces the tokens of the running session; they are dropped if it ends meanwhile. */
  replace<T>(request: () => Promise<T>): Promise<T>
  /** Forgets the session, and tells what was held. */
  end(): Promise<Held | null>
}

/** What a session works on. */
export interface SessionOptions {
  vault: Vault
  refresh: Refresh
  mode: Mode
  timeoutMilliseconds: number
  state: () => SessionState
  update: (held: Held | null) => void
  handovers: Handovers
  /** Ends a session at the server whose tokens are not kept. */
  discard: (held: Held) => void
}

/** Makes the keeper of the session. */
export function createSession(options: SessionOptions): SessionKeeper {
  const { vault, mode, state, handovers, discard } = options
  let signOuts = 0

  async function accessToken(): Promise<string | null> {
    const held = await vault.read()
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

  async function handOver<T>(request: () => Promise<T>, keep: Keep): Promise<T> {
    // In this order: whoever signs out after the look is noticed.
    const handover = await handovers.begin()
    try {
      const before = await vault.read()
      const sentAt = Date.now()
      const body = await request()
      if (!hasTokens(body)) return body
      const answer = readPair(body, mode, sentAt)
      if (!(await keep(answer, before, handover))) discard(answer)
      return body
    } finally {
      await handover.end()
    }
  }

  async function signIn<T>(request: () => Promise<T>): Promise<T> {
    const signOutsBefore = signOuts
    let isKept = true
    const body = await handOver(request, async (answer, held, handover) => {
      isKept = signOuts === signOutsBefore && (await vault.put(answer, { held, handover }))
      return isKept
    })
    if (!isKept) throw new LatchkeyError('not_authenticated', 'Signed out meanwhile.')
    return body
  }

  function replace<T>(request: () => Promise<T>): Promise<T> {
    return handOver(request, async (answer, before, handover) => {
      const held = before && (await vault.merge(before, answer, handover))
      return held?.session === answer.session
    })
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

  async function end(): Promise<Held | null> {
    signOuts++
    await handovers.cancel()
    return vault.clear()
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
    signIn,
    replace,
    end,
  }
}

/** Keeps the tokens of an answer, or answers false. */
type Keep = (answer: Held, before: Held | null, handover: Handover) => Promise<boolean>

/** The refresh goes on when its caller is told that it takes too long. */
async function refreshInTime(options: SessionOptions, rejected: string | null): Promise<Held | null> {
  const held = await raceWithin(options.timeoutMilliseconds, [options.refresh(rejected)])
  if (held === undefined) throw new LatchkeyError('timeout', 'The session could not be renewed in time.')
  return held
}

function hasTokens(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'access' in body
}
