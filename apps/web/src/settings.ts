import { PORTAL_SETTINGS_FILE, type PortalSettings } from '@latchkey/contract/portal-settings'
import { BASE_PATH } from './routing/router.ts'

/**
 * Asks the server how it is set up.
 *
 * @returns null when it cannot be reached or something else answers
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
