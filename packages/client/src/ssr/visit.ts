import type { LatchkeyClient } from '../client.ts'
import { LatchkeyError } from '../http/error.ts'
import { isAlive } from '../session/held-tokens.ts'
import { tokenMode } from '../session/token-mode.ts'
import { type Caller, copyHeaders, readHeader } from './caller.ts'
import type { CookieStorage } from './cookie-storage.ts'
import { CACHE_CONTROL, type OpenCookies, PERSONAL_CACHE_CONTROL } from './cookies.ts'
import type { RequestSession, SignedInRequest } from './read-session.ts'

/** One request, after its session was refreshed where that was needed. */
export interface Visit {
  /** The answer to send instead: 403 to a page of another origin that wants to change something. */
  readonly refusal: Response | null
  /** Acts for this request: what it changes in the session goes out with the answer. */
  readonly client: LatchkeyClient
  /** Why the session could not be refreshed; the cookie stays, and the next request tries again. */
  readonly error: LatchkeyError | null
  /** As that of `ServerAuth`, after all that happened in this visit. */
  getSession(): Promise<SignedInRequest | null>
  /** As that of `ServerAuth`, after all that happened in this visit. */
  readSession(): Promise<RequestSession>
  /** The headers of the request, with the cookies as they are now, for what answers it after a middleware. */
  requestHeaders(): Headers
  /**
   * Adds the changed cookies to an answer, and keeps shared caches from storing it. Without a change, and for a visitor with
   * a session, only an answer that says nothing about caches gets `Cache-Control: private`.
   *
   * After that, as in the rest of a page that is streamed, cookies can only be read, and no refresh is sent.
   *
   * @returns the same answer, or a copy where its headers cannot be changed
   */
  applyTo(response: Response): Response
}

/**
 * Creates the parts of a visit that write headers.
 *
 * @param isPersonal - whether the request brought a session
 */
export function createHeaderWriters(caller: Caller, cookies: OpenCookies, isPersonal: boolean) {
  function requestHeaders(): Headers {
    const headers = copyHeaders(caller.headers)
    const header = cookies.cookieHeader()
    if (header) headers.set('Cookie', header)
    else headers.delete('Cookie')
    return headers
  }

  function applyTo(response: Response): Response {
    cookies.close()
    if (!cookies.hasChanged()) return isPersonal ? keepPrivate(response) : response
    const writable = copyUnlessWritable(response)
    for (const cookie of cookies.setCookies()) writable.headers.append('Set-Cookie', cookie)
    writable.headers.set('Cache-Control', CACHE_CONTROL)
    return writable
  }

  return { requestHeaders, applyTo }
}

function keepPrivate(response: Response): Response {
  if (response.headers.has('Cache-Control')) return response
  const writable = copyUnlessWritable(response)
  writable.headers.set('Cache-Control', PERSONAL_CACHE_CONTROL)
  return writable
}

/** The headers of a redirect, and of an answer that was fetched, cannot be changed. */
function copyUnlessWritable(response: Response): Response {
  try {
    response.headers.delete('X-No-Such-Header')
    return response
  } catch {
    return new Response(response.body, response)
  }
}

/**
 * Refreshes the session of a client where its access token expires soon.
 *
 * @returns the error of a failed refresh; null when nothing failed
 */
export async function refreshWhereNeeded(client: LatchkeyClient): Promise<LatchkeyError | null> {
  try {
    await client.session.accessToken()
    return null
  } catch (error) {
    if (error instanceof LatchkeyError) return error
    throw error
  }
}

/** Answers whether a request only prepares a click, and its access token is good enough for that. */
export function canWait({ headers }: Caller, storage: CookieStorage): boolean {
  const purpose = `${readHeader(headers, 'sec-purpose')} ${readHeader(headers, 'purpose')}`
  const isPrefetch = readHeader(headers, 'next-router-prefetch') !== null || purpose.includes('prefetch')
  const held = tokenMode.parse(storage.getItem() ?? '')
  return isPrefetch && held !== null && isAlive(held)
}
