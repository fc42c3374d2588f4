import { MAX_TIMER_SECONDS, type NumberNames, type NumberOption, readNumbers } from './http/number-option.ts'
import { type Call, createSend } from './http/send.ts'
import { createCallAsUser, type Reauthenticator } from './operations/call-as-user.ts'
import { createOperations } from './operations/create-operations.ts'
import type { Operations } from './operations/operations.ts'
import { type ClientParts, PARTS, type UserChange } from './operations/parts.ts'
import { createBoundedStorage } from './session/bounded-storage.ts'
import { createEndings } from './session/endings.ts'
import { createLoadedEvidence } from './session/evidence.ts'
import { createHandovers } from './session/handover.ts'
import type { HeldTokens } from './session/held-tokens.ts'
import type { KeyStore } from './session/key-store.ts'
import type { Mode } from './session/mode.ts'
import { createNote } from './session/note.ts'
import { createRefresher } from './session/refresh.ts'
import { type ClientSession, createSession } from './session/session.ts'
import { createSessionObserver, type SessionListener } from './session/session-observer.ts'
import { browserStorage, type TokenStorage } from './session/storage.ts'
import { createStoredItem } from './session/stored-item.ts'
import { createTokenChanges } from './session/token-changes.ts'
import { tokenMode } from './session/token-mode.ts'
import { createTokenStore } from './session/token-store.ts'
import { listenToWake } from './session/wake.ts'

/** Options of {@link createClient}. */
export interface ClientOptions {
  /** The server's `PUBLIC_URL` with its `REST_PREFIX`, if any: `https://auth.example.com`; in a page also `/auth`. */
  baseUrl: string
  /**
   * `cookieMode` of `@latchkey/client/cookie` for a server that runs with `REFRESH_TOKEN_AS_COOKIE=true`. Unless given,
   * the refresh token is in the storage.
   */
  mode?: Mode | undefined
  /** The storage of the session; `localStorage` in a browser and memory elsewhere unless given. */
  storage?: TokenStorage
  /** The key of the session in the storage; clients of different servers that share a storage need different keys. */
  storageKey?: string
  /** Sends every request; the global `fetch` unless given. */
  fetch?: typeof fetch
  /** The server's `REFRESH_GRACE`, in which a refresh with a lost answer is repeated; 0 to 2147483, 30 unless given. */
  refreshGraceSeconds?: number
  /**
   * The time after which an operation fails with `timeout`, and a call of the storage with `storage_unavailable`; 0.001
   * to `Infinity`, which means no limit; 10 unless given.
   */
  timeoutSeconds?: number
  /**
   * Whether sign-ins bind their session to a key of this device, so that its tokens are worth nothing elsewhere.
   *
   * Unless given, they do with a `keyStore`, and where the refresh token is in a storage of a browser that outlives the
   * page. Without WebCrypto or a place for the key, or with a server that binds nothing, sessions are not bound.
   */
  bound?: boolean
  /** Keeps the key of this device; IndexedDB in a page and memory elsewhere unless given. */
  keyStore?: KeyStore
  /**
   * Lets the user prove who it is, when the server refuses a call with `insufficient_user_authentication`: it shows a
   * dialog that calls `reauthenticate` of `@latchkey/client/mfa`, or `confirm` of `@latchkey/client/passkeys`.
   *
   * It is called once for calls that are refused together. When it resolves, they are sent again, once. When it rejects,
   * they fail with the refusal.
   */
  onReauthenticate?: Reauthenticator
}

/** The client of one server. */
export interface LatchkeyClient extends Operations {
  readonly baseUrl: string
  readonly session: ClientSession
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
  timeoutSeconds: { fallback: 10, min: 0.001, max: Infinity },
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
  mode.check?.(baseUrl)
  const storage = createBoundedStorage(settings.storage, timeoutMilliseconds, lookAgain)
  const endings = createEndings(storage, storageKey)
  const observer = createSessionObserver(endings)
  const tokenStore = createTokenStore(createStoredItem(storage, storageKey), { mode, update, endings })
  const handovers = createHandovers(storage, storageKey, timeoutMilliseconds)
  const noteKey = `${storageKey}.user`
  const note = createNote(storage, noteKey)
  const stops = [storage.subscribe?.(storageKey, lookAgain), listenToWake(lookAgain)]
  const sendPlain = createSend(settings)
  const evidence = createLoadedEvidence(sendPlain, async () =>
    (await import('./evidence/index.ts')).createEvidence({
      ...options,
      ...settings,
      tokenStore,
      send: sendPlain,
    }),
  )
  const { prepare, ...sending } = evidence
  const base = { ...settings, ...sending, tokenStore, endings, handovers }
  const { refresh, keepOnly } = createRefresher(base)
  const withRefresh = {
    ...base,
    refresh,
    state: observer.state,
    update,
    onNewClaims: () => tellTabs('claims'),
  }
  const session = createSession(withRefresh, createTokenChanges(withRefresh))
  const callAsUser = createCallAsUser({ endings, session, onReauthenticate: options.onReauthenticate })

  const parts: ClientParts = {
    ...settings,
    storage,
    noteKey,
    ownNote: '',
    send,
    callAsUser,
    sendAsUser,
    stops,
  }

  function update(held: HeldTokens | null | undefined): void {
    prepare(held)
    keepOnly(held?.session)
    observer.update(held)
  }

  // After a sign-in in another tab in cookie mode, only the cookie has the tokens.
  async function lookAgain(): Promise<void> {
    try {
      update(await tokenStore.read())
      if (observer.state().status === 'loading') await session.accessToken()
    } catch {}
  }

  // The contract says which calls change the user.
  async function send<T>(call: Call): Promise<T> {
    const done = parts.watch?.(call)
    const answer = await base.send<T>(call)
    done?.(answer)
    if (call.changesUser) tellTabs('details')
    return answer
  }

  function sendAsUser<T>(call: Call): Promise<T> {
    return callAsUser((access) => send<T>({ ...call, access }))
  }

  function tellTabs(change: UserChange): void {
    parts.ownNote = `${change} ${Math.random()}`
    void note.write(parts.ownNote)
  }

  update(tokenStore.peek())
  const client: LatchkeyClient = {
    ...createOperations({ send, callAsUser, sendAsUser, session, withCookies: mode.withCookies }),
    baseUrl,
    session,
    onChange: observer.onChange,
    close: () => {
      for (const stop of stops) stop?.()
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
    mode: options.mode ?? tokenMode,
    storage: options.storage ?? browserStorage(),
    storageKey: options.storageKey ?? `latchkey:${baseUrl}`,
    fetch: options.fetch ?? globalFetch,
    graceMilliseconds: refreshGraceSeconds * 1000,
    timeoutMilliseconds: timeoutSeconds * 1000,
  }
}

/** An absolute URL, or a path. The paths of the operations are put behind it, so it ends with its path. */
const BASE_URL = /^(?:(https?:\/\/)[^\s\\/?#@]+(?:\/|$)|(?![^/]*:))[^?#]*$/i

function resolveBaseUrl(baseUrl: string): string {
  // A frame with `srcdoc` has the origin of its page, and no origin in its location.
  const origin = [globalThis.location?.origin, globalThis.origin].find((known) => known?.includes(':'))
  const [whole, scheme] = BASE_URL.exec(baseUrl) ?? []
  if (scheme) return baseUrl
  if (whole !== undefined && origin) return new URL(baseUrl, origin).href
  throw new TypeError(`baseUrl must be an absolute URL: "${baseUrl}"`)
}
