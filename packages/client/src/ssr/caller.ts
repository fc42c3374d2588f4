/** The headers of a request: those of the web, or those of Node. */
export type RequestHeaders =
  | { get(name: string): string | null }
  | Record<string, string | string[] | undefined>

/** The parts of a request that tell who calls. */
export interface Caller {
  headers?: RequestHeaders | undefined
  /** The address of the client, where the framework knows it; it counts before every header. */
  address?: string | undefined
  /** The connection of a request of Node. */
  socket?: { remoteAddress?: string | undefined } | undefined
}

/** Reads one header; several of a name are joined by commas. */
export function readHeader(headers: RequestHeaders | undefined, name: string): string | null {
  if (typeof headers?.get === 'function') return headers.get(name)
  const value = (headers as Record<string, string | string[] | undefined> | undefined)?.[name]
  return (Array.isArray(value) ? value.join(', ') : value) ?? null
}

/** Copies the headers of a request, so that they can be changed. */
export function copyHeaders(headers: RequestHeaders | undefined): Headers {
  if (typeof headers?.get === 'function') return new Headers(headers as Headers)
  const copy = new Headers()
  for (const [name, value] of Object.entries(headers ?? {}))
    for (const one of [value ?? []].flat()) copy.append(name, one)
  return copy
}

/**
 * Finds the address of the client, as `TRUSTED_PROXIES` of the auth server does.
 *
 * `X-Forwarded-For` is read from the right, because the nearest proxy writes there. Every client can write to the left
 * of what the proxies add, so that part is never read.
 *
 * @param trustedProxies - the number of proxies in front of this app; with 0 the header is not read at all
 * @returns null when the address is unknown
 */
export function findAddress(caller: Caller, trustedProxies: number): string | null {
  if (caller.address) return readAddress(caller.address)
  const named = readHeader(caller.headers, 'x-forwarded-for')?.split(',') ?? []
  const written = trustedProxies > 0 ? named.slice(-trustedProxies)[0] : undefined
  return readAddress(written) ?? readAddress(caller.socket?.remoteAddress)
}

/** Some proxies write the port too. The auth server checks the address once more. */
function readAddress(text: string | undefined): string | null {
  const bare = /^\s*(?:\[([\da-f:.]+)\](?::\d+)?|([\d.]+):\d+|([\da-f:.]+))\s*$/i.exec(text ?? '')
  return bare?.[1] ?? bare?.[2] ?? bare?.[3] ?? null
}

/**
 * Lists the headers by which the auth server knows the client behind this app.
 *
 * So a session has the device of the user, a sign-up has the language of the user, and limits count people and not this
 * app.
 */
export function describeCaller(caller: Caller, trustedProxies: number): Record<string, string> {
  const address = findAddress(caller, trustedProxies)
  const userAgent = readHeader(caller.headers, 'user-agent')
  const languages = readHeader(caller.headers, 'accept-language')
  return {
    ...(address && { 'X-Forwarded-For': address }),
    ...(userAgent && { 'User-Agent': userAgent }),
    ...(languages && { 'Accept-Language': languages }),
  }
}
