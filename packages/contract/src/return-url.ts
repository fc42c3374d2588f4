import { RETURN_URL_MAX_CHARACTERS } from './limits.ts'

/** Printable ASCII without spaces, quotes, braces, the `#`, and the backslash, which browsers read as a slash. */
const PLAIN = /^[\x21\x24-\x3b\x3d\x3f-\x5b\x5d_a-z~]+$/
/** A web address, spelled with its two slashes and without a user. */
const WEB = /^https?:\/\/[^/?@%]+(?:[/?]|$)/i
/** A path that a server may read as another one than browsers do: an encoded slash, or `..;`. */
const AMBIGUOUS_PATH = /%2f|%5c|%00|\/\.{1,2};/i
const THIS_MACHINE = /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/
/** RFC 8252 section 7.1: the scheme of an app is a domain name backwards, so it has a dot. */
const APP = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:\/(?!\/)[\w./-]*$/

/**
 * Reads an entry of `PROVIDER_RETURN_URLS`: an origin, an origin with a path, or the exact address of an app.
 *
 * @returns its canonical form; null unless it is https without a user, a query or a `#`, or http on this machine, or
 *   an address such as `com.example.app:/path`
 */
export function readReturnEntry(text: string): string | null {
  if (text.length > RETURN_URL_MAX_CHARACTERS) return null
  if (isOfApp(text)) return text
  const url = readWebUrl(text)
  if (!url || text.includes('?')) return null
  return url.protocol === 'https:' || THIS_MACHINE.test(url.hostname) ? url.href : null
}

/** Judges where a sign-in may return to: gives the canonical address, or null when no entry allows it. */
export type JudgeReturn = (text: string) => string | null

/**
 * Makes the judge of the addresses to which a sign-in with a provider may return.
 *
 * The origin is that of an entry, and the path is that of the entry or lies below it. The address of an app is
 * compared exactly. The query of a web address is free, but its `code` and `error` are ours.
 */
export function createReturnJudge(entries: readonly string[]): JudgeReturn {
  const apps = new Set(entries.filter(isOfApp))
  const places = entries.map(readWebUrl).filter((url) => url !== null)
  return (text) => {
    if (text.length > RETURN_URL_MAX_CHARACTERS) return null
    if (apps.has(text)) return text
    const url = readWebUrl(text)
    if (!url || !places.some((place) => covers(place, url))) return null
    for (const name of OWN_PARAMETERS) url.searchParams.delete(name)
    return url.href
  }
}

const OWN_PARAMETERS = ['code', 'error']

/** Adds the outcome to an address that a judge allowed. */
export function fillReturn(target: string, outcome: { code: string } | { error: string }): string {
  const url = new URL(target)
  for (const [name, value] of Object.entries(outcome)) url.searchParams.set(name, value)
  return url.href
}

function covers(place: URL, { origin, pathname }: URL): boolean {
  if (place.origin !== origin) return false
  const below = place.pathname.endsWith('/') ? place.pathname : `${place.pathname}/`
  return pathname === place.pathname || pathname.startsWith(below)
}

function isOfApp(text: string): boolean {
  return APP.test(text)
}

/** Reads a web address that every reader takes for the same. */
function readWebUrl(text: string): URL | null {
  const url = PLAIN.test(text) && WEB.test(text) ? URL.parse(text) : null
  if (!url || AMBIGUOUS_PATH.test(url.pathname)) return null
  return /^[a-z0-9.:[\]_-]+$/.test(url.host) ? url : null
}
