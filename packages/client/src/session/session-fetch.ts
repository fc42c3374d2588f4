import type { InternalSession } from './session.ts'

interface SessionFetchOptions {
  session: Pick<InternalSession, 'accessToken' | 'renew'>
  fetch: typeof fetch
  /** The exact origins to which the access token may be sent. */
  origins: Set<string>
}

/** Codes of a 401 that refuse something other than the token, so that another token would not help. */
const CODES_OF_OTHER_REFUSALS = new Set([
  'incorrect_credentials',
  'no_active_account',
  'email_not_verified',
  'session_expired',
])

/**
 * Creates a `fetch` that sends the access token to the listed origins only.
 *
 * To any other origin the request goes out unchanged. After a 401 the request is sent once more, with a new token.
 */
export function createSessionFetch(options: SessionFetchOptions): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
    const isAllowed = options.origins.has(originOf(input)) && !headers.has('authorization')
    const access = isAllowed ? await options.session.accessToken() : null
    if (access === null) return options.fetch(input, init)
    const send = (token: string) => {
      headers.set('authorization', `Bearer ${token}`)
      return options.fetch(input instanceof Request ? input.clone() : input, { ...init, headers })
    }
    const response = await send(access)
    if (isStream(init?.body) || !(await isTokenRefused(response))) return response
    const renewed = await options.session.renew(access).catch(() => null)
    return renewed === null ? response : send(renewed)
  }
}

function originOf(input: RequestInfo | URL): string {
  const url = input instanceof Request ? input.url : String(input)
  try {
    return new URL(url, globalThis.location?.href).origin
  } catch {
    return ''
  }
}

/** Answers whether the body is a stream, which can be sent only once. */
function isStream(body: unknown): boolean {
  return typeof ReadableStream !== 'undefined' && body instanceof ReadableStream
}

async function isTokenRefused(response: Response): Promise<boolean> {
  if (response.status !== 401) return false
  const body = await response
    .clone()
    .json()
    .catch(() => null)
  return !CODES_OF_OTHER_REFUSALS.has(body?.code ?? body?.error?.data?.code)
}
