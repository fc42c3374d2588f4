import type { LatchkeyClient } from '../client.ts'
import type { User, UserUpdate } from '../generated/bodies.ts'
import { LOADING, type SessionState } from '../session/session-state.ts'
import { begin, currentUser } from '../user/current-user.ts'
import { LOADING_USER, type UserSnapshot } from '../user/user-store.ts'

export type { UserSnapshot } from '../user/user-store.ts'

/** A store that a component reads as `$store`, in Svelte 4 and 5. */
export interface Readable<Value> {
  /**
   * Calls `run` with the value now and after each change.
   *
   * @returns a function that removes `run`
   */
  subscribe(run: (value: Value) => void): () => void
}

/** The details of the user as a store, with functions that change them for all components at once. */
export interface UserReadable extends Readable<UserSnapshot> {
  reload(): Promise<void>
  update(input: UserUpdate): Promise<User>
}

/** The stores of a client. */
export interface LatchkeyStores {
  /** The state of the session; `loading` in pages rendered on a server, and until storage or cookie were read. */
  readonly session: Readable<SessionState>
  /** The details of the signed-in user, loaded once for all components and kept up to date. */
  readonly user: UserReadable
}

/** Creates the stores of a client. A program creates them once, beside its client. */
export function createStores(client: LatchkeyClient): LatchkeyStores {
  const store = currentUser(client)
  // A server only renders.
  if (typeof document !== 'undefined') begin(client)
  return {
    session: createReadable(LOADING, () => client.session.state, client.onChange),
    user: {
      ...createReadable(LOADING_USER, () => store.state, store.onChange),
      reload: store.reload,
      update: client.user.update,
    },
  }
}

function createReadable<Value>(
  loading: Value,
  read: () => Value,
  onChange: (listener: () => void) => () => void,
): Readable<Value> {
  function subscribe(run: (value: Value) => void): () => void {
    // A server that renders reads each store once, and must neither load nor know a user.
    if (typeof document === 'undefined') {
      run(loading)
      return () => {}
    }
    const stop = onChange(() => run(read()))
    run(read())
    return stop
  }
  return { subscribe }
}
