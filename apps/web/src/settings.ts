import { BASE_PATH } from './routing/router.ts'

/** How the server is set up, as far as people see it. */
export interface Settings {
  /** Where the REST paths are, below the origin. */
  apiPath: string
  /** Whether the server keeps the refresh token in a cookie. */
  cookieMode: boolean
  emailVerification: 'none' | 'optional' | 'mandatory'
  namesRequired: boolean
  oldPasswordRequired: boolean
  logoutOnPasswordChange: boolean
  /** Whether mail leaves the server; without it nobody gets a link. */
  sendsMail: boolean
  /** Where a developer finds what was mailed; null in production. */
  mailboxPath: string | null
}

/**
 * Asks the server how it is set up.
 *
 * @returns null when it cannot be reached or something else answers
 */
export async function fetchSettings(): Promise<Settings | null> {
  try {
    const response = await fetch(`${BASE_PATH}/config.json`, { headers: { Accept: 'application/json' } })
    return response.ok ? ((await response.json()) as Settings) : null
  } catch {
    return null
  }
}
