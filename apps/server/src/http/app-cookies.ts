import type { RefreshCookie } from '../config/cookies.ts'
import type { ResetCookie } from '../config/links.ts'
import { type CookieOptions, readCookie, writeCookie } from './cookies.ts'

/** The name of the cookie that stands for an opened reset link. */
export const RESET_COOKIE = 'password_reset_access_token'
/** The name of the cookie of the refresh token, in cookie mode. */
export const REFRESH_COOKIE = 'refresh_token'

/** A cookie of the server's own: how it is read, set and removed. */
export interface AppCookie {
  read(request: Headers): string | undefined
  set(reply: Headers, value: string): void
  clear(reply: Headers): void
}

/** Every cookie the server sets. */
export interface Cookies {
  /** Stands for an opened password-reset link. */
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
