declare const process: { env: Record<string, string | undefined> }

const warned = new Set<string>()

/**
 * Warns a developer, once per server, that cookie mode does not work from a page of another site.
 *
 * Browsers drop the cookie of another site without a word, and the session seems lost after a reload.
 */
export function warnOfOtherSite(baseUrl: string): void {
  try {
    // Bundlers replace this condition, and leave the warning out of what is published.
    if (process.env.NODE_ENV !== 'production') warn(baseUrl)
  } catch {
    // Without a bundler a page of this machine is one in development.
    if (/localhost$|^127\.|^\[::1]/.test(globalThis.location?.hostname)) warn(baseUrl)
  }
}

function warn(baseUrl: string): void {
  const page = globalThis.location
  if (!page?.hostname || warned.has(baseUrl)) return
  const { protocol, hostname, origin } = new URL(baseUrl)
  if (page.protocol === protocol && readSite(page.hostname) === readSite(hostname)) return
  warned.add(baseUrl)
  console.warn(
    `Latchkey: cookieMode at ${page.origin}, but browsers drop the cookie of ${origin}, another site. Use one domain, a path of the app, the default mode or REFRESH_TOKEN_COOKIE_SAME_SITE=None.`,
  )
}

/**
 * Which domains can be registered is a long list. Two hosts that differ in their last two labels are of two sites. Others
 * may be, and get no warning.
 */
function readSite(hostname: string): string {
  return /^[\d.]+$|:/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.')
}
