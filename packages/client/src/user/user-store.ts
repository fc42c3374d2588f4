import type { User } from '../generated/bodies.ts'
import { isLatchkeyError, type LatchkeyError } from '../http/error.ts'
import { createListeners } from '../session/listeners.ts'
import type { ClientSession } from '../session/session.ts'
import type { SessionState } from '../session/session-state.ts'

/** The details of the signed-in user, as far as they are loaded. */
export interface UserSnapshot {
  /** Null until the details are loaded, and when no user is signed in. */
  readonly user: User | null
  /** Whether the details are being loaded and none are there yet. Later loads keep the details until the answer. */
  readonly isLoading: boolean
  readonly error: LatchkeyError | null
}

/**
 * The details of the signed-in user, loaded once for all parts of a program and all its tabs kept up to date.
 *
 * They are loaded while there is a listener. They are loaded again after every operation that changes them, in any tab,
 * and when the page is looked at again.
 */
export interface CurrentUser {
  /** What is known now; the same object until it changes. */
  readonly state: UserSnapshot
  /** @returns a function that removes the listener */
  onChange(listener: (state: UserSnapshot) => void): () => void
  /** Loads the details again. A failure is in `state.error`. */
  reload(): Promise<void>
}

/** The store as the client sees it. */
export interface UserStore extends CurrentUser {
  /** The place of a call among the calls whose answer is the user. */
  nextTurn(): number
  /** Keeps the user of an answer, unless the answer of a later turn was kept. */
  keep(answer: { user: User; userId: string; turn: number }): void
  /** Loads again without a word, because the user may have changed. */
  invalidate(): void
  /** {@link invalidate}, unless the details were loaded a moment ago. */
  lookAgain(): void
  /** Shows nothing of the former user, and loads the details of the next one. */
  followSession(state: SessionState): void
}

/** The parts that the store is created from. */
export interface UserStoreOptions {
  session: Pick<ClientSession, 'state' | 'ready'>
  /** Reads the user from the server; {@link UserStore.keep} gets the answer before it resolves. */
  load: () => Promise<unknown>
}

/** The snapshot before the user is loaded, and in pages rendered on a server. */
export const LOADING_USER: UserSnapshot = { user: null, isLoading: true, error: null }
const SIGNED_OUT_USER: UserSnapshot = { user: null, isLoading: false, error: null }
/** Details that are younger are not loaded again when the page is looked at. */
const FRESH_MILLISECONDS = 5_000

/** Creates the store of the own user. */
export function createUserStore({ session, load }: UserStoreOptions): UserStore {
  const listeners = createListeners<UserSnapshot>()
  let count = 0
  let snapshot = LOADING_USER
  /** The user that the snapshot is about. The details of one user must never be shown under the session of another. */
  let owner: string | null = null
  let turns = 0
  let keptTurn = 0
  let keptAt = Number.NEGATIVE_INFINITY
  let running: Promise<void> | null = null
  /** The turn of the last change. What was asked for in an earlier turn may be older than the change. */
  let changedTurn = 0
  let isAsked = false

  const findOwner = () => (session.state.status === 'signed_in' ? session.state.userId : null)

  function read(): UserSnapshot {
    if (session.state.status === 'signed_out') return SIGNED_OUT_USER
    return owner === findOwner() ? snapshot : LOADING_USER
  }

  function show(next: UserSnapshot): void {
    owner = findOwner()
    snapshot = next
    listeners.tell(read())
  }

  function keep({ user, userId, turn }: { user: User; userId: string; turn: number }): void {
    if (turn < keptTurn || userId !== findOwner()) return
    keptTurn = turn
    keptAt = performance.now()
    show({ user, isLoading: false, error: null })
  }

  async function loadOnce(): Promise<void> {
    let seenTurn: number
    do {
      seenTurn = changedTurn
      let before = findOwner()
      const error = await attempt(async () => {
        await session.ready()
        before = findOwner()
        if (session.state.status !== 'signed_out') await load()
      })
      // What was loaded under the session of another user says nothing about this one.
      if (findOwner() !== before) changedTurn = ++turns
      else if (error !== null) fail(error)
    } while (changedTurn > seenTurn)
  }

  /** A failure that nobody asked for is shown only where there is nothing better to show. */
  function fail(error: LatchkeyError): void {
    if (session.state.status === 'signed_out') return
    const { user } = read()
    if (user === null || isAsked) show({ user, isLoading: false, error })
  }

  function start(): Promise<void> {
    if (running === null && read().user === null) show(LOADING_USER)
    running ??= loadOnce().finally(() => {
      running = null
      isAsked = false
    })
    return running
  }

  function reload(): Promise<void> {
    changedTurn = ++turns
    isAsked = true
    return start()
  }

  function invalidate(): void {
    changedTurn = ++turns
    if (count > 0) void start()
  }

  function followSession(state: SessionState): void {
    listeners.tell(read())
    if (state.status !== 'signed_in') return
    // New claims may come with new details. A new user is loaded once, also by a load that waits for the session.
    if (read().user !== null) invalidate()
    else if (count > 0) void start()
  }

  function lookAgain(): void {
    if (count > 0 && performance.now() - keptAt >= FRESH_MILLISECONDS) void start()
  }

  function onChange(listener: (state: UserSnapshot) => void): () => void {
    const remove = listeners.add(listener)
    count++
    if (keptTurn < changedTurn || read().user === null) void start()
    return () => {
      count--
      remove()
    }
  }

  return {
    get state() {
      return read()
    },
    onChange,
    reload,
    nextTurn: () => ++turns,
    keep,
    invalidate,
    lookAgain,
    followSession,
  }
}

async function attempt(act: () => Promise<void>): Promise<LatchkeyError | null> {
  try {
    await act()
    return null
  } catch (error) {
    if (isLatchkeyError(error)) return error
    throw error
  }
}
