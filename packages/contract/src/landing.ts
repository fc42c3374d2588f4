import { LANDING_MAX_CHARACTERS } from './limits.ts'

/** What a mailed link is for, as its landing learns it in place of `{purpose}`. */
export type LinkPurpose = 'signup' | 'change' | 'reset'

/** The values of the placeholders of a landing. */
export interface LandingValues {
  /** The secret with which the page does the work of the link. */
  token: string
  purpose: LinkPurpose
}

/** The query of a mailed link that holds its landing, in base64url. */
export const LANDING_QUERY = 'to'

const PLACE = /\{(token|purpose)\}/g
/** Printable ASCII without spaces, braces and the backslash, which browsers read as a slash. */
const PLAIN = /^[\x21-\x5b\x5d-\x7a|~]+$/
/** A text that servers may read as another path than browsers do: an encoded slash, or `..;`. */
const AMBIGUOUS_PATH = /%2f|%5c|\/\.{1,2};/i
const THIS_MACHINE = /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Answers whether placeholders stand behind the `#` only, and no other braces do.
 *
 * A browser sends what is behind the `#` to no server, so a secret there is in no log.
 */
export function hasSoundPlaces(target: string): boolean {
  const [address = '', ...fragment] = target.split('#')
  const rest = fragment.join('#').replaceAll(PLACE, '')
  return !/[{}]/.test(address) && !/%7b(?:token|purpose)%7d/i.test(address) && !/[{}]/.test(rest)
}

/** Answers whether a landing gets the secret of its link. The page then does the work of the link by itself. */
export function holdsToken(target: string): boolean {
  return target.includes('{token}')
}

/** Puts values into the placeholders of a landing. */
export function fillLanding(target: string, values: LandingValues): string {
  return target.replaceAll(PLACE, (_, name: keyof LandingValues) => encodeURIComponent(values[name]))
}

/** A landing without its secret, for a link that has done its work. */
export function dropToken(target: string): string {
  return holdsToken(target) ? (target.split('#', 1)[0] ?? '') : target
}

/**
 * Reads an entry of `REDIRECT_URLS`.
 *
 * @returns its canonical form; null unless it is a URL of https, or of http on this machine, without a user, whose
 *   placeholders are {@link hasSoundPlaces}
 */
export function readLandingEntry(text: string): string | null {
  if (!hasSoundPlaces(text) || text.includes('*')) return null
  // The braces are left out of this check alone. A parser of URLs keeps them behind the `#`.
  const isSound = readUrl(text.replaceAll(/[{}]/g, '')) !== null
  const { href } = isSound ? new URL(text) : { href: '' }
  return isSound && href.length <= LANDING_MAX_CHARACTERS ? href : null
}

/** Judges an address: returns its canonical form, or null when no entry allows it. */
export type JudgeLanding = (text: string) => string | null

/**
 * Makes the judge of the addresses that callers name, from the entries of `REDIRECT_URLS`.
 *
 * An entry that ends with `/` allows every address below it. Any other entry allows this page, with any query. An entry
 * with a query or a `#` allows exactly itself, in any spelling that browsers take for the same. So only an address that the operator wrote in full gets a secret.
 */
export function createLandingJudge(entries: readonly string[]): JudgeLanding {
  const exact = new Set(entries)
  const open = entries.map((entry) => new URL(entry)).filter(({ href }) => !/[?#]/.test(href))
  return (text) => {
    if (text.length > LANDING_MAX_CHARACTERS) return null
    // Entries are kept in their canonical form, and an operator or an app may write another one.
    const canonical = readLandingEntry(text)
    if (canonical !== null && exact.has(canonical)) return canonical
    const url = readUrl(text)
    if (!url || text.includes('#') || AMBIGUOUS_PATH.test(url.pathname)) return null
    return open.some((entry) => covers(entry, url)) ? url.href : null
  }
}

function covers(entry: URL, url: URL): boolean {
  if (entry.protocol !== url.protocol || entry.host !== url.host) return false
  return entry.pathname.endsWith('/')
    ? url.pathname.startsWith(entry.pathname)
    : url.pathname === entry.pathname
}

/** Reads a URL of https, or of http on this machine, without a user. */
function readUrl(text: string): URL | null {
  const url = PLAIN.test(text) && /^https?:\/\/[^/?#@]+(?:[/?#]|$)/i.test(text) ? URL.parse(text) : null
  // A policy of the page with the button names the host, and could not express any other character.
  if (!url || !/^[a-z0-9.:[\]_-]+$/.test(url.host)) return null
  const isOwn = url.protocol === 'http:' && THIS_MACHINE.test(url.hostname)
  return isOwn || url.protocol === 'https:' ? url : null
}
