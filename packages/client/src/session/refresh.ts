import { createFailure } from '../http/error.ts'
import {
  ATTEMPT_SHARE,
  MAX_ATTEMPT_MILLISECONDS,
  MAX_ATTEMPTS,
  MAX_STALE_ANSWERS,
  REPEATABLE_MILLISECONDS,
  WINDOW_SHARE,
} from '../http/numbers.ts'
import { endsSession, explainEnd } from '../http/read-refusal.ts'
import type { Send } from '../http/send.ts'
import { raceWithin } from '../http/timing.ts'
import type { Endings } from './endings.ts'
import type { Handovers } from './handover.ts'
import { type HeldTokens, isFresh } from './held-tokens.ts'
import type { Mode } from './mode.ts'
import { type Outcome, requestTokens } from './request-tokens.ts'
import { createRetryAfter } from './retry-after.ts'
import { createRetrySchedule } from './retry-schedule.ts'
import type { SignedOutReason } from './session-state.ts'
import type { TokenStore } from './token-store.ts'

/**
 * Gets a fresh access token.
 *
 * @param rejected - the access token that the server has just refused, or null
 * @returns the tokens that are held then; null when no user is signed in any more
 * @throws {LatchkeyError} the refresh failed, and the session may still exist
 */
export type Refresh = (rejected: string | null) => Promise<HeldTokens | null>

/** Refreshes the session of a client. */
export interface Refresher {
  refresh: Refresh
  /** Aborts the requests of every other session: the cookie of a late answer would replace the newer cookie. */
  keepOnly(session: string | undefined): void
}

/** The parts a refresher is created from. */
export interface RefreshOptions {
  tokenStore: TokenStore
  send: Send
  mode: Mode
  /** The time in which the server answers a repeated refresh that brings neither a proof nor a key. */
  graceMilliseconds: number
  handovers: Pick<Handovers, 'settled'>
  endings: Endings
}

/** Creates the refresher of a client: one refresh runs at a time, and every caller waits for it. */
export function createRefresher(options: RefreshOptions): Refresher {
  const { tokenStore, graceMilliseconds, endings } = options
  const graceWindow = graceMilliseconds * WINDOW_SHARE
  const retryAfter = createRetryAfter()
  const inFlight = new Set<{ session: string; abort: AbortController }>()
  let running: Promise<HeldTokens | null> | null = null

  /** Requests tokens until an answer comes; each request is for the tokens that are held at that moment. */
  async function refresh(rejected: string | null): Promise<HeldTokens | null> {
    const isUsable = (held: HeldTokens | null) => held === null || (held.access !== rejected && isFresh(held))
    const earlier: Promise<Outcome>[] = []
    let current: HeldTokens | null = null
    const windowMilliseconds = () => (current?.isRepeatable ? REPEATABLE_MILLISECONDS : graceWindow)
    let schedule = createRetrySchedule(windowMilliseconds)
    for (let attempt = 0, staleAnswers = 0; attempt < MAX_ATTEMPTS; attempt++) {
      current = await tokenStore.read()
      if (current === null || isUsable(current)) return current
      if (attempt === 0) retryAfter.check()
      // Asked each time, because a server may have answered meanwhile, and can set no cookie any more.
      await tokenStore.requireWritable(current)
      const outcome = await requestOnce(current, graceWindow - schedule.elapsed(), earlier)
      if ('held' in outcome) {
        if (isUsable(outcome.held) || ++staleAnswers >= MAX_STALE_ANSWERS) return outcome.held
        // The refresh token has changed.
        schedule = createRetrySchedule(windowMilliseconds)
      } else if (endsSession(outcome.error)) await end(current, explainEnd(outcome.error))
      else await raceWithin(schedule.pauseAfter(outcome.error), earlier)
    }
    throw createFailure('timeout')
  }

  /**
   * Sends one request and waits for its answer, or for the answer of an earlier request.
   *
   * The request continues after that wait, so that a page that was frozen finds its answer when it wakes. It is aborted
   * at the end of the window: a browser may have held it back until then, and after two rotations by other tabs it looks
   * like theft. A request with a proof never does, and its evidence gives it a time of its own.
   */
  async function requestOnce(
    sent: HeldTokens,
    leftMilliseconds: number,
    earlier: Promise<Outcome>[],
  ): Promise<Outcome> {
    const share = graceMilliseconds * ATTEMPT_SHARE || MAX_ATTEMPT_MILLISECONDS
    const waitMilliseconds = Math.min(share, MAX_ATTEMPT_MILLISECONDS)
    const abort = new AbortController()
    const timeoutMilliseconds = Math.max(leftMilliseconds, waitMilliseconds)
    const request = { session: sent.session, abort }
    inFlight.add(request)
    const own = requestTokens(options, { sent, timeoutMilliseconds, abort }).finally(() =>
      inFlight.delete(request),
    )
    const outcome = await raceWithin(waitMilliseconds, [own, ...earlier])
    if (outcome) return outcome
    earlier.push(own.then((late) => ('held' in late ? late : new Promise(() => {}))))
    return { error: createFailure('timeout') }
  }

  async function end(current: HeldTokens, reason: SignedOutReason): Promise<void> {
    // Tokens may be on their way that replace a session that is over.
    await options.handovers.settled()
    endings.note(current.session, reason)
    await tokenStore.clear(current)
    // Newer tokens stay, and their session goes on.
    if ((await tokenStore.read()) !== null) endings.forget()
  }

  function refreshAlone(rejected: string | null): Promise<HeldTokens | null> {
    running ??= refresh(rejected)
      .catch(retryAfter.keep)
      .finally(() => {
        running = null
      })
    return running
  }

  function keepOnly(session: string | undefined): void {
    // The session is unknown where only the cookie is there; such a request is never aborted for another session.
    for (const request of inFlight) if (request.session && request.session !== session) request.abort.abort()
  }

  return { refresh: refreshAlone, keepOnly }
}
