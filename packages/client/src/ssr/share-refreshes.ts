import { readClaims } from '../session/read-claims.ts'

/** An answer that several callers can read. */
interface SharedAnswer {
  body: string
  status: number
  headers: Headers
}

/** Answers equal refreshes of one browser with one request to the auth server. */
export interface SharedRefreshes {
  /**
   * Answers a refresh.
   *
   * @param key - the body of the request, which has the refresh token
   * @param ask - sends the request
   */
  answer(key: string, ask: () => Promise<Response>): Promise<Response>
  /** Forgets the answers for the session of an access token, because the session ends. */
  forget(accessToken: string): void
}

/** The time for which an answer is kept for requests that left the browser before it came. */
const KEEP_MILLISECONDS = 10_000

/**
 * Creates the shared refreshes of one process.
 *
 * A page asks for its data with several requests at once, and all of them bring the same refresh token. Between several
 * processes `REFRESH_GRACE` of the auth server does the same. Refusals and failures are not kept.
 */
export function createSharedRefreshes(): SharedRefreshes {
  const running = new Map<string, Promise<SharedAnswer>>()
  const kept = new Map<string, { answer: SharedAnswer; session: string | null; until: number }>()

  async function askOnce(key: string, ask: () => Promise<Response>): Promise<SharedAnswer> {
    try {
      const answer = await readAnswer(await ask())
      const session = answer.status === 200 ? readSessionId(answer.body) : null
      if (session !== null) kept.set(key, { answer, session, until: performance.now() + KEEP_MILLISECONDS })
      return answer
    } finally {
      running.delete(key)
    }
  }

  async function answer(key: string, ask: () => Promise<Response>): Promise<Response> {
    // Workers of Cloudflare forbid a request to wait for another one.
    if (globalThis.navigator?.userAgent === 'Cloudflare-Workers') return ask()
    // Answers are kept in the order of their time.
    for (const [old, { until }] of kept)
      if (until < performance.now()) kept.delete(old)
      else break
    const known = kept.get(key)?.answer ?? running.get(key)
    if (known) return createResponse(await known)
    const asked = askOnce(key, ask)
    running.set(key, asked)
    return createResponse(await asked)
  }

  function forget(accessToken: string): void {
    const ended = readClaims(accessToken)?.session
    for (const [key, { session }] of kept) if (session === ended) kept.delete(key)
  }

  return { answer, forget }
}

async function readAnswer(response: Response): Promise<SharedAnswer> {
  return { body: await response.text(), status: response.status, headers: response.headers }
}

function createResponse({ body, status, headers }: SharedAnswer): Response {
  // An answer of certain statuses may have no body, not even an empty one.
  return new Response(body || null, { status, headers })
}

/** Returns null when the body has no tokens, as that of a captive portal. */
function readSessionId(body: string): string | null {
  try {
    return readClaims(String(JSON.parse(body).access))?.session ?? null
  } catch {
    return null
  }
}
