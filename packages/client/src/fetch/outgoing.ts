import { isRepeatable } from './is-repeatable.ts'
import { type Beginning, readBeginning } from './read-beginning.ts'

/** The body of a `Request` is kept up to this size while it is sent. */
const MAX_KEPT_BYTES = 1_048_576

/** A request of the caller, read once: what is judged of it is what is sent. */
export interface Outgoing {
  /** The absolute URL; the text of the caller where this runtime cannot read it as a URL. */
  url: string
  method: string
  /** Whether the method only reads: GET or HEAD. */
  isRead: boolean
  signal: AbortSignal | null | undefined
  /** The headers of the caller, by their names in small letters. */
  headers: Readonly<Record<string, string>>
  /** Sends the request; with an access token, as the bearer of the token. */
  send(access?: string): Promise<Response>
  /**
   * Sends the request once more, with another access token.
   *
   * @returns null when its body cannot be sent again
   */
  sendAgain(access: string): Promise<Response> | null
}

/**
 * Reads what the caller passed to `fetch`.
 *
 * @throws {TypeError} the parts make no request; `fetch` would reject too
 */
export function readOutgoing(fetch: typeof globalThis.fetch, ...given: Parameters<typeof fetch>): Outgoing {
  const [input] = given
  const request = readRequest(...given)
  // A member that only one runtime knows is no part of a `Request`, such as `next` of Next.js.
  const init = given[1] && { ...given[1], ...(request && { headers: undefined, body: undefined }) }
  const url = request?.url ?? resolveUrl(String(input))
  const { method = 'GET', signal } = request ?? init ?? {}
  const headers = readHeaders((request ?? init)?.headers)
  const isRead = /^(get|head)$/i.test(method)
  let kept: Beginning | undefined

  // A URL stays a URL, because a `fetch` of the caller may take no `Request`.
  function sendAs(access: string, body?: Blob): Promise<Response> {
    const authorized = { ...headers, authorization: `Bearer ${access}` }
    return fetch(request ?? url, { ...init, headers: authorized, ...(body && { body }) })
  }

  function send(access?: string): Promise<Response> {
    if (access === undefined) return init ? fetch(request ?? input, init) : fetch(request ?? input)
    if (request?.body) kept = readBeginning(request.clone().body as Body, MAX_KEPT_BYTES)
    return sendAs(access)
  }

  function sendAgain(access: string): Promise<Response> | null {
    // Not every runtime shows the body of a request.
    const isWithoutBody = request && (isRead || request.body === null)
    if (isWithoutBody || (!request && isRepeatable(init?.body))) return sendAs(access)
    return kept?.isWhole() ? sendAs(access, kept.blob()) : null
  }

  return { url, method, isRead, signal, headers, send, sendAgain }
}

type Body = Parameters<typeof readBeginning>[0]

/** Reads a `Request`, also of another frame or library; undefined when the caller passed a URL and options. */
function readRequest(input: unknown, init: unknown): Request | undefined {
  if (typeof Request === 'undefined') return undefined
  if (isRequest(input)) return buildRequest(input, init as RequestInit)
  // A request as the options of a URL: its members are getters of its class, which a copy leaves out.
  return isRequest(init) ? new Request(input as string, init) : undefined
}

function isRequest(value: unknown): value is Request {
  return typeof (value as Request | undefined)?.url === 'string'
}

function buildRequest(input: Request, init?: RequestInit): Request {
  try {
    const request = new Request(input, init)
    if (request.url === input.url) return request
  } catch {
    // Some runtimes take the `Request` of another realm for the text `[object Request]`.
  }
  return new Request(new Request(input.url, input as RequestInit), init)
}

/** Resolves a URL as `fetch` does: in a page, against the base of the page. */
function resolveUrl(text: string): string {
  try {
    if (typeof Request !== 'undefined') return new Request(text).url
    return new URL(text, globalThis.document?.baseURI ?? globalThis.location?.href).href
  } catch {
    return text
  }
}

/** Reads headers into an object, which a `fetch` of the caller can spread. */
function readHeaders(given: HeadersInit = {}): Record<string, string> {
  const pairs = Array.isArray(given) ? given : Object.entries(given)
  const headers = typeof Headers === 'undefined' ? pairs : [...new Headers(given)]
  return Object.fromEntries(headers.map(([name = '', value = '']) => [name.toLowerCase(), value]))
}
