import * as routes from '../generated/routes.ts'
import { LatchkeyError } from '../http/error.ts'
import { heed } from '../http/heed.ts'
import type { CookieStorage } from './cookie-storage.ts'
import type { SharedRefreshes } from './share-refreshes.ts'

/** The routes whose answers begin, replace or end the session of the cookie. */
export const SESSION_ROUTES: ReadonlySet<string> = new Set([
  routes.login,
  routes.register,
  routes.setNewPassword,
  routes.changePassword,
  routes.reauthenticate,
  routes.activateTotp,
  routes.verifyTotp,
  routes.verifyRecoveryCode,
  routes.verifyPasskey,
  routes.signInWithPasskey,
  routes.registerPasskey,
  routes.signInWithProviderToken,
  routes.signInWithProviderCode,
  routes.openSocialSession,
  routes.logout,
  routes.logoutAll,
  routes.deleteOwnUser,
])

const SESSION_ROUTE = new RegExp(`^(?:${[...SESSION_ROUTES].join('|').replace(/{\w+}/g, '[^/]+')})$`)

interface CallerFetchOptions {
  baseUrl: string
  fetch: typeof fetch
  storage: CookieStorage
  /** The headers that name the client behind this app. */
  headers: Record<string, string>
  refreshes: SharedRefreshes
  timeoutMilliseconds: number
}

/**
 * Creates the `fetch` of a client that acts for one request.
 *
 * Where cookies cannot be written, it sends no request that changes the session. A refresh does not come here then: the
 * session requires a storage that keeps the new tokens.
 */
export function createCallerFetch(options: CallerFetchOptions): typeof fetch {
  const { baseUrl, storage } = options
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    // The address and the device of the user are for the auth server alone.
    if (!url.startsWith(`${baseUrl}/`)) return options.fetch(input, init)
    const request = new Request(input, init)
    for (const [name, value] of Object.entries(options.headers)) request.headers.set(name, value)
    const route = `${request.method} ${url.slice(baseUrl.length)}`
    if (route === routes.refreshSession) return refresh(request, options)
    if (SESSION_ROUTE.test(route)) {
      if (!storage.canWrite()) throw refuseToLose(route)
      options.refreshes.forget(request.headers.get('authorization') ?? '')
    }
    return options.fetch(request)
  }
}

/** Sends a refresh once for all requests that bring the same token. */
async function refresh(request: Request, options: CallerFetchOptions): Promise<Response> {
  const body = await request.text()
  const { url, method, headers } = request
  const ask = () => {
    // The abort of one request must not stop the others.
    const signal = AbortSignal.timeout(options.timeoutMilliseconds)
    return options.fetch(url, { method, headers, body, signal })
  }
  return heed(request.signal, () => options.refreshes.answer(body, ask))
}

/** Refuses a request whose answer could not be kept. */
function refuseToLose(route: string): LatchkeyError {
  const reason = `${route} was not sent, because cookies cannot be written here.`
  const advice = 'A middleware, a server action and a route handler can write them.'
  return new LatchkeyError('storage_unavailable', `${reason} ${advice}`)
}
