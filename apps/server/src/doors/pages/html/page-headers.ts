export interface PageHeaderOptions {
  /**
   * Where an answered form may redirect to, as configured (`EMAIL_VERIFIED_REDIRECT`, `PASSWORD_RESET_REDIRECT`).
   * Chromium holds the redirect that follows a post to `form-action` as well. Empty and relative ones need nothing.
   */
  formTargets?: readonly string[]
  /** Allow frames of this site: the development mailbox shows a mail in one. */
  frames?: boolean
}

/**
 * Gives the response headers of a page: it loads our own files alone, is framed by nobody, leaks no address.
 *
 * With `no-referrer` a browser posts our forms with `Origin: null`: their guard has to ask `Sec-Fetch-Site` first.
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

/** What a mail's own HTML may do: be looked at, and be left by a link the reader clicks. */
export const MAIL_SANDBOX =
  'allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation'

/**
 * Gives the response headers of a mail's HTML part: styled inline as mails are, without scripts, without anything
 * from the network, and by `sandbox` of no origin, also when opened outside its frame.
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
  // An app's own scheme has no origin to name; the scheme is the narrowest a policy can say.
  const source = origin === 'null' ? protocol : origin
  // A URL may hold `;` or `*` in its host, which would end the directive or widen it.
  if (!/^[a-z][a-z0-9+.-]*:(\/\/[a-z0-9.:[\]_-]+)?$/.test(source)) {
    throw new TypeError('A redirect target holds characters that a Content-Security-Policy cannot express.')
  }
  return [source]
}
