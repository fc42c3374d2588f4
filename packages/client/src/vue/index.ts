import {
  type App,
  computed,
  getCurrentInstance,
  getCurrentScope,
  hasInjectionContext,
  type InjectionKey,
  inject,
  onMounted,
  onScopeDispose,
  type Ref,
  shallowRef,
} from 'vue'
import type { LatchkeyClient } from '../client.ts'
import type { User, UserUpdate } from '../generated/bodies.ts'
import type { LatchkeyError } from '../http/error.ts'
import { LOADING, type SessionState } from '../session/session-state.ts'
import { begin, currentUser } from '../user/current-user.ts'
import { LOADING_USER } from '../user/user-store.ts'

const CLIENT: InjectionKey<LatchkeyClient> = Symbol('latchkey')

/** The plugin for `app.use`. */
export interface LatchkeyPlugin {
  install(app: App): void
}

/** Creates the plugin that provides a client to every component: `app.use(createLatchkey(client))`. */
export function createLatchkey(client: LatchkeyClient): LatchkeyPlugin {
  return {
    install: (app) => {
      // A server only renders.
      if (typeof document !== 'undefined') begin(client)
      app.provide(CLIENT, client)
    },
  }
}

/**
 * Returns the client, to call its operations.
 *
 * @throws {Error} the app does not use the plugin of {@link createLatchkey}
 */
export function useClient(): LatchkeyClient {
  const client = hasInjectionContext() ? inject(CLIENT, null) : null
  if (client === null) throw new Error('This app does not use the plugin of createLatchkey.')
  return client
}

/** Returns the state of the session; `loading` in pages rendered on a server, and until storage or cookie were read. */
export function useSession(): Readonly<Ref<SessionState>> {
  const client = useClient()
  return follow(LOADING, { read: () => client.session.state, onChange: client.onChange })
}

/** The details of the user as refs, with functions that change them for all components at once. */
export interface UseUser {
  /** Null until the details are loaded, and when no user is signed in. */
  readonly user: Readonly<Ref<User | null>>
  readonly isLoading: Readonly<Ref<boolean>>
  readonly error: Readonly<Ref<LatchkeyError | null>>
  reload(): Promise<void>
  update(input: UserUpdate): Promise<User>
}

/** Returns the details of the signed-in user, loaded once for all components and kept up to date. */
export function useUser(): UseUser {
  const client = useClient()
  const store = currentUser(client)
  const state = follow(LOADING_USER, { read: () => store.state, onChange: store.onChange })
  return {
    user: computed(() => state.value.user),
    isLoading: computed(() => state.value.isLoading),
    error: computed(() => state.value.error),
    reload: store.reload,
    update: client.user.update,
  }
}

interface Source<Value> {
  read: () => Value
  onChange: (listener: () => void) => () => void
}

/**
 * Follows a state as long as the component lives.
 *
 * A component begins with the first value and is told the real one when it is mounted. So a server renders what the
 * browser renders first, and a server starts no load.
 */
function follow<Value extends object>(first: Value, source: Source<Value>): Readonly<Ref<Value>> {
  const state = shallowRef(first)
  let stop = () => {}
  const start = () => {
    stop = source.onChange(show)
    show()
  }
  const show = () => {
    state.value = source.read()
  }
  if (getCurrentInstance()) onMounted(start)
  else start()
  if (getCurrentScope()) onScopeDispose(() => stop())
  return computed(() => state.value)
}
