/**
 * Reads the one form of a path that routing and all later code use.
 *
 * It is the raw path without one trailing slash. Nothing is decoded, folded or merged, so `/%6cogin`, `/LOGIN` and
 * `//login` differ from `/login` and are 404. A path that the parser of URLs would change is refused before.
 */
export function readPath(request: Request): string {
  const path = readWholePath(request.url)
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

/** Reads the path of a URL, with its trailing slash. */
export function readWholePath(url: string): string {
  const start = url.indexOf('/', url.indexOf(':') + 3)
  let end = start
  while (end < url.length && url[end] !== '?' && url[end] !== '#') end++
  return url.slice(start, end)
}
