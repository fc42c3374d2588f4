/** CSP of an API answer: it is data, so nothing in it may run, load or be framed. */
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
 * Lists the protective headers of every answer. A page that sets one of them keeps its own value.
 *
 * @param publicUrl - the address for browsers; with https the answer has `Strict-Transport-Security` too
 */
export function listSecurityHeaders(publicUrl: string): [string, string][] {
  return publicUrl.startsWith('https:')
    ? [...API_HEADERS, ['Strict-Transport-Security', `max-age=${HSTS_MAX_AGE_SECONDS}`]]
    : API_HEADERS
}
