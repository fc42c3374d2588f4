import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from 'react'
import type { LatchkeyClient } from '../client.ts'
import type { User, UserUpdate } from '../operations/bodies.ts'
import { LOADING, type SessionState } from '../session/session-state.ts'
import { createUserStore, LOADING_USER, type UserSnapshot, type UserStore } from './user-store.ts'

export type { UserSnapshot } from './user-store.ts'

interface Auth {
  client: LatchkeyClient
  store: UserStore
}

const AuthContext = createContext<Auth | null>(null)

/** What {@link AuthProvider} is given. */
export interface AuthProviderProps {
  /** The one client of the program. */
  client: LatchkeyClient
  children?: ReactNode
}

/** Gives a client to the components below it. */
export function AuthProvider({ client, children }: AuthProviderProps): ReactElement {
  const auth = useMemo(() => ({ client, store: createUserStore(client) }), [client])
  useEffect(() => auth.store.start(), [auth])
  return createElement(AuthContext.Provider, { value: auth }, children)
}

/**
 * The client, to call its operations.
 *
 * @throws outside of an {@link AuthProvider}
 */
export function useClient(): LatchkeyClient {
  return useAuth().client
}

/** Who is signed in; `loading` in pages rendered on a server, and until storage or cookie have told. */
export function useSession(): SessionState {
  const { client } = useAuth()
  return useSyncExternalStore(client.onChange, () => client.session.state, getLoading)
}

/** The person's details, and what changes them for all components at once. */
export interface UseUser extends UserSnapshot {
  reload(): Promise<void>
  update(input: UserUpdate): Promise<User>
}

/** The details of whoever is signed in, loaded once for all components. */
export function useUser(): UseUser {
  const { store } = useAuth()
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot, getLoadingUser)
  return useMemo(() => ({ ...snapshot, reload: store.reload, update: store.update }), [snapshot, store])
}

function useAuth(): Auth {
  const auth = useContext(AuthContext)
  if (auth === null) throw new Error('There is no AuthProvider above this component.')
  return auth
}

function getLoading(): SessionState {
  return LOADING
}

function getLoadingUser(): UserSnapshot {
  return LOADING_USER
}
