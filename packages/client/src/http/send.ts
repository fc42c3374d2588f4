import { EMPTY_ANSWERS, type Route } from '../generated/routes.ts'
import { LatchkeyError } from './error.ts'
import { isObject, readRefusal } from './read-refusal.ts'
import { type ResolvedRoute, resolveRoute } from './resolve-route.ts'
import { callAfter } from './timing.ts'

/** One request to the server. */
export interface Call {
  route: Route
  /** The parameters of the path; the other fields are the query of a GET, the body of any other method. */
  fields?: object
  /** The access token to send as `Authorization: Bearer`. */
  access?: string | null
  /** Whether cookies are sent to another origin as well. */
  withCookies?: boolean
  /** The time to wait for the answer; the client's `timeoutSeconds` unless given. */
  timeoutMilliseconds?: number
  /** Lets the caller abort the request. */
  abort?: AbortController
  /** A preference (RFC 7240). An empty answer that applies it brings its name in place of a body. */
  prefer?: string
  /** The answer is a page or a redirect to one, not JSON. */
  toPage?: boolean
}

/**
 * Sends one request and returns the body of its answer.
 *
 * The answer has the type that the contract says, without a check at run time. `real-server.test.ts` compares these
 * types with a running server.
 *
 * @throws {LatchkeyError}
 */
export type Send = <T = unknown>(call: Call) => Promise<T>

interface SendOptions {
  baseUrl: string
  fetch: typeof fetch
  timeoutMilliseconds: number
}

/** Creates the function that sends requests to the server at `baseUrl`. */
export function createSend(options: SendOptions): Send {
  return async <T>(call: Call) => {
    const milliseconds = call.timeoutMilliseconds ?? options.timeoutMilliseconds
    const abort = call.abort ?? new AbortController()
    const cancel = callAfter(milliseconds, () => abort.abort())
    try {
      const { path, ...request } = resolveRoute(call.route, call.fields)
      const init = { ...describe(call, request), signal: abort.signal }
      const response = await options.fetch(`${options.baseUrl}${path}`, init)
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

function describe(
  { access, withCookies, toPage, prefer }: Call,
  { method, body }: Omit<ResolvedRoute, 'path'>,
): RequestInit {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (body) headers['Content-Type'] = 'application/json'
  if (prefer) headers.Prefer = prefer
  if (access) headers.Authorization = `Bearer ${access}`
  return {
    method,
    headers,
    body: body && JSON.stringify(body),
    // Some runtimes refuse options that they do not support.
    ...(withCookies && { credentials: 'include' }),
    ...(toPage && { redirect: 'manual' }),
  }
}

async function readAnswer(call: Call, response: Response): Promise<unknown> {
  // A browser hides the target of a redirect. The target is not needed.
  const isRedirect = response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)
  if (call.toPage && isRedirect) return 'redirect'
  if (response.status === 204) {
    if (EMPTY_ANSWERS.includes(call.route)) return undefined
    const applied = response.headers.get('preference-applied')
    if (applied !== null && applied === call.prefer) return applied
  }
  const body = await readJson(response)
  if (!response.ok) throw readRefusal(response, body)
  if (call.toPage && response.status === 200) return 'page'
  if (isObject(body)) return body
  throw new LatchkeyError('unexpected_answer', 'The answer is not from the server.', {
    status: response.status,
  })
}

/** Reads the JSON of an answer; undefined when the answer is not JSON, as from a captive portal. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
