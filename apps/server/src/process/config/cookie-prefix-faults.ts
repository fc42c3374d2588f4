import type { CookiePrefix } from '@latchkey/contract'
import type { RefreshCookie } from '../../doors/http/cookies.ts'

/** The settings that a prefix of cookie names depends on. */
export interface PrefixUse {
  basePath: string
  cookiePrefix: CookiePrefix
  resetCookie: { secure: boolean }
  refreshCookie: RefreshCookie | null
}

/** RFC 6265bis section 4.1.3: what browsers demand of a cookie whose name begins with a prefix. */
export function findPrefixFaults({
  cookiePrefix: prefix,
  basePath,
  resetCookie,
  refreshCookie,
}: PrefixUse): string[] {
  if (prefix === '') return []
  const needsSecure = (name: string) =>
    `${name} must not be off with COOKIE_PREFIX=${prefix}: no browser keeps that cookie`
  const faults = [
    ...(resetCookie.secure ? [] : [needsSecure('PASSWORD_RESET_COOKIE_SECURE')]),
    ...(refreshCookie?.secure === false ? [needsSecure('REFRESH_TOKEN_COOKIE_SECURE')] : []),
  ]
  if (prefix === '__Secure-') return faults
  if (basePath !== '') {
    faults.push(
      'COOKIE_PREFIX must not be __Host- with a PUBLIC_URL that has a path: such a cookie belongs to the whole host; use __Secure-',
    )
  } else if (refreshCookie && refreshCookie.path !== '/') {
    faults.push(
      'REFRESH_TOKEN_COOKIE_PATH must be / with COOKIE_PREFIX=__Host-: no browser keeps that cookie',
    )
  }
  if (refreshCookie?.domain !== undefined) {
    faults.push(
      'REFRESH_TOKEN_COOKIE_DOMAIN must not be set with COOKIE_PREFIX=__Host-: no browser keeps that cookie',
    )
  }
  return faults
}
