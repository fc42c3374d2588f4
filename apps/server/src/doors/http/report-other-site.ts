import type { Logger } from 'pino'
import type { RequireSameSite } from './same-site.ts'

/**
 * Wraps the CSRF check of cookie mode, to tell a developer once that pages of another site get no cookie.
 *
 * A browser drops such a cookie without a word, and the session seems lost after a reload. `Sec-Fetch-Site` is the
 * verdict of the browser itself, so no list of domains is needed.
 *
 * @param sameSite - the attribute of the cookie; with `None` it comes from other sites too
 */
export function reportOtherSite(
  check: RequireSameSite,
  options: { log: Pick<Logger, 'warn'>; sameSite: 'Lax' | 'Strict' | 'None' },
): RequireSameSite {
  const { log, sameSite } = options
  if (sameSite === 'None') return check
  let isKnown = false
  return (headers) => {
    check(headers)
    if (isKnown || headers.get('sec-fetch-site') !== 'cross-site') return
    isKnown = true
    log.warn(
      { origin: headers.get('origin') },
      `a page of ${headers.get('origin')} uses cookie mode from another site, where its browser keeps no cookie with REFRESH_TOKEN_COOKIE_SAME_SITE=${sameSite}: serve app and server below one domain, put the server behind a path of the app, or use token mode`,
    )
  }
}
