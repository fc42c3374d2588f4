/**
 * Reads the path to go to after a sign-in, as from `?next=`; any text that would leave this app is not followed.
 *
 * @param text - what the query or the form says: `/orders?page=2`
 * @param otherwise - the path for a missing text, and for one that leads elsewhere; `/` unless given
 * @returns a path with its query and its fragment; it begins with exactly one slash
 */
export function readReturnPath(text: unknown, otherwise = '/'): string {
  if (typeof text !== 'string' || !text.startsWith('/')) return otherwise
  try {
    // Read as a browser reads it: `/\evil.example` and a tab between two slashes name another host.
    const { origin, pathname, search, hash } = new URL(text, HERE)
    return origin === HERE && !pathname.startsWith('//') ? pathname + search + hash : otherwise
  } catch {
    return otherwise
  }
}

const HERE = 'https://here.invalid'
