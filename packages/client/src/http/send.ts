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
  /** The held tokens that the call refreshes; null where it may open a session. */
  refreshes?: object | null
  /** The answer is empty (204). An empty answer of any other call is not from the server. */
  isEmpty?: boolean
  /** Further options of the request. */
  init?: { redirect?: 'manual'; headers?: Record<string, string> }
  /** Judges an answer by its status and headers: what it returns is the answer, unless that is undefined. */
  peek?: (response: Response) => unknown
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

function describe({ route, fields, access, withCookies, init }: Call) {
  const { method, path, body } = resolveRoute(route, fields)
  const headers = {
    Accept: 'application/json',
    ...(body && { 'Content-Type': 'application/json' }),
    ...init?.headers,
    ...(access && { Authorization: `Bearer ${access}` }),
  }
  return {
    ...init,
    path,
    method,
    headers,
    body: body && JSON.stringify(body),
    // Some runtimes refuse options that they do not support.
    ...(withCookies && { credentials: 'include' as const }),
  }
}

async function readAnswer({ isEmpty, peek }: Call, response: Response): Promise<unknown> {
  const { status } = response
  const seen = await peek?.(response)
  if (seen !== undefined || (isEmpty && status === 204)) return seen
  const body = await readJson(response)
  if (!response.ok) throw readRefusal(response, body)
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
