/** How the cookie of the session is set. */
export interface CookieAttributes {
  httpOnly: true
  secure: boolean
  sameSite: 'lax'
  path: '/'
  /** Seconds; 0 removes the cookie. */
  maxAge: number
}

/**
 * The cookies of one request, as frameworks have them: `await cookies()` of Next.js, `event.cookies` of SvelteKit,
 * `Astro.cookies`.
 */
export interface Cookies {
  get(name: string): string | { value: string } | null | undefined
  /** Is missing, or throws, where cookies can only be read. */
  set?(name: string, value: string, attributes: CookieAttributes): unknown
}

/** The cookies of a request, with what was set since. */
export interface OpenCookies extends Cookies {
  hasChanged(): boolean
  /** The `Set-Cookie` headers of the answer, which a framework with cookies of its own adds by itself. */
  setCookies(): string[]
  /** The `Cookie` header of the request, with what was set since. */
  cookieHeader(): string
  /** Ends the writing: the answer has its cookies, and the browser would not get another one. */
  close(): void
}

/**
 * Creates the cookies of a `Cookie` header.
 *
 * @param onSet - is called after each change
 * @param isAnswered - answers whether the headers of the answer were sent
 */
export function createRequestCookies(
  header: string | null,
  onSet: () => void = () => {},
  isAnswered: () => boolean = () => false,
): OpenCookies {
  const sent = parseCookies(header ?? '')
  const written = new Map<string, string>()
  let isClosed = false
  return {
    get: (name) => sent.find(([sentName]) => sentName === name)?.[1],
    set: (name, value, attributes) => {
      if (isClosed || isAnswered()) throw new TypeError('The answer has its cookies already.')
      const isThere = written.has(name) || sent.some(([sentName]) => sentName === name)
      if (!value && !isThere) return
      written.set(name, serialize(name, value, attributes))
      const others = sent.filter(([sentName]) => sentName !== name)
      sent.splice(0, sent.length, ...others, ...(value ? [[name, value] as [string, string]] : []))
      onSet()
    },
    hasChanged: () => written.size > 0,
    setCookies: () => [...written.values()],
    cookieHeader: () => sent.map(([name, value]) => `${name}=${value}`).join('; '),
    close: () => {
      isClosed = true
    },
  }
}

/**
 * Watches the cookies of a framework, which sends by itself what is set there.
 *
 * @param header - the `Cookie` header of the request
 */
export function watchCookies(cookies: Cookies, header: string | null): OpenCookies {
  let isChanged = false
  return {
    get: (name) => cookies.get(name),
    set: (name, value, attributes) => {
      if (!cookies.set) throw new TypeError('Cookies cannot be written here.')
      cookies.set(name, value, attributes)
      isChanged = true
    },
    hasChanged: () => isChanged,
    setCookies: () => [],
    cookieHeader: () => header ?? '',
    // A framework refuses by itself what comes too late.
    close: () => {},
  }
}

function parseCookies(header: string): [name: string, value: string][] {
  return header.split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]]
  })
}

function serialize(name: string, value: string, { secure, path, maxAge }: CookieAttributes): string {
  const lifetime = `Max-Age=${maxAge}`
  return `${name}=${value}; Path=${path}; ${lifetime}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}

/** The answer of a Node server, of Express or of a framework like it. */
export interface NodeResponse {
  readonly headersSent?: boolean | undefined
  getHeader(name: string): number | string | string[] | undefined
  setHeader(name: string, value: string | string[]): unknown
}

/** Keeps shared caches from storing an answer with a session, which they would hand to other visitors. */
export const CACHE_CONTROL = 'private, no-store'

/** Keeps shared caches from storing an answer to a signed-in visitor. Browsers may store it, so that files go on to be cached. */
export const PERSONAL_CACHE_CONTROL = 'private'

/** Puts cookies into an answer of Node, in place of earlier ones of the same name. */
export function putSetCookies(response: NodeResponse, cookies: string[]): void {
  const before = [response.getHeader('Set-Cookie') ?? []].flat().map(String)
  const isReplaced = (cookie: string) => cookies.some((own) => nameOf(own) === nameOf(cookie))
  response.setHeader('Set-Cookie', [...before.filter((cookie) => !isReplaced(cookie)), ...cookies])
  response.setHeader('Cache-Control', CACHE_CONTROL)
}

/** Keeps shared caches from storing an answer of Node to a signed-in visitor, unless it says something about caches. */
export function keepNodePrivate(response: NodeResponse): void {
  if (response.headersSent || response.getHeader('Cache-Control') !== undefined) return
  response.setHeader('Cache-Control', PERSONAL_CACHE_CONTROL)
}

function nameOf(cookie: string): string {
  return cookie.slice(0, cookie.indexOf('='))
}
