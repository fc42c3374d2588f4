export interface PageHeaderOptions {
  /**
   * The addresses to which an answered form may redirect (`EMAIL_VERIFIED_REDIRECT`, `PASSWORD_RESET_REDIRECT`).
   * Chromium applies `form-action` to the redirect after a post too. Empty and relative addresses need no entry.
   */
  formTargets?: readonly string[]
  /** Allows frames of this site. The development mailbox shows a mail in a frame. */
  frames?: boolean
}

/**
 * Gives the response headers of a page. It loads our own files alone, no site frames it, and it leaks no address.
 *
 * With `no-referrer` a browser posts our forms with `Origin: null`. The CSRF check must then read `Sec-Fetch-Site`.
 *
 * @throws {TypeError} for a form target that no policy can express, which is a mistake in the configuration
 */
export function pageHeaders({
  formTargets = [],
  frames = false,
}: PageHeaderOptions = {}): Record<string, string> {
  const formAction = new Set(["'self'", ...formTargets.flatMap(toFormActionSource)])
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    `form-action ${[...formAction].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(frames ? ["frame-src 'self'"] : []),
  ]
  return withCommonHeaders(policy)
}

/** CSP of a mail's HTML: the reader can look at it and follow its links. */
export const MAIL_SANDBOX =
  'allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation'

/**
 * Gives the response headers of a mail's HTML part. Inline styles are allowed. Scripts and the network are not.
 * `sandbox` gives it no origin, also when it is opened outside its frame.
 */
export function mailFrameHeaders(): Record<string, string> {
  return withCommonHeaders([
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    `sandbox ${MAIL_SANDBOX}`,
  ])
}

function withCommonHeaders(policy: string[]): Record<string, string> {
  return {
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
}

function toFormActionSource(target: string): string[] {
  if (!URL.canParse(target)) return []
  const { protocol, origin } = new URL(target)
  // A custom scheme has no origin, so the policy names the scheme alone.
  const source = origin === 'null' ? protocol : origin
  // The host of a URL may hold `;` or `*`, which would end the directive or widen it.
  if (!/^[a-z][a-z0-9+.-]*:(\/\/[a-z0-9.:[\]_-]+)?$/.test(source)) {
    throw new TypeError('A redirect target holds characters that a Content-Security-Policy cannot express.')
  }
  return [source]
}
