import { createTrust } from './http/destination.ts'
import { MAX_TIMER_SECONDS, type NumberNames, type NumberOption, readNumbers } from './http/number-option.ts'
import { createSend } from './http/send.ts'
import { createOperations } from './operations/create-operations.ts'
import type { Operations } from './operations/operations.ts'
import { type ClientParts, PARTS } from './operations/parts.ts'
import { tellTabs, watchAnswers } from './operations/watch-answers.ts'
import { createBoundedStorage } from './session/bounded-storage.ts'
import { createEndings } from './session/endings.ts'
import { createFormerSession } from './session/former-session.ts'
import { createHandovers } from './session/handover.ts'
import type { HeldTokens, Mode } from './session/held-tokens.ts'
import { createRefresher } from './session/refresh.ts'
import { createRenewals } from './session/renewals.ts'
import { type ClientSession, createSession } from './session/session.ts'
import { createSessionFetch } from './session/session-fetch.ts'
import { createSessionObserver, type SessionListener } from './session/session-observer.ts'
import { browserStorage, type TokenStorage } from './session/storage.ts'
import { createStorageFormat } from './session/storage-format.ts'
import { createStoredItem } from './session/stored-item.ts'
import { createTokenChanges } from './session/token-changes.ts'
import { createTokenStore } from './session/token-store.ts'
import { listenToWake } from './session/wake.ts'
import { warnOfOtherSite } from './session/warn-of-other-site.ts'

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
  /**
   * Other origins to which `client.fetch` sends the access token: `https://api.example.com`.
   *
   * A URL with a path stands for this path and those below it: `https://example.com/api`.
   */
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
   * The global `fetch`, with the access token on requests to `baseUrl` and below, and to `trustedOrigins`.
   *
   * A request to any other URL, or with its own `Authorization` header, goes out unchanged. A request whose token is
   * refused is sent once more with a new token. The 401 is the answer when the body cannot be sent again (a stream),
   * and after a mutation of tRPC.
   */
  readonly fetch: typeof fetch
  /**
   * Calls the listener when a user signs in or out in any tab, and when their role or `emailVerified` changes.
   *
   * @returns a function that removes the listener
   */
  onChange(listener: SessionListener): () => void
  /** Stops listening to other tabs, to the page and to the return of the network. */
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
  const { storageKey, mode, baseUrl, timeoutMilliseconds } = settings
  if (mode === 'cookie') warnOfOtherSite(baseUrl)
  const storage = createBoundedStorage(settings.storage, timeoutMilliseconds, lookAgain)
  const endings = createEndings(storage, storageKey)
  const observer = createSessionObserver(endings)
  const tokenStore = createTokenStore({
    item: createStoredItem(storage, storageKey),
    format: createStorageFormat(mode),
    onChange: update,
    endings,
  })
  const handovers = createHandovers(storage, storageKey, timeoutMilliseconds)
  const noteKey = `${storageKey}.user`
  const parts: ClientParts = { mode, storage, noteKey, ownNote: '', renewQuietly, stops: [] }
  const base = { ...settings, tokenStore, endings, handovers, send: createSend(settings) }
  const { refresh, keepOnly } = createRefresher(base)
  const session = createSession({
    ...base,
    refresh,
    state: observer.state,
    update,
    changes: createTokenChanges({ ...base, formerSession: createFormerSession({ ...base, refresh }) }),
    onNewClaims: () => void tellTabs(parts, 'claims'),
  })
  const context = { ...base, session, renewals: createRenewals(session) }

  function update(held: HeldTokens | null): void {
    keepOnly(held?.session)
    observer.update(held)
  }

  // After a sign-in in another tab in cookie mode, only the cookie has the tokens.
  async function readAgain(): Promise<void> {
    update(await tokenStore.read())
    if (observer.state().status === 'loading') await session.accessToken()
  }

  async function renewQuietly(): Promise<HeldTokens | null> {
    const held = await tokenStore.read()
    return held && refresh(held.access)
  }

  function lookAgain(): void {
    readAgain().catch(() => {})
  }

  observer.update(tokenStore.peek())
  parts.stops.push(storage.subscribe?.(storageKey, lookAgain), listenToWake(lookAgain))
  const client: LatchkeyClient = {
    ...createOperations(watchAnswers(base.send, parts), context),
    baseUrl,
    session,
    fetch: createSessionFetch(context),
    onChange: observer.onChange,
    close: () => {
      for (const stop of parts.stops) stop?.()
    },
  }
  return Object.assign(client, { [PARTS]: parts })
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
    trust: createTrust({ baseUrl: [baseUrl], trustedOrigins: options.trustedOrigins ?? [] }),
    graceMilliseconds: refreshGraceSeconds * 1000,
    timeoutMilliseconds: timeoutSeconds * 1000,
  }
}

/** An absolute URL, or a path. The paths of the operations are put behind it, so it ends with its path. */
const BASE_URL = /^(?:(https?:\/\/)|(?![a-z][a-z\d+.-]*:))[^?#]*$/i

function resolveBaseUrl(baseUrl: string): string {
  // A frame with `srcdoc` has the origin of its page, and no origin in its location.
  const origins = [globalThis.location?.origin, globalThis.origin]
  const origin = origins.find((known) => known && known !== 'null')
  const [whole, scheme] = BASE_URL.exec(baseUrl) ?? []
  if (scheme) return baseUrl
  if (whole !== undefined && origin) return new URL(baseUrl, origin).href
  throw new TypeError(`baseUrl must be an absolute URL: "${baseUrl}"`)
}
