/** An absolute URL that every parser reads alike: no user, no backslash, no space, a plain name or an IPv6 address. */
const PLAIN_URL = /^(https?:\/\/(?:[\w.-]+|\[[\da-f:.]+])(?::\d+)?)(\/[^\s\\?#]*)?(?:[?#].*)?$/i
const DEFAULT_PORT = /^(http:.*):80$|^(https:.*):443$/
/** A dot segment, also with percent-encoded dots and slashes, which a proxy may decode. */
const DOT_SEGMENT = /(?:^|\/|%2f|%5c)(?:\.|%2e){1,2}(?:$|[/;]|%2f|%3b|%5c)/i

/**
 * Reads where a URL leads: its origin, and its path without a slash at the end. `URL` is not used, because that of React
 * Native lacks parts.
 *
 * @returns null for a URL that two parsers might read in two ways
 */
export function readDestination(url: string): [origin: string, path: string] | null {
  const [, origin, path = ''] = PLAIN_URL.exec(url) ?? []
  return origin ? [origin.toLowerCase().replace(DEFAULT_PORT, '$1$2'), path.replace(/\/+$/, '')] : null
}

/**
 * Creates the judge of the URLs to which the access token may be sent.
 *
 * @param options - URLs by the name of their option. An origin allows all its paths; a URL with a path allows this path
 *   and those below it
 * @returns a function from a URL to the origin that is trusted with the token, or to null
 * @throws {TypeError} one of the URLs is not an absolute URL of http or https
 */
export function createTrust(options: Record<string, readonly string[]>): (url: string) => string | null {
  const trusted = Object.entries(options).flatMap(([name, urls]) =>
    urls.map((url) => requireDestination(name, url)),
  )
  return (url) => {
    const [origin = null, path = ''] = readDestination(url) ?? []
    const isBelow = ([allowed, below]: [string, string]) =>
      allowed === origin && (!below || (`${path}/`.startsWith(`${below}/`) && !DOT_SEGMENT.test(path)))
    return trusted.some(isBelow) ? origin : null
  }
}

function requireDestination(name: string, url: string): [string, string] {
  const destination = readDestination(canonicalize(url))
  if (destination === null) throw new TypeError(`${name} must be an absolute URL of http or https: "${url}"`)
  return destination
}

/** Puts international names and unusual spellings into the form that a request has. */
function canonicalize(url: string): string {
  try {
    return new URL(url).href
  } catch {
    return url
  }
}
