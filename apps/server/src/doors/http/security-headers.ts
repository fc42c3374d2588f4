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
 * Lists the protective headers of every answer; a page that sets one itself keeps its own.
 *
 * @param publicUrl - where browsers reach the server: those that do so by https are told to keep doing so
 */
export function listSecurityHeaders(publicUrl: string): [string, string][] {
  return publicUrl.startsWith('https:')
    ? [...API_HEADERS, ['Strict-Transport-Security', `max-age=${HSTS_MAX_AGE_SECONDS}`]]
    : API_HEADERS
}
