'use client'

import { createElement, type ReactElement, type ReactNode, useMemo } from 'react'
import type { LatchkeyClient } from '../client.ts'
import type { User, UserUpdate } from '../generated/bodies.ts'
import { LOADING, type SessionState } from '../session/session-state.ts'
import { createContext, useContext, useEffect, useSyncExternalStore } from './client-react.ts'
import { createUserStore, LOADING_USER, type UserSnapshot, type UserStore } from './user-store.ts'

export type { UserSnapshot } from './user-store.ts'

interface Auth {
  client: LatchkeyClient
  store: UserStore
}

const AuthContext = createContext<Auth | null>(null)

/** Properties of {@link AuthProvider}. */
export interface AuthProviderProps {
  /** The client of the program. */
  client: LatchkeyClient
  children?: ReactNode
}

/** Provides a client to the components below it. */
export function AuthProvider({ client, children }: AuthProviderProps): ReactElement {
  const auth = useMemo(() => ({ client, store: createUserStore(client) }), [client])
  useEffect(() => auth.store.start(), [auth])
  return createElement(AuthContext.Provider, { value: auth }, children)
}

/**
 * Returns the client, to call its operations.
 *
 * @throws {Error} there is no {@link AuthProvider} above the component
 */
export function useClient(): LatchkeyClient {
  return useAuth().client
}

/** Returns the state of the session; `loading` in pages rendered on a server, and until storage or cookie were read. */
export function useSession(): SessionState {
  const { client } = useAuth()
  return useSyncExternalStore(client.onChange, () => client.session.state, getLoading)
}

/** The details of the user, with functions that change them for all components at once. */
export interface UseUser extends UserSnapshot {
  reload(): Promise<void>
  update(input: UserUpdate): Promise<User>
}

/** Returns the details of the signed-in user, loaded once for all components. */
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
