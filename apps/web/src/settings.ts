import { PORTAL_SETTINGS_FILE, type PortalSettings } from '@latchkey/contract/portal-settings'
import { BASE_PATH } from './routing/router.ts'

/**
 * Fetches the settings of the server.
 *
 * @returns null when the server cannot be reached, or when the answer is not from the server
 */
export async function fetchSettings(): Promise<PortalSettings | null> {
  try {
    const response = await fetch(`${BASE_PATH}/${PORTAL_SETTINGS_FILE}`, {
      headers: { Accept: 'application/json' },
    })
    return response.ok ? ((await response.json()) as PortalSettings) : null
  } catch {
    return null
  }
}
