import { isIP } from 'node:net'
import { holdsToken, operations, REFERENCE_SETTINGS, resolveOperation } from '@latchkey/contract'
import type { RefreshCookie, ResetCookie } from '../../doors/http/cookies.ts'
import { isThisMachine } from '../../doors/http/this-machine.ts'
import { findPrefixFaults, type PrefixUse } from './cookie-prefix-faults.ts'

interface Candidate extends PrefixUse {
  production: boolean
  publicUrl: string
  restPrefix: string
  resetCookie: Pick<ResetCookie, 'secure' | 'sameSite'>
}

/** Finds attributes of cookies with which no browser keeps the cookie, or with which it sends it nowhere. */
export function findCookieFaults(config: Candidate): string[] {
  const { resetCookie, refreshCookie } = config
  return [
    ...findPrefixFaults(config),
    ...findUnkept('PASSWORD_RESET_COOKIE', resetCookie, config),
    ...(refreshCookie ? findUnkept('REFRESH_TOKEN_COOKIE', refreshCookie, config) : []),
    ...(refreshCookie
      ? [...findForeignDomain(refreshCookie, config), ...findMissedPaths(refreshCookie, config)]
      : []),
  ]
}

/**
 * Warns about allowed pages that get no cookie. To browsers, `SameSite` is about the scheme and the registrable domain.
 *
 * Which domains can be registered is a long list. Two hosts that differ in their last two labels are of two sites.
 */
export function findCookieWarnings(config: SiteUse): string[] {
  return [...findCookielessPages(config), ...findCookielessForm(config)]
}

interface SiteUse extends Pick<Candidate, 'publicUrl' | 'refreshCookie' | 'resetCookie'> {
  corsOrigins: string[]
  passwordResetRedirect: string | null
}

function findCookielessPages({ publicUrl, corsOrigins, refreshCookie }: SiteUse): string[] {
  if (!refreshCookie || refreshCookie.sameSite === 'None') return []
  return corsOrigins
    .filter((origin) => isOtherSite(origin, publicUrl))
    .map(
      (origin) =>
        `REFRESH_TOKEN_COOKIE_SAME_SITE=${refreshCookie.sameSite}: pages of ${origin} are of another site, where browsers keep no such cookie; only None works there`,
    )
}

/** The operator's own form needs the cookie of the opened link. A path is on this host, and so of this site. */
function findCookielessForm({ publicUrl, passwordResetRedirect, resetCookie }: SiteUse): string[] {
  const form = passwordResetRedirect ?? ''
  if (resetCookie.sameSite === 'None' || !URL.canParse(form) || holdsToken(form)) return []
  if (!isOtherSite(form, publicUrl)) return []
  return [
    `PASSWORD_RESET_COOKIE_SAME_SITE=${resetCookie.sameSite}: the form of PASSWORD_RESET_REDIRECT is of another site, from where browsers send no such cookie; put #token={token} behind its address, or use None`,
  ]
}

function isOtherSite(origin: string, publicUrl: string): boolean {
  const [page, own] = [new URL(origin), new URL(publicUrl)]
  return page.protocol !== own.protocol || readSite(page.hostname) !== readSite(own.hostname)
}

function readSite(hostname: string): string {
  return isIP(hostname) ? hostname : hostname.split('.').slice(-2).join('.')
}

function findUnkept(
  setting: string,
  { secure, sameSite }: Pick<ResetCookie, 'secure' | 'sameSite'>,
  { production, publicUrl }: Candidate,
): string[] {
  // Production refuses the insecure settings themselves, each by its name.
  if (production) return []
  if (sameSite === 'None' && !secure) {
    return [`${setting}_SAME_SITE must not be None without ${setting}_SECURE: no browser keeps that cookie`]
  }
  const { protocol, hostname } = new URL(publicUrl)
  // Browsers trust their own machine without https.
  if (!secure || protocol === 'https:' || isThisMachine(hostname)) return []
  return [`${setting}_SECURE must be off with a PUBLIC_URL of http: no browser keeps that cookie`]
}

/** RFC 6265 section 5.3: a host sets cookies for itself and for the domains above it. An address has none above it. */
function findForeignDomain({ domain }: RefreshCookie, { publicUrl }: Candidate): string[] {
  if (domain === undefined) return []
  const { hostname } = new URL(publicUrl)
  const wanted = domain.replace(/^\./, '').toLowerCase()
  if (hostname === wanted || (hostname.endsWith(`.${wanted}`) && !isIP(hostname))) return []
  return [
    'REFRESH_TOKEN_COOKIE_DOMAIN must be the host of PUBLIC_URL or a domain above it: browsers refuse others',
  ]
}

/** The paths of the operations that read the cookie, where the links and the portal of this server lead. */
function findMissedPaths({ path }: RefreshCookie, { basePath, restPrefix }: Candidate): string[] {
  const readers = Object.values(operations).filter(
    (operation) => 'refresh' in resolveOperation(operation, REFERENCE_SETTINGS).shape,
  )
  const missed = readers
    .map((operation) => basePath + restPrefix + operation.path)
    .filter((one) => !covers(path, one))
  if (missed.length === 0) return []
  return [
    `REFRESH_TOKEN_COOKIE_PATH must cover ${missed.join(' and ')}: browsers send the cookie below its path only`,
  ]
}

/** RFC 6265 section 5.1.4. */
function covers(cookiePath: string, path: string): boolean {
  if (!path.startsWith(cookiePath)) return false
  return path === cookiePath || cookiePath.endsWith('/') || path[cookiePath.length] === '/'
}
