import { createFailure } from '../http/error.ts'
import { LOADING_MILLISECONDS } from '../http/numbers.ts'
import { raceWithin } from '../http/timing.ts'
import type { HeldTokens } from '../session/held-tokens.ts'
import type { TokenStorage } from '../session/storage.ts'
import type { TokenStore } from '../session/token-store.ts'
import { createRandomText } from './base64url.ts'
import { changeItem, hasDatabase } from './database.ts'
import { isPage } from './device-keys.ts'

/** A browser that is killed may come back with the former cookie or token after this time. Then it needs their key. */
const FORGET_MILLISECONDS = 60_000

/**
 * The keys by which the server knows a repeated refresh (`Idempotency-Key`).
 *
 * A key is stored before it is sent, and sent again with each repetition, also after a restart of the program.
 */
export interface RefreshKeys {
  /**
   * Gets the key for the next refresh, and makes it where there is none.
   *
   * @param spent - a key that the server has taken for another refresh
   * @returns null where no key can be kept
   * @throws {LatchkeyError} `timeout` - the tokens are no longer held, and a look at the newer ones helps
   */
  obtain(sent: HeldTokens, spent?: string): Promise<string | null>
  /** Forgets a key, because its answer came. */
  forget(sent: HeldTokens, key: string): void
  /** Removes the key of a session that was signed out; never rejects. */
  remove(ended: HeldTokens): Promise<unknown>
}

/** What the place of the keys is decided by. */
export interface RefreshKeyOptions {
  mode: { readonly withCookies: boolean }
  storage: TokenStorage
  storageKey: string
  tokenStore: Pick<TokenStore, 'read' | 'merge'>
}

/** Creates the keys of a client, in a place that is shared as its refresh token is. */
export function createRefreshKeys(options: RefreshKeyOptions): RefreshKeys {
  const { mode, storage } = options
  if (storage.lifetime === 'request') return NO_KEYS
  if (!mode.withCookies && (storage.lifetime === 'process' || !isPage()))
    return createKeysBesideToken(options)
  return hasDatabase() ? createSharedKeys(options) : NO_KEYS
}

const NO_KEYS: RefreshKeys = { obtain: async () => null, forget: () => {}, remove: async () => {} }

/** The clients of a storage take turns, so that they get the same key. */
const turns = new WeakMap<object, Promise<unknown>>()

/** Creates keys in the item of the tokens: the write of the next tokens forgets the key. */
function createKeysBesideToken({ storage, tokenStore }: RefreshKeyOptions): RefreshKeys {
  async function obtain(sent: HeldTokens, spent?: string): Promise<string | null> {
    const held = await tokenStore.read()
    sent.isRepeatable = true
    if (held?.refresh !== sent.refresh) throw createFailure('timeout')
    if (held.key && held.key !== spent) return held.key
    const key = createRandomText()
    const kept = await tokenStore.merge(held, { ...held, key, isRepeatable: true })
    if (kept?.key !== key) throw createFailure('timeout')
    return key
  }

  return {
    obtain: (...given) => {
      const turn = (turns.get(storage) ?? Promise.resolve()).then(() => obtain(...given))
      turns.set(
        storage,
        turn.catch(() => {}),
      )
      return turn
    },
    forget: NO_KEYS.forget,
    remove: NO_KEYS.remove,
  }
}

/** Creates keys in IndexedDB, which all tabs share. */
function createSharedKeys({ storageKey }: RefreshKeyOptions): RefreshKeys {
  const nameOf = ({ session }: HeldTokens) => `${storageKey} ${session}`
  const change = (tokens: HeldTokens, decide: (found?: string) => string | undefined) =>
    changeItem<string, string | undefined>(nameOf(tokens), decide).catch(() => null)
  let isHung = false
  /** A key that was sent once is sent again, also where the database fails then. */
  let last: { session: string; key: string } | undefined

  async function obtain(sent: HeldTokens, spent?: string): Promise<string | null> {
    const make = (found?: string) => (found === undefined || found === spent ? createRandomText() : found)
    // Some browsers never answer in a broken profile.
    const key = isHung ? null : await raceWithin(LOADING_MILLISECONDS, [change(sent, make)])
    isHung ||= key === undefined
    if (key) last = { session: sent.session, key }
    return last?.session === sent.session && last.key !== spent ? last.key : null
  }

  function forget(sent: HeldTokens, key: string): void {
    setTimeout(() => {
      if (last?.key === key) last = undefined
      void change(sent, (found) => (found === key ? undefined : found))
    }, FORGET_MILLISECONDS)
  }

  return { obtain, forget, remove: (ended) => change(ended, () => undefined) }
}
