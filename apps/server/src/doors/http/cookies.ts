import { REFRESH_COOKIE, RESET_COOKIE } from '@latchkey/contract'
import { parse, serialize } from 'hono/utils/cookie'

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
  read(request: Headers): string | undefined
  set(reply: Headers, value: string): void
  clear(reply: Headers): void
}

export interface Cookies {
  reset: AppCookie
  /** The cookie of the refresh token; null when the token travels in the body. */
  refresh: AppCookie | null
}

interface CookieOptions extends ResetCookie {
  path: string
  domain?: string
}

/**
 * Makes the cookies from the configuration. A path of `PUBLIC_URL` is theirs too: another program may have the rest of
 * the host.
 */
export function createCookies(config: {
  basePath: string
  resetCookie: ResetCookie
  refreshCookie: RefreshCookie | null
  refreshTokenLifetimeSeconds: number
}): Cookies {
  const { refreshCookie, refreshTokenLifetimeSeconds: maxAgeSeconds } = config
  return {
    reset: createCookie(RESET_COOKIE, { ...config.resetCookie, path: config.basePath || '/' }),
    refresh:
      refreshCookie && createCookie(REFRESH_COOKIE, { ...refreshCookie, httpOnly: true, maxAgeSeconds }),
  }
}

function createCookie(name: string, { maxAgeSeconds, ...attributes }: CookieOptions): AppCookie {
  const append = (reply: Headers, value: string, maxAge: number) =>
    reply.append('Set-Cookie', serialize(name, value, { ...attributes, maxAge }))
  return {
    read: (request) => {
      const header = request.get('cookie')
      // An empty cookie is no cookie: some clients send one after it was removed.
      return (header === null ? undefined : parse(header, name)[name]) || undefined
    },
    set: (reply, value) => append(reply, value, maxAgeSeconds),
    clear: (reply) => append(reply, '', 0),
  }
}
