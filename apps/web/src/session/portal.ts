import { type ClientOptions, createClient, type LatchkeyClient } from '@latchkey/client'
import { cookieMode } from '@latchkey/client/cookie'
import type { PortalSettings } from '@latchkey/contract/portal-settings'
import { createContext, useContext } from 'react'
import { createWatchedFetch } from '../connection/connection.ts'
import { fetchSettings } from '../settings.ts'
import { askToConfirm } from './confirmation.ts'

/** Creates the client of the portal for the settings of the server. The portal needs one client. */
export function createPortalClient(settings: PortalSettings): LatchkeyClient {
  const options: ClientOptions = {
    baseUrl: window.location.origin + settings.apiPath,
    mode: settings.cookieMode ? cookieMode : undefined,
    // Without a proof such a server opens no session.
    ...(settings.dpop === 'required' && { bound: true }),
    onReauthenticate: (refusal) => askToConfirm(refusal.methods ?? [], refusal),
    fetch: createWatchedFetch(async () => (await fetchSettings()) !== null),
  }
  return createClient(options)
}

/** Provides the settings of the server to the components below. */
export const SettingsContext = createContext<PortalSettings | null>(null)

/** Returns the settings of the server. */
export function useSettings(): PortalSettings {
  const settings = useContext(SettingsContext)
  if (settings === null) throw new Error('There are no settings above this component.')
  return settings
}

/** Returns the name of the operator. Until the settings are there, it is the name that the server wrote into the page. */
export function useBrandName(): string {
  return useContext(SettingsContext)?.brand.name ?? findNameInPage()
}

function findNameInPage(): string {
  return document.querySelector('meta[name="application-name"]')?.getAttribute('content') ?? ''
}
