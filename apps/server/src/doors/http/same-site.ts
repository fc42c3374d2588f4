import { DomainError } from '@latchkey/core'

export interface OwnSites {
  publicUrl: string
  corsOrigins: string[]
  passwordResetRedirect: string | null
}

export type RequireSameSite = (headers: Headers) => void

/**
 * Makes the check for every request that sets or reads a cookie.
 *
 * Our own origins, that of the operator's form among them, pass exactly as configured. Our own pages send no
 * referrer, and browsers then post their forms with `Origin: null`; `Sec-Fetch-Site`, which no page can set,
 * says where they come from. A caller that sends neither header is no browser and carries nobody's cookies.
 *
 * @throws {DomainError} `csrf_failed` - by the returned check, for any other origin
 */
export function createSameSiteCheck(sites: OwnSites): RequireSameSite {
  const own = new Set([sites.publicUrl, ...sites.corsOrigins, ...originOf(sites.passwordResetRedirect)])
  return (headers) => {
    const origin = headers.get('origin')
    const site = headers.get('sec-fetch-site')
    if (origin !== null && own.has(origin)) return
    const isNamed = origin !== null && origin !== 'null'
    if (!isNamed && (site === 'same-origin' || (origin === null && (site === null || site === 'none'))))
      return
    throw new DomainError('csrf_failed')
  }
}

function originOf(target: string | null): string[] {
  const origin = target !== null && URL.canParse(target) ? new URL(target).origin : 'null'
  // The origin of an address with a scheme of its own reads `null`, as that of every sandboxed frame does.
  return origin === 'null' ? [] : [origin]
}
