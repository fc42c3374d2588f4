import { MAX_TIMER_SECONDS, type NumberNames, type NumberOption, readNumbers } from './http/number-option.ts'
import { createSend } from './http/send.ts'
import { createOperations } from './operations/create-operations.ts'
import type { Operations } from './operations/operations.ts'
import { createBoundedStorage } from './session/bounded-storage.ts'
import { createFallbackStorage } from './session/fallback-storage.ts'
import { createFormerSession } from './session/former-session.ts'
import { createHandovers } from './session/handover.ts'
import type { HeldTokens } from './session/held-tokens.ts'
import { createRefresher } from './session/refresh.ts'
import type { Mode } from './session/request-tokens.ts'
import { type ClientSession, createSession } from './session/session.ts'
import { createSessionFetch } from './session/session-fetch.ts'
import { createSessionObserver, type SessionListener } from './session/session-observer.ts'
import { browserStorage, type TokenStorage } from './session/storage.ts'
import { createCookieFormat, createTokenFormat } from './session/storage-format.ts'
import { createTokenChanges } from './session/token-changes.ts'
import { createTokenStore } from './session/token-store.ts'
import { listenToWake } from './session/wake.ts'

/** Options of {@link createClient}. */
export interface ClientOptions {
  /** The server's `PUBLIC_URL` with its `REST_PREFIX`, if any: `https://auth.example.com`; in a page also `/auth`. */
  baseUrl: string
  /** `cookie` for a server that runs with `REFRESH_TOKEN_AS_COOKIE=true`; `token` unless given. */
  mode?: Mode
  /** The storage of the session; `localStorage` in a browser and memory elsewhere unless given. */
  storage?: TokenStorage
  /** The key of the session in the storage; clients of different servers that share a storage need different keys. */
  storageKey?: string
  /** Sends every request; the global `fetch` unless given. */
  fetch?: typeof fetch
  /** Other origins to which `client.fetch` sends the access token: `https://api.example.com`. */
  trustedOrigins?: string[]
  /** The server's `REFRESH_GRACE`, in which a refresh with a lost answer is repeated; 0 to 2147483, 30 unless given. */
  refreshGraceSeconds?: number
  /**
   * The time after which an operation fails with `timeout`, and a call of the storage with `storage_unavailable`; 0.001
   * to `Infinity`, which means no limit; 10 unless given.
   */
  timeoutSeconds?: number
}

/** The client of one server. */
export interface LatchkeyClient extends Operations {
  readonly baseUrl: string
  readonly session: ClientSession
  /**
   * The global `fetch`, with the access token on requests to the server and to `trustedOrigins`.
   *
   * A request to any other origin, or with its own `Authorization` header, goes out unchanged.
   */
  readonly fetch: typeof fetch
  /**
   * Calls the listener when a user signs in or out in any tab, and when their role or `emailVerified` changes.
   *
   * @returns a function that removes the listener
   */
  onChange(listener: SessionListener): () => void
  /** Stops listening to other tabs, and to the return of the network. */
  close(): void
}

/** The options that are numbers. */
export const CLIENT_NUMBERS: Readonly<Record<NumberNames<ClientOptions>, NumberOption>> = {
  // No grace is infinite: a repetition beyond the grace of the server looks like theft.
  refreshGraceSeconds: { fallback: 30, min: 0, max: MAX_TIMER_SECONDS },
  timeoutSeconds: { fallback: 10, min: 0.001, max: Number.POSITIVE_INFINITY },
}

/**
 * Creates a client. A program needs one client per server, shared by all its parts.
 *
 * @throws {RangeError} a number among the options is out of its bounds
 * @throws {TypeError} `baseUrl` is no URL
 */
export function createClient(options: ClientOptions): LatchkeyClient {
  const settings = applyDefaults(options)
  const { storageKey, mode, timeoutMilliseconds, baseUrl } = settings
  const storage = createBoundedStorage(settings.storage, timeoutMilliseconds, lookAgain)
  const observer = createSessionObserver()
  const format = mode === 'cookie' ? createCookieFormat() : createTokenFormat()
  const tokenStore = createTokenStore({
    storage: createFallbackStorage(storage),
    key: storageKey,
    format,
    onChange: update,
  })
  const send = createSend({ baseUrl, fetch: settings.fetch, timeoutMilliseconds })
  const handovers = createHandovers(storage, storageKey, timeoutMilliseconds)
  const { refresh, keepOnly } = createRefresher({
    tokenStore,
    send,
    mode,
    graceMilliseconds: settings.graceMilliseconds,
    settled: handovers.settled,
  })
  const changes = createTokenChanges({
    tokenStore,
    mode,
    handovers,
    formerSession: createFormerSession({ tokenStore, send, mode, refresh }),
  })
  const session = createSession({
    tokenStore,
    refresh,
    timeoutMilliseconds,
    state: observer.state,
    update,
    changes,
  })

  function update(held: HeldTokens | null): void {
    keepOnly(held?.session)
    observer.update(held)
  }

  // After a sign-in in another tab in cookie mode, only the cookie has the tokens.
  async function readAgain(): Promise<void> {
    update(await tokenStore.read())
    if (observer.state().status === 'loading') await session.accessToken().catch(() => null)
  }

  function lookAgain(): void {
    readAgain().catch(() => {})
  }

  observer.update(tokenStore.peek())
  const unsubscribe = storage.subscribe?.(storageKey, lookAgain)
  const unlisten = listenToWake(lookAgain)
  return {
    ...createOperations(send, session, mode),
    baseUrl,
    session,
    fetch: createSessionFetch({ session, fetch: settings.fetch, origins: settings.origins }),
    onChange: observer.onChange,
    close: () => {
      unsubscribe?.()
      unlisten()
    },
  }
}

// Read at each call, because tests and polyfills replace it; called without `this`, as browsers require.
const globalFetch: typeof fetch = (input, init) => globalThis.fetch(input, init)

function applyDefaults(options: ClientOptions) {
  const { refreshGraceSeconds, timeoutSeconds } = readNumbers(options, CLIENT_NUMBERS)
  const baseUrl = resolveBaseUrl(options.baseUrl).replace(/\/+$/, '')
  return {
    baseUrl,
    mode: options.mode ?? 'token',
    storage: options.storage ?? browserStorage(),
    storageKey: options.storageKey ?? `latchkey:${baseUrl}`,
    fetch: options.fetch ?? globalFetch,
    origins: new Set([baseUrl, ...(options.trustedOrigins ?? [])].map((url) => new URL(url).origin)),
    graceMilliseconds: refreshGraceSeconds * 1000,
    timeoutMilliseconds: timeoutSeconds * 1000,
  }
}

function resolveBaseUrl(baseUrl: string): string {
  if (/^https?:/.test(baseUrl)) return baseUrl
  const { origin } = globalThis.location ?? {}
  if (!origin) throw new TypeError(`baseUrl must be an absolute URL: "${baseUrl}"`)
  return new URL(baseUrl, origin).href
}
