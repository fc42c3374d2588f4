import type { SessionKeeper } from './session.ts'

interface SessionFetchOptions {
  session: Pick<SessionKeeper, 'accessToken' | 'renew'>
  fetch: typeof fetch
  /** Exact origins that may see the access token. */
  origins: Set<string>
}

/** Refusals of what was sent, not of the token: another token would not help. */
const NOT_ABOUT_THE_TOKEN = new Set([
  'incorrect_credentials',
  'no_active_account',
  'email_not_verified',
  'session_expired',
])

/**
 * Makes a `fetch` that sends the access token, to some origins alone.
 *
 * To any other origin the request goes as it is. A 401 is answered once with a renewed token.
 */
export function createSessionFetch(options: SessionFetchOptions): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
    const mayCarry = options.origins.has(originOf(input)) && !headers.has('authorization')
    const access = mayCarry ? await options.session.accessToken() : null
    if (access === null) return options.fetch(input, init)
    const send = (token: string) => {
      headers.set('authorization', `Bearer ${token}`)
      return options.fetch(input instanceof Request ? input.clone() : input, { ...init, headers })
    }
    const response = await send(access)
    if (isStream(init?.body) || !(await isAboutTheToken(response))) return response
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

/** A body that was read once cannot be sent again. */
function isStream(body: unknown): boolean {
  return typeof ReadableStream !== 'undefined' && body instanceof ReadableStream
}

async function isAboutTheToken(response: Response): Promise<boolean> {
  if (response.status !== 401) return false
  const body = await response
    .clone()
    .json()
    .catch(() => null)
  return !NOT_ABOUT_THE_TOKEN.has(body?.code ?? body?.error?.data?.code)
}
