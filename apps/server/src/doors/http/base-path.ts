/** The scheme and host of a request target in absolute form. A few proxies send it. */
const ABSOLUTE = /^https?:\/\/[^/?#]*/

/**
 * Takes the path of `PUBLIC_URL` off the front of a request target.
 *
 * Some proxies remove that path from a request and others leave it. After this function both requests are the same, so
 * every later part of the server knows its paths at the root alone.
 *
 * @param target - the request target as it was sent: `/auth/login/?x=1`
 * @param basePath - empty, or a path that begins with a slash and does not end with one
 */
export function takeBasePath(target: string, basePath: string): string {
  if (basePath === '') return target
  const site = readSite(target)
  const path = target.slice(site.length)
  if (!path.startsWith(basePath)) return target
  const rest = path.slice(basePath.length)
  if (rest === '' || rest.startsWith('?')) return `${site}/${rest}`
  return rest.startsWith('/') ? site + rest : target
}

/** Reads the scheme and host of a request target in absolute form; empty for a path. */
export function readSite(target: string): string {
  return ABSOLUTE.exec(target)?.[0] ?? ''
}
