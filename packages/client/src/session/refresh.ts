import { LatchkeyError } from '../http/error.ts'
import type { Send } from '../http/send.ts'
import { raceWithin } from '../http/timing.ts'
import { type Held, isFresh } from './held-tokens.ts'
import { exchange, type Mode, type Outcome } from './request-tokens.ts'
import type { Vault } from './token-store.ts'

/** Of the server's grace, the part in which a refresh is repeated: well inside, as beyond it that is theft. */
const WINDOW_SHARE = 5 / 6
/** Of the grace, the part after which an answer counts as lost and is asked for again. */
const ATTEMPT_SHARE = 0.1
/** Where the server has no grace, nothing is asked twice. */
const ONLY_ATTEMPT_MILLISECONDS = 10_000
const FIRST_PAUSE_MILLISECONDS = 250
const LONGEST_PAUSE_MILLISECONDS = 2_000
/** Answers may arrive with an access token already used up; after so many the last one must do. */
const MAX_STALE_ANSWERS = 3
const MAX_ATTEMPTS = 50
/** No proxy shuts a client up for longer. */
const LONGEST_HOLD_MILLISECONDS = 300_000

/**
 * Gets a fresh access token.
 *
 * @param rejected - a token that was just refused, if one was
 * @returns what is held then; null when nobody is signed in any more
 * @throws {LatchkeyError} the session could not be renewed, but is not known to be over
 */
export type Refresh = (rejected: string | null) => Promise<Held | null>

/** What refreshes a client's session. */
export interface Refresher {
  refresh: Refresh
  /** Cuts off the requests of any other session: the cookie of a late answer would replace the newer one. */
  keepOnly(session: string | undefined): void
}

/** What a refresher works on. */
export interface RefreshOptions {
  vault: Vault
  send: Send
  mode: Mode
  /** How long the server answers a repeated refresh. */
  graceMilliseconds: number
  /** Settles when no tokens are on their way that would replace a session just found to be over. */
  settled: () => Promise<unknown>
}

/** What one refresh after the other shares. */
interface Shared extends RefreshOptions {
  inFlight: Set<{ session: string; abort: AbortController }>
}

/** Makes the refresher of a client: one refresh at a time, for which all who need one wait. */
export function createRefresher(options: RefreshOptions): Refresher {
  const shared: Shared = { ...options, inFlight: new Set() }
  const hold = createHold()
  let running: Promise<Held | null> | null = null

  function refreshAlone(rejected: string | null): Promise<Held | null> {
    running ??= refresh(shared, rejected, hold.check)
      .catch(hold.keep)
      .finally(() => {
        running = null
      })
    return running
  }

  function keepOnly(session: string | undefined): void {
    for (const attempt of shared.inFlight) if (attempt.session !== session) attempt.abort.abort()
  }

  return { refresh: refreshAlone, keepOnly }
}

/** Asks until there is an answer; each time for what the storage holds by then. */
async function refresh(
  shared: Shared,
  rejected: string | null,
  requireTurn: () => void,
): Promise<Held | null> {
  const { vault } = shared
  const isUsable = (held: Held) => held.access !== rejected && isFresh(held, Date.now())
  const late: Promise<Outcome>[] = []
  const patience = createPatience(shared.graceMilliseconds * WINDOW_SHARE)
  for (let attempt = 0, staleAnswers = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const current = await vault.read()
    if (current === null || isUsable(current)) return current
    if (attempt === 0) requireTurn()
    const outcome = await askOnce(shared, current, patience.left(), late)
    if (outcome.kind === 'landed') {
      if (outcome.held === null || isUsable(outcome.held) || ++staleAnswers >= MAX_STALE_ANSWERS)
        return outcome.held
      patience.renew()
    } else if (outcome.kind === 'over') {
      await shared.settled()
      await vault.clear(current)
    } else {
      await raceWithin(patience.pauseAfter(outcome.error), late)
    }
  }
  throw new LatchkeyError('timeout', 'The session could not be renewed.')
}

/**
 * Sends one request and waits a while for its answer, or for that of an earlier one.
 *
 * A request goes on when its time is up: a page that was frozen finds its answer there when it wakes. It is cut off
 * at the end of the window, because a browser may have held it back until then, and beyond the grace it is theft.
 */
async function askOnce(
  shared: Shared,
  sent: Held,
  milliseconds: number,
  late: Promise<Outcome>[],
): Promise<Outcome> {
  const patience = shared.graceMilliseconds * ATTEMPT_SHARE || ONLY_ATTEMPT_MILLISECONDS
  const abort = new AbortController()
  const timeoutMilliseconds = Math.max(milliseconds, patience)
  const flight = { session: sent.session, abort }
  // Nothing is known of a session of which only the cookie is there.
  if (sent.session) shared.inFlight.add(flight)
  const own = exchange(shared, { sent, timeoutMilliseconds, abort }).finally(() =>
    shared.inFlight.delete(flight),
  )
  const outcome = await raceWithin(patience, [own, ...late])
  if (outcome) return outcome
  late.push(own.then((outcome) => (outcome.kind === 'landed' ? outcome : new Promise(() => {}))))
  return { kind: 'failed', error: new LatchkeyError('timeout', 'The server did not answer in time.') }
}

/** Decides how long to wait before asking again, and when to stop. */
function createPatience(windowMilliseconds: number) {
  let windowStart = Date.now()
  let pause = FIRST_PAUSE_MILLISECONDS

  /** The token has changed, and with it the grace. */
  function renew(): void {
    windowStart = Date.now()
    pause = FIRST_PAUSE_MILLISECONDS
  }

  function left(): number {
    const elapsed = Date.now() - windowStart
    // A clock that was set back does not tell how long it has been.
    return elapsed < 0 ? 0 : windowMilliseconds - elapsed
  }

  function pauseAfter(error: unknown): number {
    if (!(error instanceof LatchkeyError) || !isPassing(error)) throw error
    const wait = Math.max(pause, (error.retryAfterSeconds ?? 0) * 1000)
    if (wait > left()) throw error
    // After a timeout there was a wait already.
    if (error.code !== 'timeout') pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS)
    return wait
  }

  return { renew, left, pauseAfter }
}

/** Remembers over all calls that the server asked for some time without refreshes. */
function createHold() {
  let error: LatchkeyError | null = null
  let since = 0

  function keep(thrown: unknown): never {
    const isHold = thrown instanceof LatchkeyError && thrown !== error && thrown.retryAfterSeconds
    if (isHold) [error, since] = [thrown, Date.now()]
    throw thrown
  }

  /** @throws {LatchkeyError} what the server refused with, until it may be asked again; `network_error` - offline */
  function check(): void {
    const elapsed = Date.now() - since
    const milliseconds = Math.min((error?.retryAfterSeconds ?? 0) * 1000, LONGEST_HOLD_MILLISECONDS)
    if (error && elapsed >= 0 && elapsed < milliseconds) throw error
    error = null
    requireNetwork()
  }

  return { keep, check }
}

/** A lost answer, a throttle or a fault of the server; anything else will not get better by asking again. */
function isPassing({ status }: LatchkeyError): boolean {
  return status < 400 || status === 429 || status >= 500
}

function requireNetwork(): void {
  if (globalThis.navigator?.onLine === false)
    throw new LatchkeyError('network_error', 'This device is offline.')
}
