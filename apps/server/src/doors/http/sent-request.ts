import type { IncomingMessage } from 'node:http'
import { readSite } from './base-path.ts'
import { readWholePath } from './canonical-path.ts'

/** A name or an address, and a port. An empty `Host` is that of a target without a host. */
const HOST = /^(?:(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?)?$/i

/**
 * Answers whether a request reached us as it was sent, so that a proxy in front read the same path and host.
 *
 * URL parsers resolve dot segments, `%2e` and backslashes, and they end a path at `#`. A rule of a proxy about the sent
 * path would then not hold for the resolved one. So the two paths are compared, and a difference is refused.
 */
export function isAsSent(request: Request, incoming: IncomingMessage): boolean {
  return (
    incoming.httpVersionMajor === 1 &&
    hasOneEnd(incoming) &&
    hasOneHost(incoming) &&
    hasSentPath(request.url, incoming.url ?? '')
  )
}

/** RFC 9112 section 6.1: HTTP/1.0 has no `Transfer-Encoding`. A proxy that does not read it sees another end. */
function hasOneEnd({ httpVersion, headers }: IncomingMessage): boolean {
  return httpVersion === '1.1' || headers['transfer-encoding'] === undefined
}

/**
 * RFC 9112 section 3.2: HTTP/1.1 requires one header line `Host`. Older clients do not know it.
 *
 * Node keeps the first of two lines. A proxy may have read the second, so the raw lines are counted. The host becomes
 * a part of a URL, so that it must not hold a path of its own.
 */
function hasOneHost({ httpVersion, rawHeaders, headers }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
  if (hosts.length === 0) return httpVersion !== '1.1'
  return hosts.length === 1 && HOST.test(headers.host ?? '')
}

function hasSentPath(url: string, target: string): boolean {
  const path = target.slice(readSite(target).length)
  const end = path.indexOf('?')
  const sent = end < 0 ? path : path.slice(0, end)
  return readWholePath(url) === (sent || '/')
}
