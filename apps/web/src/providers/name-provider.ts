import type { PortalSettings } from '@latchkey/contract/portal-settings'

/** Names a provider. One that the settings no longer have is named by its id. */
export function nameProvider(providers: PortalSettings['providers'], id: string): string {
  return providers.find((provider) => provider.id === id)?.name ?? id
}
