import { createClient, type LatchkeyClient } from '../client.ts'
import { readNumbers } from '../http/number-option.ts'
import { createVerifier, type Verifier } from '../server/verifier.ts'
import { readAppUrl } from './app-url.ts'
import { describeCaller } from './caller.ts'
import { createCallerFetch } from './caller-fetch.ts'
import { type CookieStorage, type CookieStorageOptions, cookieStorage, nameCookie } from './cookie-storage.ts'
import type { Cookies } from './cookies.ts'
import { SERVER_AUTH_NUMBERS, type ServerAuthOptions } from './options.ts'
import type { Place } from './place.ts'
import { createSharedRefreshes } from './share-refreshes.ts'

/** The parts that all requests share. */
export interface Shared {
  appOrigin: string
  verifier: Verifier
  openStorage(cookies: Cookies): CookieStorage
  createClient(storage: CookieStorage, place: Place): LatchkeyClient
}

/** Creates the parts that all requests share. */
export function createShared(options: ServerAuthOptions): Shared {
  const { timeoutSeconds, trustedProxies, refreshGraceSeconds } = readNumbers(options, SERVER_AUTH_NUMBERS)
  const { fetch = globalFetch } = options
  // As the URL of a request is written, so that both can be compared.
  const baseUrl = new URL(options.baseUrl).href.replace(/\/+$/, '')
  const app = readAppUrl(options.appUrl, options.allowInsecureCookies)
  const cookie: CookieStorageOptions = {
    allowInsecureCookies: app.protocol === 'http:',
    ...(options.cookieName && { cookieName: options.cookieName }),
  }
  const forAll = { baseUrl, refreshes: createSharedRefreshes(), timeoutMilliseconds: timeoutSeconds * 1000 }
  return {
    appOrigin: app.origin,
    verifier: createVerifier({
      issuer: options.issuer ?? options.baseUrl,
      jwksUrl: `${baseUrl}/.well-known/jwks.json`,
      fetch,
    }),
    openStorage: (cookies) => cookieStorage(cookies, cookie),
    createClient: (storage, place) => {
      const headers = describeCaller(place, trustedProxies)
      const callerFetch = createCallerFetch({ ...forAll, fetch, storage, headers })
      return createClient({
        baseUrl,
        storage,
        storageKey: nameCookie(cookie),
        fetch: callerFetch,
        timeoutSeconds,
        refreshGraceSeconds,
      })
    },
  }
}

// Read at each call, because frameworks and tests replace it.
const globalFetch: typeof fetch = (input, init) => globalThis.fetch(input, init)
