import { DomainError } from '@latchkey/core'

export interface OwnSites {
  publicUrl: string
  corsOrigins: string[]
  passwordResetRedirect: string | null
}

export type RequireSameSite = (headers: Headers) => void

/**
 * CSRF: makes the check for every request that sets or reads a cookie.
 *
 * Configured origins pass, exactly as they are configured. The origin of the operator's form is one of them. Some
 * browsers hide the origin of a page and send `Origin: null`. `Sec-Fetch-Site` then tells where the request comes from,
 * and no page can set that header. A caller without both headers is not a browser, so it has no cookies of another user.
 *
 * @throws {DomainError} `csrf_failed` - by the returned check, for any other origin
 */
export function createSameSiteCheck(sites: OwnSites): RequireSameSite {
  const { publicUrl, corsOrigins, passwordResetRedirect } = sites
  const own = new Set<string | null>([
    ...originOf(publicUrl),
    ...corsOrigins,
    ...originOf(passwordResetRedirect),
  ])
  return (headers) => {
    const origin = headers.get('origin')
    const site = headers.get('sec-fetch-site')
    if (own.has(origin)) return
    const isNamed = origin !== null && origin !== 'null'
    if (!isNamed && (site === 'same-origin' || (origin === null && (site === null || site === 'none'))))
      return
    throw new DomainError('csrf_failed')
  }
}

function originOf(target: string | null): string[] {
  const address = target ?? ''
  const origin = URL.canParse(address) ? new URL(address).origin : 'null'
  // An address with a custom scheme has the origin `null`. A sandboxed frame has the origin `null` too.
  return origin === 'null' ? [] : [origin]
}
