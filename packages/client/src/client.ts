import { createHttp } from './http/send.ts'
import { createOperations } from './operations/create-operations.ts'
import type { Operations } from './operations/operations.ts'
import { createHandovers } from './session/handover.ts'
import type { Held } from './session/held-tokens.ts'
import { createRefresher } from './session/refresh.ts'
import type { Mode } from './session/request-tokens.ts'
import { type ClientSession, createSession } from './session/session.ts'
import { createSessionFetch } from './session/session-fetch.ts'
import { createWatch, type SessionListener } from './session/session-observer.ts'
import { createSteadyStorage } from './session/steady-storage.ts'
import { defaultStorage, type TokenStorage } from './session/storage.ts'
import { createCookieCodec, createTokenCodec } from './session/stored-tokens.ts'
import { createTokenChanges } from './session/token-changes.ts'
import { createVault } from './session/token-store.ts'

/** What {@link createClient} is made with. */
export interface ClientOptions {
  /** Where the server is, with its `REST_PREFIX` if it has one: `https://auth.example.com`; in a page also `/auth`. */
  baseUrl: string
  /**
   * `cookie` for a server that runs with `REFRESH_TOKEN_AS_COOKIE=true`; otherwise `token`, the default.
   */
  mode?: Mode
  /** Where the session is kept; `localStorage` in a browser and memory elsewhere, unless given. */
  storage?: TokenStorage
  /** Under which name it is kept there; different for servers that share a storage. */
  storageKey?: string
  /** Used for every request; the global one, unless given. */
  fetch?: typeof fetch
  /** Other origins to which `client.fetch` may carry the access token: `https://api.example.com`. */
  trustedOrigins?: string[]
  /** The server's `REFRESH_GRACE`, within which a refresh whose answer was lost is asked for again; 30, unless given. */
  refreshGraceSeconds?: number
  /** After this an operation fails with `timeout`; 10, unless given. */
  timeoutSeconds?: number
}

/** A client of one server. */
export interface LatchkeyClient extends Operations {
  readonly baseUrl: string
  readonly session: ClientSession
  /**
   * As the global `fetch`, with the access token for requests to the server and to `trustedOrigins`.
   *
   * Requests to any other origin go out without it, as does one that has an `Authorization` header of its own.
   */
  readonly fetch: typeof fetch
  /**
   * Calls back when somebody signs in or out, in this tab or another, or is seen with another role.
   *
   * @returns what ends it
   */
  onChange(listener: SessionListener): () => void
  /** Stops listening to the other tabs. */
  close(): void
}

const DEFAULT_TIMEOUT_SECONDS = 10
const DEFAULT_GRACE_SECONDS = 30

/** Makes a client; one for each server, shared by the whole program. */
export function createClient(options: ClientOptions): LatchkeyClient {
  const settings = complete(options)
  const { storage, storageKey, mode, timeoutMilliseconds, baseUrl } = settings
  const watch = createWatch()
  const codec = mode === 'cookie' ? createCookieCodec() : createTokenCodec()
  const vault = createVault({
    storage: createSteadyStorage(storage),
    key: storageKey,
    codec,
    onChange: update,
  })
  const send = createHttp({ baseUrl, fetch: settings.fetch, timeoutMilliseconds })
  const handovers = createHandovers(storage, storageKey, timeoutMilliseconds)
  const { refresh, keepOnly } = createRefresher({
    vault,
    send,
    mode,
    graceMilliseconds: settings.graceMilliseconds,
    settled: handovers.settled,
  })
  const changes = createTokenChanges({
    vault,
    mode,
    handovers,
    discard: ({ session, access }) => {
      send({ method: 'DELETE', path: `/sessions/${session}/`, access }).catch(() => {})
    },
  })
  const session = createSession({
    vault,
    refresh,
    mode,
    timeoutMilliseconds,
    state: watch.state,
    update,
    changes,
  })

  function update(held: Held | null): void {
    keepOnly(held?.session)
    watch.update(held)
  }

  // Another tab may have signed in; then only its cookie knows the tokens.
  async function lookAgain(): Promise<void> {
    update(await vault.read())
    if (watch.state().status === 'loading') await session.accessToken().catch(() => null)
  }

  watch.update(vault.peek())
  const unsubscribe = storage.subscribe?.(storageKey, () => void lookAgain().catch(() => {}))
  return {
    ...createOperations(send, session, mode),
    baseUrl,
    session,
    fetch: createSessionFetch({ session, fetch: settings.fetch, origins: settings.origins }),
    onChange: watch.onChange,
    close: () => unsubscribe?.(),
  }
}

// Looked up at each call, and called as a plain function, which browsers insist on.
const globalFetch: typeof fetch = (input, init) => globalThis.fetch(input, init)

function complete(options: ClientOptions) {
  const baseUrl = locate(options.baseUrl).replace(/\/+$/, '')
  return {
    baseUrl,
    mode: options.mode ?? 'token',
    storage: options.storage ?? defaultStorage(),
    storageKey: options.storageKey ?? `latchkey:${baseUrl}`,
    fetch: options.fetch ?? globalFetch,
    origins: new Set([baseUrl, ...(options.trustedOrigins ?? [])].map((url) => new URL(url).origin)),
    graceMilliseconds: (options.refreshGraceSeconds ?? DEFAULT_GRACE_SECONDS) * 1000,
    timeoutMilliseconds: (options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
  }
}

function locate(baseUrl: string): string {
  if (/^https?:/.test(baseUrl)) return baseUrl
  const { origin } = globalThis.location ?? {}
  if (!origin) throw new TypeError(`baseUrl must be an absolute URL: "${baseUrl}"`)
  return new URL(baseUrl, origin).href
}
