import type { ResetCookie } from '../../process/config/links.ts'
import type { RefreshCookie } from '../../process/config/refresh-cookie.ts'
import { type CookieOptions, readCookie, writeCookie } from './cookie-header.ts'

export const RESET_COOKIE = 'password_reset_access_token'
export const REFRESH_COOKIE = 'refresh_token'

export interface AppCookie {
  read(request: Headers): string | undefined
  set(reply: Headers, value: string): void
  clear(reply: Headers): void
}

export interface Cookies {
  reset: AppCookie
  /** The refresh token, or null where it travels in the body. */
  refresh: AppCookie | null
}

/** Makes the cookies as configured. */
export function createCookies(config: {
  resetCookie: ResetCookie
  refreshCookie: RefreshCookie | null
  refreshTokenLifetimeSeconds: number
}): Cookies {
  const { refreshCookie, refreshTokenLifetimeSeconds: maxAgeSeconds } = config
  return {
    reset: createCookie(RESET_COOKIE, { ...config.resetCookie, path: '/' }),
    refresh:
      refreshCookie && createCookie(REFRESH_COOKIE, { ...refreshCookie, httpOnly: true, maxAgeSeconds }),
  }
}

function createCookie(name: string, options: CookieOptions): AppCookie {
  return {
    read: (request) => readCookie(request, name),
    set: (reply, value) => reply.append('Set-Cookie', writeCookie(name, value, options)),
    clear: (reply) => reply.append('Set-Cookie', writeCookie(name, '', { ...options, maxAgeSeconds: 0 })),
  }
}
