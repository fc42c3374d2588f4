import { LatchkeyError } from '../http/error.ts'
import type { Send } from '../http/send.ts'
import { raceWithin } from '../http/timing.ts'
import { type HeldTokens, isFresh } from './held-tokens.ts'
import { type Mode, type Outcome, requestTokens } from './request-tokens.ts'
import { createRetryAfter } from './retry-after.ts'
import { createRetrySchedule } from './retry-schedule.ts'
import type { TokenStore } from './token-store.ts'

/** The share of the server's grace in which a refresh is repeated; beyond the grace a repetition looks like theft. */
const WINDOW_SHARE = 5 / 6
/** The share of the grace after which an answer counts as lost and is requested again. */
const ATTEMPT_SHARE = 0.1
/** The longest of these times, and the time to wait for the only request where the server has no grace. */
const MAX_ATTEMPT_MILLISECONDS = 10_000
/** A late answer may bring an access token that has expired already; after this many the last one is used. */
const MAX_STALE_ANSWERS = 3
const MAX_ATTEMPTS = 50

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
  /** The time in which the server answers a repeated refresh. */
  graceMilliseconds: number
  /** Waits until no tokens are on their way that would replace a session that is over. */
  settled: () => Promise<unknown>
}

/** The state that all refreshes of a client share. */
interface Shared extends RefreshOptions {
  inFlight: Set<{ session: string; abort: AbortController }>
}

/** Creates the refresher of a client: one refresh runs at a time, and every caller waits for it. */
export function createRefresher(options: RefreshOptions): Refresher {
  const shared: Shared = { ...options, inFlight: new Set() }
  const retryAfter = createRetryAfter()
  let running: Promise<HeldTokens | null> | null = null

  function refreshAlone(rejected: string | null): Promise<HeldTokens | null> {
    running ??= refresh(shared, rejected, retryAfter.check)
      .catch(retryAfter.keep)
      .finally(() => {
        running = null
      })
    return running
  }

  function keepOnly(session: string | undefined): void {
    for (const request of shared.inFlight) if (request.session !== session) request.abort.abort()
  }

  return { refresh: refreshAlone, keepOnly }
}

/** Requests tokens until an answer comes; each request is for the tokens that are held at that moment. */
async function refresh(
  shared: Shared,
  rejected: string | null,
  checkRetryAfter: () => void,
): Promise<HeldTokens | null> {
  const { tokenStore } = shared
  const isUsable = (held: HeldTokens) => held.access !== rejected && isFresh(held)
  const earlier: Promise<Outcome>[] = []
  const schedule = createRetrySchedule(shared.graceMilliseconds * WINDOW_SHARE)
  for (let attempt = 0, staleAnswers = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const current = await tokenStore.read()
    if (current === null || isUsable(current)) return current
    if (attempt === 0) {
      checkRetryAfter()
      await tokenStore.requireWritable(current)
    }
    const outcome = await requestOnce(shared, current, schedule.left(), earlier)
    if (outcome.kind === 'answered') {
      if (outcome.held === null || isUsable(outcome.held) || ++staleAnswers >= MAX_STALE_ANSWERS)
        return outcome.held
      schedule.renew()
    } else if (outcome.kind === 'over') {
      await shared.settled()
      await tokenStore.clear(current)
    } else {
      await raceWithin(schedule.pauseAfter(outcome.error), earlier)
    }
  }
  throw new LatchkeyError('timeout', 'The session could not be renewed.')
}

/**
 * Sends one request and waits for its answer, or for the answer of an earlier request.
 *
 * The request continues after that wait, so that a page that was frozen finds its answer when it wakes. It is aborted
 * at the end of the window: a browser may have held it back until then, and beyond the grace it looks like theft.
 */
async function requestOnce(
  shared: Shared,
  sent: HeldTokens,
  leftMilliseconds: number,
  earlier: Promise<Outcome>[],
): Promise<Outcome> {
  const waitMilliseconds = Math.min(
    shared.graceMilliseconds * ATTEMPT_SHARE || Number.POSITIVE_INFINITY,
    MAX_ATTEMPT_MILLISECONDS,
  )
  const abort = new AbortController()
  const timeoutMilliseconds = Math.max(leftMilliseconds, waitMilliseconds)
  const request = { session: sent.session, abort }
  // The session is unknown where only the cookie is there; such a request is never aborted for another session.
  if (sent.session) shared.inFlight.add(request)
  const own = requestTokens(shared, { sent, timeoutMilliseconds, abort }).finally(() =>
    shared.inFlight.delete(request),
  )
  const outcome = await raceWithin(waitMilliseconds, [own, ...earlier])
  if (outcome) return outcome
  earlier.push(own.then((outcome) => (outcome.kind === 'answered' ? outcome : new Promise(() => {}))))
  return { kind: 'failed', error: new LatchkeyError('timeout', 'The server did not answer in time.') }
}
