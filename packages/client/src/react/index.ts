'use client'

import { createElement, type ReactElement, type ReactNode, useMemo } from 'react'
import type { LatchkeyClient } from '../client.ts'
import type { User, UserUpdate } from '../generated/bodies.ts'
import { LOADING, type SessionState } from '../session/session-state.ts'
import { begin, currentUser } from '../user/current-user.ts'
import { LOADING_USER, type UserSnapshot } from '../user/user-store.ts'
import { createContext, useContext, useEffect, useSyncExternalStore } from './client-react.ts'

export type { UserSnapshot } from '../user/user-store.ts'

const ClientContext = createContext<LatchkeyClient | null>(null)

/** Properties of {@link AuthProvider}. */
export interface AuthProviderProps {
  /** The client of the program. */
  client: LatchkeyClient
  children?: ReactNode
}

/** Provides a client to the components below it. */
export function AuthProvider({ client, children }: AuthProviderProps): ReactElement {
  useEffect(() => begin(client), [client])
  return createElement(ClientContext.Provider, { value: client }, children)
}

/**
 * Returns the client, to call its operations.
 *
 * @throws {Error} there is no {@link AuthProvider} above the component
 */
export function useClient(): LatchkeyClient {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('There is no AuthProvider above this component.')
  return client
}

/** Returns the state of the session; `loading` in pages rendered on a server, and until storage or cookie were read. */
export function useSession(): SessionState {
  const client = useClient()
  return useSyncExternalStore(client.onChange, () => client.session.state, getLoading)
}

/** The details of the user, with functions that change them for all components at once. */
export interface UseUser extends UserSnapshot {
  reload(): Promise<void>
  update(input: UserUpdate): Promise<User>
}

/** Returns the details of the signed-in user, loaded once for all components and kept up to date. */
export function useUser(): UseUser {
  const client = useClient()
  const store = currentUser(client)
  const snapshot = useSyncExternalStore(store.onChange, () => store.state, getLoadingUser)
  return useMemo(
    () => ({ ...snapshot, reload: store.reload, update: client.user.update }),
    [snapshot, store, client],
  )
}

function getLoading(): SessionState {
  return LOADING
}

function getLoadingUser(): UserSnapshot {
  return LOADING_USER
}
