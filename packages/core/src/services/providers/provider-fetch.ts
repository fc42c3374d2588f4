import { isLoopback } from '../../words/loopback.ts'
import { ProviderDown } from './provider-faults.ts'

/** The part of `fetch` that this folder uses. */
export type Fetch = (url: string, options: RequestInit) => Promise<Response>

const TIMEOUT_MILLISECONDS = 5000
/** Metadata and keys have a few kilobytes. */
const MAX_BYTES = 256 * 1024
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i

interface FetchOptions {
  /** Replaces the network, in tests. */
  fetch?: Fetch | undefined
  /** Allows http to this machine. */
  allowInsecureRequests: boolean
  /** Default: 5 seconds, from the question to the last byte. */
  timeoutMilliseconds?: number
}

/**
 * Makes the one `fetch` that providers are asked with.
 *
 * An answer has 5 seconds and 256 KiB, and a body that is not empty must be JSON. Redirects are never followed: the
 * target of one was checked by nobody. An answer in the range of 500 and a 429 are no answers.
 *
 * @returns a function that throws {@link ProviderDown}
 */
export function createProviderFetch(options: FetchOptions): Fetch {
  const { fetch = globalThis.fetch, allowInsecureRequests } = options
  const { timeoutMilliseconds = TIMEOUT_MILLISECONDS } = options
  return async (url, request) => {
    requireSafe(new URL(url), allowInsecureRequests)
    const signal = AbortSignal.timeout(timeoutMilliseconds)
    const headers = { 'user-agent': 'latchkey', ...Object.fromEntries(new Headers(request.headers)) }
    try {
      const answer = await fetch(url, { ...request, headers, redirect: 'manual', signal })
      return await readAnswer(answer)
    } catch (error) {
      if (error instanceof ProviderDown) throw error
      throw new ProviderDown(signal.aborted ? 'no answer in time' : 'no connection', {
        cause: error,
      })
    }
  }
}

/** Metadata may name any address. Secrets and codes go over https only. */
function requireSafe(url: URL, allowInsecureRequests: boolean): void {
  const isAllowed =
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && allowInsecureRequests && isLoopback(url.hostname))
  if (!isAllowed) throw new ProviderDown('an address without https')
}

async function readAnswer(answer: Response): Promise<Response> {
  const { status, headers } = answer
  const isRedirect = answer.type === 'opaqueredirect' || (status >= 300 && status < 400)
  const isLeft = isRedirect || status >= 500 || status === 429
  if (isLeft) {
    await answer.body?.cancel()
    throw new ProviderDown(isRedirect ? 'a redirect' : `status ${status}`)
  }
  const bytes = await readBytes(answer)
  if (bytes.length > 0 && !JSON_TYPE.test(headers.get('content-type') ?? '')) {
    throw new ProviderDown('an answer that is not JSON')
  }
  return new Response(bytes.length > 0 ? bytes : null, { status, headers })
}

async function readBytes(answer: Response): Promise<Buffer<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.length
    // Leaving the loop cancels the body.
    if (length > MAX_BYTES) throw new ProviderDown('an answer of more than 256 KiB')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/**
 * Asks for a JSON object.
 *
 * @returns null when the provider refuses the question: a status in the range of 400
 * @throws {ProviderDown}
 */
export async function askForObject(
  fetch: Fetch,
  url: string,
  request: RequestInit = {},
): Promise<Record<string, unknown> | null> {
  const found = await askForJson(fetch, url, request)
  // Null is an object here, and a refusal.
  if (typeof found === 'object' && !Array.isArray(found)) return found as never
  throw new ProviderDown('an answer that is no object')
}

/** As {@link askForObject}, for any JSON. */
export async function askForJson(fetch: Fetch, url: string, request: RequestInit = {}): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'GET',
    ...request,
    headers: { accept: 'application/json', ...request.headers },
  })
  if (answer.status >= 400) return null
  try {
    return await answer.json()
  } catch (error) {
    throw new ProviderDown('an answer that is broken JSON', { cause: error })
  }
}
