import type { LatchkeyClient } from '../client.ts'
import { isLatchkeyError, type LatchkeyError } from '../http/error.ts'
import type { User, UserUpdate } from '../operations/bodies.ts'

/** The details of the person who is signed in, as far as they are loaded. */
export interface UserSnapshot {
  /** Null while loading, and when nobody is signed in. */
  readonly user: User | null
  readonly isLoading: boolean
  readonly error: LatchkeyError | null
}

/** Loads the details once for all components. */
export interface UserStore {
  getSnapshot(): UserSnapshot
  subscribe(listener: () => void): () => void
  reload(): Promise<void>
  update(input: UserUpdate): Promise<User>
  /** Follows the session until the answer is called. */
  start(): () => void
}

/** What is known before anything is loaded, and in pages rendered on a server. */
export const LOADING_USER: UserSnapshot = { user: null, isLoading: true, error: null }
const NOBODY: UserSnapshot = { user: null, isLoading: false, error: null }

/** Makes the store of a client. */
export function createUserStore(client: LatchkeyClient): UserStore {
  const listeners = new Set<() => void>()
  let snapshot = LOADING_USER
  // Which load is the last one: the answer of an earlier one is out of date.
  let latest = 0

  function show(next: UserSnapshot): void {
    snapshot = next
    for (const listener of listeners) listener()
  }

  async function reload(): Promise<void> {
    const load = ++latest
    if (isNobody(client)) return show(NOBODY)
    show({ ...snapshot, isLoading: true, error: null })
    const next = await client.user.get().then(
      (user) => ({ user, isLoading: false, error: null }),
      (error: unknown) => ({ ...snapshot, isLoading: false, error: requireOwn(error) }),
    )
    if (load === latest) show(isNobody(client) ? NOBODY : next)
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
      // Never the details of one person under the session of another.
      snapshot = LOADING_USER
      if (state.status !== 'loading') void reload()
    })
    client.session.ready().then(reload, (error: unknown) => {
      show({ user: null, isLoading: false, error: requireOwn(error) })
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

function isNobody(client: LatchkeyClient): boolean {
  return client.session.state.status === 'signed_out'
}

function findUserId(client: LatchkeyClient): string | null {
  const { state } = client.session
  return state.status === 'signed_in' ? state.userId : null
}

function requireOwn(error: unknown): LatchkeyError {
  if (isLatchkeyError(error)) return error
  throw error
}
