import { readClaims } from '../session/read-claims.ts'
import type { TokenStorage } from '../session/storage.ts'
import { tokenMode } from '../session/token-mode.ts'
import type { CookieAttributes, Cookies } from './cookies.ts'

/** Browsers refuse a cookie of 4096 bytes, with its name and attributes. */
const MAX_CHARACTERS = 3_800

/** Options of {@link cookieStorage}. */
export interface CookieStorageOptions {
  /**
   * Lets the cookie travel over plain http, and be set by any host of the same site. For development only.
   *
   * By default the cookie is `Secure`, and its name begins with `__Host-`: then no other host can set it.
   */
  allowInsecureCookies?: boolean
  /** The name after the prefix; `latchkey` unless given. */
  cookieName?: string
}

/** A storage that keeps the session in one cookie, which no script of a page can read. */
export interface CookieStorage extends TokenStorage {
  getItem(key?: string): string | null
  /**
   * Answers whether cookies can be written here.
   *
   * Frameworks tell it only by an error, so a cookie that does not exist is removed.
   */
  canWrite(): boolean
}

/**
 * Creates a storage over the cookies of one request: `createClient({ baseUrl, storage: cookieStorage(cookies) })`.
 *
 * @param cookies - `await cookies()` of Next.js, `event.cookies` of SvelteKit, or anything with `get` and `set`
 */
export function cookieStorage(cookies: Cookies, options: CookieStorageOptions = {}): CookieStorage {
  const name = nameCookie(options)

  function read(): string | null {
    const found = cookies.get(name)
    const value = typeof found === 'string' ? found : found?.value
    return value ? decode(value) : null
  }

  function write(item: string | null): void {
    const value = item === null ? '' : encode(item)
    if (value.length > MAX_CHARACTERS)
      throw new RangeError(
        `The session needs ${value.length} characters, and a cookie holds ${MAX_CHARACTERS}.`,
      )
    if (!cookies.set) throw new TypeError('Cookies cannot be written here.')
    // The present value is not sent again: it could arrive after a newer one, and the newer one would be lost.
    const isNew = item !== read()
    cookies.set(isNew ? name : `${name}-probe`, isNew ? value : '', describe(isNew ? item : null, options))
  }

  function canWrite(): boolean {
    try {
      write(read())
      return true
    } catch {
      return false
    }
  }

  return {
    // A key beside the token would answer whoever copies the cookie.
    lifetime: 'request',
    getItem: read,
    setItem: (_key, item) => write(item),
    removeItem: () => write(null),
    canWrite,
    // Asked before each refresh, because the answer may have been sent since the last write.
    get readOnly() {
      return !canWrite()
    },
  }
}

/** Names the cookie of the session. */
export function nameCookie({ allowInsecureCookies, cookieName = 'latchkey' }: CookieStorageOptions): string {
  return allowInsecureCookies ? cookieName : `__Host-${cookieName}`
}

function describe(item: string | null, { allowInsecureCookies }: CookieStorageOptions): CookieAttributes {
  const refresh = tokenMode.parse(item ?? '')?.refresh
  const claims = refresh ? readClaims(refresh) : null
  // The cookie ends with its refresh token.
  const maxAge = claims ? claims.exp - claims.iat : 0
  return { httpOnly: true, secure: !allowInsecureCookies, sameSite: 'lax', path: '/', maxAge }
}

/** Leaves letters, digits, `_`, `.` and `-`: frameworks that encode the value of a cookie then change nothing. */
function encode(item: string): string {
  return item.replace(/[^\w.-]/g, (unit) => `~${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function decode(value: string): string {
  return value.replace(/~([\da-f]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
}
