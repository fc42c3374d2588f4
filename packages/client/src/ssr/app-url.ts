const LOOPBACK = /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/**
 * Reads the address of an app in the browser.
 *
 * @throws {TypeError} it is no URL, or it is plain http at another machine than this one, without leave
 */
export function readAppUrl(appUrl: string, allowInsecureCookies = false): URL {
  const url = new URL(appUrl)
  if (url.protocol === 'https:') return url
  if (url.protocol === 'http:' && (allowInsecureCookies || LOOPBACK.test(url.hostname))) return url
  const advice = 'Use https, or allow it with `allowInsecureCookies` in a network that you trust.'
  throw new TypeError(`The session of ${url.origin} would travel in the clear. ${advice}`)
}
