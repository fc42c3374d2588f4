import { isRepeatable, keepBody } from './repeatable-body.ts'

/** A request of the caller, read once: what is judged of it is what is sent. */
export interface Outgoing {
  /** The absolute URL; the text of the caller where this runtime cannot read it as a URL. */
  url: string
  method: string
  signal: AbortSignal | null | undefined
  header(name: string): string | null
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
  const [input, init] = given
  const hasRequest = typeof Request !== 'undefined'
  if (hasRequest && isRequest(input)) return readRequest(fetch, buildRequest(input, init), init)
  // A request as the options of a URL: its members are getters of its class, which a copy leaves out.
  if (hasRequest && isRequest(init)) return readRequest(fetch, new Request(input, init), undefined)
  return readUrl(fetch, input, init && { ...init })
}

/** Answers whether a value is a `Request`, also of another frame or library. */
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

/** A URL and options stay what they are, because a `fetch` of the caller may take no `Request`. */
function readUrl(
  fetch: typeof globalThis.fetch,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Outgoing {
  const url = resolveUrl(String(input))
  const headers = readHeaders(init?.headers)
  const sendAs = (access: string) =>
    fetch(url, { ...init, headers: { ...headers, authorization: `Bearer ${access}` } })
  return {
    url,
    method: init?.method ?? 'GET',
    signal: init?.signal,
    header: (name) => headers[name] ?? null,
    send: (access) => (access === undefined ? fetch(input, init) : sendAs(access)),
    sendAgain: (access) => (isRepeatable(init?.body) ? sendAs(access) : null),
  }
}

function readRequest(
  fetch: typeof globalThis.fetch,
  request: Request,
  init: RequestInit | undefined,
): Outgoing {
  const { url, method, signal, headers } = request
  // A member that only one runtime knows is no part of the request, such as `next` of Next.js.
  const extras = init && { ...init, headers: undefined, body: undefined }
  const sendAs = (sent: Request) => (extras ? fetch(sent, extras as RequestInit) : fetch(sent))
  let readBody = () => null as Blob | null

  function send(access?: string): Promise<Response> {
    if (access === undefined) return sendAs(request)
    headers.set('authorization', `Bearer ${access}`)
    if (request.body) readBody = keepBody(request)
    return sendAs(request)
  }

  function sendAgain(access: string): Promise<Response> | null {
    headers.set('authorization', `Bearer ${access}`)
    // Not every runtime shows the body of a request.
    if (request.body === null || /^(get|head)$/i.test(method)) return sendAs(request)
    const body = readBody()
    return body && sendAs(new Request(request, { body }))
  }

  return { url, method, signal, header: (name) => headers.get(name), send, sendAgain }
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
