import type { LatchkeyClient } from '../client.ts'
import type { User, UserUpdate } from '../generated/bodies.ts'
import { isLatchkeyError, type LatchkeyError } from '../http/error.ts'
import type { SessionState } from '../session/session-state.ts'

/** The details of the signed-in user, as far as they are loaded. */
export interface UserSnapshot {
  /** Null while loading, and when no user is signed in. */
  readonly user: User | null
  readonly isLoading: boolean
  readonly error: LatchkeyError | null
}

/** Loads the details of the user once for all components. */
export interface UserStore {
  getSnapshot(): UserSnapshot
  subscribe(listener: () => void): () => void
  reload(): Promise<void>
  update(input: UserUpdate): Promise<User>
  /**
   * Follows the session of the client.
   *
   * @returns a function that stops it
   */
  start(): () => void
}

/** The snapshot before the user is loaded, and in pages rendered on a server. */
export const LOADING_USER: UserSnapshot = { user: null, isLoading: true, error: null }
const SIGNED_OUT_USER: UserSnapshot = { user: null, isLoading: false, error: null }

/** Creates the user store of a client. */
export function createUserStore(client: LatchkeyClient): UserStore {
  const listeners = new Set<() => void>()
  let snapshot = LOADING_USER
  // The number of the last load; the answer of an earlier load is out of date.
  let latest = 0
  // The session for which the details were loaded last.
  let loadedFor: SessionState | null = null

  function show(next: UserSnapshot): void {
    snapshot = next
    for (const listener of listeners) listener()
  }

  async function reload(): Promise<void> {
    const load = ++latest
    loadedFor = client.session.state
    if (isSignedOut(client)) return show(SIGNED_OUT_USER)
    show({ ...snapshot, isLoading: true, error: null })
    const next = await client.user.get().then(
      (user) => ({ user, isLoading: false, error: null }),
      (error: unknown) => ({ ...snapshot, isLoading: false, error: requireLatchkeyError(error) }),
    )
    if (load === latest) show(isSignedOut(client) ? SIGNED_OUT_USER : next)
  }

  async function update(input: UserUpdate): Promise<User> {
    const before = findUserId(client)
    const user = await client.user.update(input)
    if (before === null || findUserId(client) !== before) {
      void reload()
      return user
    }
    latest++
    show({ user, isLoading: false, error: null })
    return user
  }

  function start(): () => void {
    const stop = client.onChange((state) => {
      // The details of one user must never be shown under the session of another user.
      snapshot = LOADING_USER
      if (state.status !== 'loading') void reload()
    })
    // A change of the state, or another start, as in React's StrictMode, may have loaded them already.
    const load = () => (loadedFor === client.session.state ? undefined : reload())
    client.session.ready().then(load, (error: unknown) => {
      show({ user: null, isLoading: false, error: requireLatchkeyError(error) })
    })
    return stop
  }

  return {
    getSnapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    reload,
    update,
    start,
  }
}

function isSignedOut(client: LatchkeyClient): boolean {
  return client.session.state.status === 'signed_out'
}

function findUserId(client: LatchkeyClient): string | null {
  const { state } = client.session
  return state.status === 'signed_in' ? state.userId : null
}

function requireLatchkeyError(error: unknown): LatchkeyError {
  if (isLatchkeyError(error)) return error
  throw error
}
