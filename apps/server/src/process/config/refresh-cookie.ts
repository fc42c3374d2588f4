import type { RefreshCookie } from '../../doors/http/cookies.ts'
import { flag, words } from './readers.ts'
import { type SettingsOf, setting } from './setting.ts'

/** The variables of cookie mode, in which browsers keep the refresh token where no script can read it. */
export const cookieVariables = {
  REFRESH_TOKEN_AS_COOKIE: flag(),
  REFRESH_TOKEN_COOKIE_SECURE: flag(),
  REFRESH_TOKEN_COOKIE_SAME_SITE: words({ lax: 'Lax', strict: 'Strict', none: 'None' }),
  REFRESH_TOKEN_COOKIE_PATH: setting({
    expected: 'a path such as /',
    read: (text) => (/^\/[\w.~/-]*$/.test(text) ? text : undefined),
  }),
  REFRESH_TOKEN_COOKIE_DOMAIN: setting({
    expected: 'a domain such as example.com',
    read: (text) => (/^\.?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(text) ? text : undefined),
  }),
}

/** The settings of {@link cookieVariables}, with their defaults. */
export function cookieConfig(env: SettingsOf<typeof cookieVariables>, production: boolean) {
  const refreshCookie: RefreshCookie = {
    secure: env.REFRESH_TOKEN_COOKIE_SECURE ?? production,
    sameSite: env.REFRESH_TOKEN_COOKIE_SAME_SITE ?? 'Lax',
    path: env.REFRESH_TOKEN_COOKIE_PATH ?? '/',
    domain: env.REFRESH_TOKEN_COOKIE_DOMAIN,
  }
  /** Null means the refresh token travels in the body. */
  return { refreshCookie: env.REFRESH_TOKEN_AS_COOKIE ? refreshCookie : null }
}
