import type { Route } from '../generated/routes.ts'
import { codeOf, createFailure } from './error.ts'
import { isObject, readRefusal } from './read-refusal.ts'
import { resolveRoute } from './resolve-route.ts'
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
  /** The call changes what people see of the own user. */
  changesUser?: boolean
  /** Further headers. */
  headers?: Record<string, string>
  /**
   * The answer is empty (204), or may be empty where its headers say so. An empty answer of any other call is not from
   * the server.
   */
  isEmpty?: boolean | ((headers: Headers) => boolean) | undefined
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
export function createSend({ baseUrl, fetch, timeoutMilliseconds }: SendOptions): Send {
  return async <T>(call: Call) => {
    const abort = call.abort ?? new AbortController()
    const { signal } = abort
    const cancel = callAfter(call.timeoutMilliseconds ?? timeoutMilliseconds, () => abort.abort())
    try {
      const { path, ...init } = describe(call)
      return (await readAnswer(call, await fetch(baseUrl + path, { ...init, signal }))) as T
    } catch (cause) {
      if (codeOf(cause)) throw cause
      throw createFailure(signal.aborted ? 'timeout' : 'network_error', { cause })
    } finally {
      cancel()
    }
  }
}

function describe({ route, fields, access, withCookies, toPage, headers: further }: Call) {
  const { method, path, body } = resolveRoute(route, fields)
  const headers = {
    Accept: 'application/json',
    ...(body && { 'Content-Type': 'application/json' }),
    ...further,
    ...(access && { Authorization: `Bearer ${access}` }),
  }
  return {
    path,
    method,
    headers,
    body: body && JSON.stringify(body),
    // Some runtimes refuse options that they do not support.
    ...(withCookies && { credentials: 'include' as const }),
    ...(toPage && { redirect: 'manual' as const }),
  }
}

async function readAnswer({ isEmpty, toPage }: Call, response: Response): Promise<unknown> {
  const { status } = response
  // A browser hides the target of a redirect. The target is not needed.
  if (toPage && (response.type === 'opaqueredirect' || (status >= 300 && status < 400))) return 'redirect'
  if (status === 204 && (typeof isEmpty === 'function' ? isEmpty(response.headers) : isEmpty))
    return undefined
  const body = await readJson(response)
  if (!response.ok) throw readRefusal(response, body)
  if (toPage && status === 200) return 'page'
  if (isObject(body)) return body
  throw createFailure('unexpected_answer', { status })
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
