const MAX_AGE_SECONDS = 600
const REQUEST_HEADERS = 'Authorization, Content-Type, X-Request-Id, trpc-accept'
const RESPONSE_HEADERS = 'Retry-After, WWW-Authenticate, X-Request-Id'

/** Adds to an answer the headers with which a browser shows it to another site. */
export type AllowOrigin = (request: Request, headers: Headers) => void

/**
 * Allows pages of these exact origins to call with credentials. Other origins get no CORS headers, so browsers refuse.
 */
export function createCors(origins: string[]): AllowOrigin {
  if (origins.length === 0) return () => {}
  const allowed = new Set(origins)
  return (request, headers) => {
    headers.append('Vary', 'Origin')
    const origin = request.headers.get('origin')
    if (origin === null || !allowed.has(origin)) return
    headers.set('Access-Control-Allow-Origin', origin)
    headers.set('Access-Control-Allow-Credentials', 'true')
    headers.set('Access-Control-Expose-Headers', RESPONSE_HEADERS)
    const methods = headers.get('Allow')
    const isPreflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method')
    if (isPreflight && methods !== null) answerPreflight(headers, methods)
  }
}

function answerPreflight(headers: Headers, methods: string): void {
  headers.set('Access-Control-Allow-Methods', methods)
  headers.set('Access-Control-Allow-Headers', REQUEST_HEADERS)
  headers.set('Access-Control-Max-Age', String(MAX_AGE_SECONDS))
}
