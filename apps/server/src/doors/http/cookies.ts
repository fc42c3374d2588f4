import { type CookiePrefix, REFRESH_COOKIE, RESET_COOKIE } from '@latchkey/contract'
import { ATTEMPT_LIFETIME_SECONDS } from '@latchkey/core/operations/social/start-redirect'
import { serialize } from 'hono/utils/cookie'
import { type AttemptCookies, createAttemptCookies } from './attempt-cookies.ts'

/** The attributes of the cookie of an opened reset link. */
export interface ResetCookie {
  httpOnly: boolean
  secure: boolean
  sameSite: 'Lax' | 'Strict' | 'None'
  maxAgeSeconds: number
}

/** The attributes of the cookie of the refresh token, which is always HttpOnly. */
export interface RefreshCookie {
  secure: boolean
  sameSite: 'Lax' | 'Strict' | 'None'
  path: string
  domain?: string
}

export interface AppCookie {
  /**
   * Reads every value of the cookie, in the order of the browser: at most four that differ. An empty one is none.
   *
   * A neighbour below the same domain can plant a cookie of the same name. Its value stands first when its path is
   * longer, so no value is believed for its place.
   */
  readAll(request: Headers): string[]
  set(reply: Headers, value: string): void
  clear(reply: Headers): void
}

export interface Cookies {
  reset: AppCookie
  /** The cookie of the refresh token; null when the token travels in the body. */
  refresh: AppCookie | null
  attempts: AttemptCookies
}

/** Four values are more than honest settings leave behind, and bound the work of one request. */
const MAX_VALUES = 4

interface CookieOptions extends ResetCookie {
  path: string
  domain?: string
}

/**
 * Makes the cookies from the configuration. A path of `PUBLIC_URL` is theirs too: another program may have the rest of
 * the host.
 */
export function createCookies(config: {
  publicUrl: string
  basePath: string
  cookiePrefix: CookiePrefix
  resetCookie: ResetCookie
  refreshCookie: RefreshCookie | null
  refreshTokenLifetimeSeconds: number
}): Cookies {
  const { cookiePrefix: prefix, refreshCookie, refreshTokenLifetimeSeconds: maxAgeSeconds } = config
  return {
    reset: createCookie(prefix + RESET_COOKIE, { ...config.resetCookie, path: config.basePath || '/' }),
    refresh:
      refreshCookie &&
      createCookie(prefix + REFRESH_COOKIE, { ...refreshCookie, httpOnly: true, maxAgeSeconds }),
    attempts: createAttemptCookies(config.publicUrl, ATTEMPT_LIFETIME_SECONDS),
  }
}

function createCookie(name: string, { maxAgeSeconds, ...attributes }: CookieOptions): AppCookie {
  const append = (reply: Headers, value: string, maxAge: number) =>
    reply.append('Set-Cookie', serialize(name, value, { ...attributes, maxAge }))
  return {
    readAll: (request) => readValues(request.get('cookie') ?? '', name),
    set: (reply, value) => append(reply, value, maxAgeSeconds),
    clear: (reply) => append(reply, '', 0),
  }
}

/** RFC 6265 section 4.2.1. Our values are tokens, so nothing is decoded. */
function readValues(header: string, name: string): string[] {
  const values = new Set<string>()
  for (const pair of header.split(';')) {
    const end = pair.indexOf('=')
    if (end < 0 || pair.slice(0, end).trim() !== name) continue
    const value = pair
      .slice(end + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1')
    if (value !== '') values.add(value)
    if (values.size === MAX_VALUES) break
  }
  return [...values]
}
