import { type ClientOptions, createClient, type LatchkeyClient } from '@latchkey/client'
import { createContext, useContext } from 'react'
import { createWatchedFetch } from '../connection/connection.ts'
import { fetchSettings, type Settings } from '../settings.ts'

/** Makes the one client of the portal, for a server set up so. */
export function createPortalClient(settings: Settings): LatchkeyClient {
  const options: ClientOptions = {
    baseUrl: window.location.origin + settings.apiPath,
    mode: settings.cookieMode ? 'cookie' : 'token',
    fetch: createWatchedFetch(async () => (await fetchSettings()) !== null),
  }
  return createClient(options)
}

/** Gives the settings to the components below. */
export const SettingsContext = createContext<Settings | null>(null)

/** How the server is set up. */
export function useSettings(): Settings {
  const settings = useContext(SettingsContext)
  if (settings === null) throw new Error('There are no settings above this component.')
  return settings
}
