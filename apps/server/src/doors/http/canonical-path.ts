/**
 * Reads the one form of a path that routing and all later code use.
 *
 * It is the raw path without one trailing slash. Nothing is decoded, folded or merged, so `/%6cogin`, `/LOGIN` and
 * `//login` differ from `/login` and are 404.
 */
export function readPath(request: Request): string {
  const { url } = request
  const start = url.indexOf('/', url.indexOf(':') + 3)
  let end = start
  while (end < url.length && url[end] !== '?' && url[end] !== '#') end++
  const hasTrailingSlash = end - start > 1 && url[end - 1] === '/'
  return url.slice(start, hasTrailingSlash ? end - 1 : end)
}
