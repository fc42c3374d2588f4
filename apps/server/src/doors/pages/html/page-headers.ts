export interface PageHeaderOptions {
  /**
   * The addresses to which an answered form may redirect (`EMAIL_VERIFIED_REDIRECT`, `PASSWORD_RESET_REDIRECT`).
   * Chromium applies `form-action` to the redirect after a post too. Empty and relative addresses need no entry.
   */
  formTargets?: readonly string[]
  /** Allows frames of this site. The development mailbox shows a mail in a frame. */
  frames?: boolean
  /** Whether the page has a form that is posted. */
  hasForm?: boolean
}

/**
 * Gives the response headers of a page. It loads our own files alone, no site frames it, and it leaks no address.
 *
 * A page with a form names its origin, and never its path. With `no-referrer` browsers post a form with `Origin: null`,
 * and over plain http they send no `Sec-Fetch-Site` either. The CSRF check then cannot know our form: decision 070.
 *
 * @throws {TypeError} for a form target that no policy can express, which is a mistake in the configuration
 */
export function pageHeaders({
  formTargets = [],
  frames = false,
  hasForm = false,
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
  return withCommonHeaders(policy, hasForm ? 'strict-origin' : 'no-referrer')
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

function withCommonHeaders(policy: string[], referrer = 'no-referrer'): Record<string, string> {
  return {
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': referrer,
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
