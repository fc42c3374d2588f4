import { isLoopback } from '../../words/loopback.ts'

/** The addresses of a server, and the request that a proof has to name. */
export interface RequestedTarget {
  /** The path of the request as the server sees it, without the path of `publicUrl` and without the query. */
  path: string
  publicUrl: string
  /** Further addresses that lead here, such as the proxy of an app. */
  baseUrls: readonly string[]
  /** The path below which the server has its operations too; empty for none. */
  restPrefix: string
  /** A port at which each name of this machine is an address of the server; undefined in production. */
  loopbackPort?: number
}

/** RFC 3986 section 2.3: a percent-encoded one of these is the same as the character itself. */
const UNRESERVED = /^[\w.~-]$/

/**
 * Answers whether the `htu` of a proof names the request.
 *
 * The addresses come from the settings. `Host` and forwarded headers are those of the caller, so nothing asks for them.
 *
 * @param htu - the claim, of any type; query and fragment are ignored
 * @see RFC 9449 section 4.3
 */
export function namesTarget(htu: unknown, target: RequestedTarget): boolean {
  const named = typeof htu === 'string' ? normalizeTarget(htu) : null
  if (named === null) return false
  const paths = listPaths(target)
  const bases = [target.publicUrl, ...target.baseUrls]
  const isAt = (base: string) => paths.some((path) => normalizeTarget(base + path) === named)
  return bases.some(isAt) || listLoopbackBases(named, target).some(isAt)
}

/** The operation has the same address below the prefix, and a proxy may put the prefix there or take it away. */
function listPaths({ path, restPrefix }: RequestedTarget): string[] {
  if (restPrefix === '') return [path]
  const bare = path.startsWith(`${restPrefix}/`) ? path.slice(restPrefix.length) : path
  return [bare, restPrefix + bare]
}

/** In development each name of this machine is an address, with the path of the public URL or without it. */
function listLoopbackBases(named: string, { publicUrl, loopbackPort }: RequestedTarget): string[] {
  if (loopbackPort === undefined) return []
  const { origin, hostname, port, protocol } = new URL(named)
  const isOurs = isLoopback(hostname) || hostname.endsWith('.localhost')
  const usualPort = protocol === 'https:' ? '443' : '80'
  if (!isOurs || (port || usualPort) !== String(loopbackPort)) return []
  return [origin, origin + new URL(publicUrl).pathname.replace(/\/$/, '')]
}

/**
 * Writes an address in one form, so that two spellings of it are the same text.
 *
 * `URL` resolves dots, the case of the host and the usual port. It leaves percent-encoding as it is, so unreserved
 * characters are decoded here and the digits of the others are put in upper case. One slash at the end is cut off, as in
 * routing.
 *
 * @returns scheme, host and path; null for a text that is no address of http or https, or that has user information
 */
export function normalizeTarget(text: string): string | null {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return null
  const path = url.pathname.replaceAll(/%[\da-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16))
    return UNRESERVED.test(character) ? character : triplet.toUpperCase()
  })
  return url.origin + path.replace(/\/$/, '')
}
