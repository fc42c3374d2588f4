import { LatchkeyError } from './error.ts'
import { isObject, readRefusal } from './read-refusal.ts'
import { actAfter } from './timing.ts'

/** One request to the server. */
export interface Call {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** As in the contract, with both slashes. */
  path: string
  body?: object
  /** The access token to send, if any. */
  access?: string | null
  /** Whether cookies go along to another origin too. */
  withCookies?: boolean
  /** How long to wait for the answer instead of the client's own time. */
  timeoutMilliseconds?: number
  /** Lets somebody else cut the request off too. */
  abort?: AbortController
  /** The answer is a page or a way to one, not JSON. */
  toPage?: boolean
}

/**
 * Sends one request: the body of its answer, or a {@link LatchkeyError}.
 *
 * The answer is taken for what the contract says it is: its types are written out by hand, and the tests hold them
 * against a running server.
 */
export type Send = <T = unknown>(call: Call) => Promise<T>

interface HttpOptions {
  baseUrl: string
  fetch: typeof fetch
  timeoutMilliseconds: number
}

/** Makes what sends requests to the server at `baseUrl`. */
export function createHttp(options: HttpOptions): Send {
  return async <T>(call: Call) => {
    const milliseconds = call.timeoutMilliseconds ?? options.timeoutMilliseconds
    const abort = call.abort ?? new AbortController()
    const cancel = actAfter(milliseconds, () => abort.abort())
    try {
      const response = await options.fetch(`${options.baseUrl}${call.path}`, {
        ...describe(call),
        signal: abort.signal,
      })
      return (await readAnswer(call, response)) as T
    } catch (cause) {
      if (cause instanceof LatchkeyError) throw cause
      if (abort.signal.aborted)
        throw new LatchkeyError('timeout', 'The server did not answer in time.', { cause })
      throw new LatchkeyError('network_error', 'The server could not be reached.', { cause })
    } finally {
      cancel()
    }
  }
}

function describe({ method, body, access, withCookies, toPage }: Call): RequestInit {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (body) headers['Content-Type'] = 'application/json'
  if (access) headers.Authorization = `Bearer ${access}`
  return {
    method,
    headers,
    body: body && JSON.stringify(body),
    // Only where they are needed: some runtimes refuse options they have no use for.
    ...(withCookies && { credentials: 'include' }),
    ...(toPage && { redirect: 'manual' }),
  }
}

async function readAnswer(call: Call, response: Response): Promise<unknown> {
  // A browser hides where a redirect leads; that there is one says enough.
  const isRedirect = response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)
  if (call.toPage && isRedirect) return 'redirect'
  if (response.status === 204) return undefined
  const body = await readJson(response)
  if (!response.ok) throw readRefusal(response, body)
  if (call.toPage) return 'page'
  if (isObject(body)) return body
  throw new LatchkeyError('unexpected_answer', 'The answer is not from the server.', {
    status: response.status,
  })
}

/** The JSON of an answer; undefined when it is none, as from a captive portal. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
