/** An API answer is data: nothing in it may run, load or be framed. */
const API_HEADERS: [string, string][] = [
  [
    'Content-Security-Policy',
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  ],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Referrer-Policy', 'no-referrer'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
]

const HSTS_MAX_AGE_SECONDS = 365 * 24 * 60 * 60

/**
 * Makes what gives every answer its protective headers; a page that set one itself keeps its own.
 *
 * @param options.https - whether browsers reach the server by https, and are told to keep doing so
 */
export function createSecurityHeaders(options: { https: boolean }): (headers: Headers) => void {
  const wanted = options.https
    ? [...API_HEADERS, ['Strict-Transport-Security', `max-age=${HSTS_MAX_AGE_SECONDS}`] as const]
    : API_HEADERS
  return (headers) => {
    for (const [name, value] of wanted) if (!headers.has(name)) headers.set(name, value)
  }
}
