const MAX_AGE_SECONDS = 600
const RESPONSE_HEADERS = 'DPoP-Nonce, Preference-Applied, Retry-After, WWW-Authenticate, X-Request-Id'

/** The headers of a request whose preflight asks for none, or for more than a page sends. */
const REQUEST_HEADERS = 'Authorization, Content-Type, DPoP, Idempotency-Key, X-Request-Id, trpc-accept'
const ASKED_MAX_CHARACTERS = 2_000
const ASKED_MAX_NAMES = 60
/** RFC 9110 section 5.6.2: the characters of a header name. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/

/** Adds to an answer the headers with which a browser shows it to another site. */
export type AllowOrigin = (request: Request, headers: Headers) => void

/**
 * Allows pages of these exact origins to call with credentials. Other origins get no CORS headers, so browsers refuse.
 *
 * An allowed page may send any header that it asks for. Such a page holds the user's tokens, so a list of headers
 * protects nothing. It would refuse pages that add headers for tracing: decision 071.
 *
 * @param onRefused - called for a request of any other origin
 */
export function createCors(
  origins: string[],
  onRefused: (origin: string, request: Request) => void = () => {},
): AllowOrigin {
  const allowed = new Set(origins)
  return (request, headers) => {
    if (allowed.size > 0) headers.append('Vary', 'Origin')
    const origin = request.headers.get('origin')
    if (origin === null) return
    if (!allowed.has(origin)) return onRefused(origin, request)
    headers.set('Access-Control-Allow-Origin', origin)
    headers.set('Access-Control-Allow-Credentials', 'true')
    headers.set('Access-Control-Expose-Headers', RESPONSE_HEADERS)
    const methods = headers.get('Allow')
    const isPreflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method')
    if (!isPreflight || methods === null) return
    headers.set('Access-Control-Allow-Methods', methods)
    headers.set('Access-Control-Allow-Headers', readAskedHeaders(request) ?? REQUEST_HEADERS)
    headers.set('Access-Control-Max-Age', String(MAX_AGE_SECONDS))
  }
}

/** The headers that a preflight asks for, or null when it asks for none, for too many, or for what is no name. */
function readAskedHeaders(request: Request): string | null {
  const asked = request.headers.get('access-control-request-headers') ?? ''
  if (asked.length > ASKED_MAX_CHARACTERS) return null
  const names = asked.split(',').map((name) => name.trim())
  if (names.length > ASKED_MAX_NAMES || !names.every((name) => HEADER_NAME.test(name))) return null
  return names.join(', ')
}
