import { LatchkeyError } from './error.ts'
import { exchange, type Mode, type Outcome } from './exchange.ts'
import { type Held, isFresh } from './held.ts'
import type { Send } from './http.ts'
import { raceWithin } from './timing.ts'
import type { Vault } from './vault.ts'

/** Well inside the server's grace of 30 seconds, in which repeating a refresh is no theft. */
const RETRY_WINDOW_MILLISECONDS = 25_000
/** After this an answer counts as lost and is asked for again. */
const ATTEMPT_MILLISECONDS = 3_000
const FIRST_PAUSE_MILLISECONDS = 250
const LONGEST_PAUSE_MILLISECONDS = 2_000
/** Answers may arrive with an access token already used up; after so many the last one must do. */
const MAX_STALE_ANSWERS = 3
const MAX_ATTEMPTS = 50

/**
 * Gets a fresh access token.
 *
 * @param rejected - a token that was just refused, if one was
 * @returns what is held then; null when nobody is signed in any more
 * @throws {LatchkeyError} the session could not be renewed, but is not known to be over
 */
export type Refresh = (rejected: string | null) => Promise<Held | null>

/** What a refresher works on. */
export interface RefreshOptions {
  vault: Vault
  send: Send
  mode: Mode
  /** Settles when no tokens are on their way that would replace a session just found to be over. */
  settled: () => Promise<unknown>
}

/** Makes the refresher of a client: one refresh at a time, for which all who need one wait. */
export function createRefresh(options: RefreshOptions): Refresh {
  let running: Promise<Held | null> | null = null
  return (rejected) => {
    running ??= refresh(options, rejected).finally(() => {
      running = null
    })
    return running
  }
}

/** Asks until there is an answer; each time for what the storage holds by then. */
async function refresh(options: RefreshOptions, rejected: string | null): Promise<Held | null> {
  const { vault } = options
  const isUsable = (held: Held) => held.access !== rejected && isFresh(held, Date.now())
  const late: Promise<Outcome>[] = []
  const patience = createPatience()
  for (let attempt = 0, staleAnswers = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const current = await vault.read()
    if (current === null || isUsable(current)) return current
    if (attempt === 0) requireNetwork()
    const outcome = await askOnce(options, current, late)
    if (outcome.kind === 'landed') {
      if (outcome.held === null || isUsable(outcome.held) || ++staleAnswers >= MAX_STALE_ANSWERS)
        return outcome.held
      patience.renew()
    } else if (outcome.kind === 'over') {
      await options.settled()
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
 * A request is never cut off: a page that was frozen finds its answer there when it wakes.
 */
async function askOnce(options: RefreshOptions, current: Held, late: Promise<Outcome>[]): Promise<Outcome> {
  const own = exchange(options, current)
  const outcome = await raceWithin(ATTEMPT_MILLISECONDS, [own, ...late])
  if (outcome) return outcome
  late.push(own.then((outcome) => (outcome.kind === 'landed' ? outcome : new Promise(() => {}))))
  return { kind: 'failed', error: new LatchkeyError('timeout', 'The server did not answer in time.') }
}

/** Decides how long to wait before asking again, and when to stop. */
function createPatience() {
  let windowStart = Date.now()
  let pause = FIRST_PAUSE_MILLISECONDS

  /** The token has changed, and with it the grace. */
  function renew(): void {
    windowStart = Date.now()
    pause = FIRST_PAUSE_MILLISECONDS
  }

  function pauseAfter(error: unknown): number {
    if (!(error instanceof LatchkeyError) || !isPassing(error)) throw error
    const wait = Math.max(pause, (error.retryAfterSeconds ?? 0) * 1000)
    if (Date.now() + wait - windowStart > RETRY_WINDOW_MILLISECONDS) throw error
    // After a timeout there was a wait already.
    if (error.code !== 'timeout') pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS)
    return wait
  }

  return { renew, pauseAfter }
}

/** A lost answer, a throttle or a fault of the server; anything else will not get better by asking again. */
function isPassing({ status }: LatchkeyError): boolean {
  return status < 400 || status === 429 || status >= 500
}

function requireNetwork(): void {
  if (globalThis.navigator?.onLine === false)
    throw new LatchkeyError('network_error', 'This device is offline.')
}
