import { type RequestHeaders, readHeader } from './caller.ts'

/** The parts of a request that tell which page sent it. */
export interface SentRequest {
  method?: string | undefined
  headers?: RequestHeaders | undefined
}

const HARMLESS_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Where a request comes from, as far as the browser tells. */
export type Provenance = 'own' | 'foreign' | 'unknown'

/**
 * Judges whether a page of another origin sent a request that may change something.
 *
 * `SameSite=Lax` keeps the cookie out of requests of other sites. Other hosts of the same site still send it:
 * `blog.example.com` to `app.example.com`. Browsers name the sender in `Sec-Fetch-Site` or `Origin`.
 *
 * @returns `unknown` when the request has neither header, as from a program that is no browser
 * @see decision 102
 */
export function judgeOrigin({ method, headers }: SentRequest, appOrigin: string): Provenance {
  if (method && HARMLESS_METHODS.has(method)) return 'own'
  const site = readHeader(headers, 'sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none' ? 'own' : 'foreign'
  const origin = readHeader(headers, 'origin')
  if (origin === null) return 'unknown'
  return origin === appOrigin ? 'own' : 'foreign'
}

/** Creates the answer to a request of another origin, in the words of the auth server. */
export function refuseForeignOrigin(): Response {
  const refusal = { detail: 'The request came from another site.', code: 'csrf_failed' }
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
  return new Response(JSON.stringify(refusal), { status: 403, headers })
}
