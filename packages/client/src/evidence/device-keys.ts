import { createFailure } from '../http/error.ts'
import { LOADING_MILLISECONDS } from '../http/numbers.ts'
import { raceWithin } from '../http/timing.ts'
import type { DeviceKey, KeyStore } from '../session/key-store.ts'
import type { TokenStorage } from '../session/storage.ts'
import { hasDatabase } from './database.ts'
import { createStoredKeys, memoryKeysOf, type SharedKeyStore } from './web-keys.ts'

/** The key of a client on this device. */
export interface DeviceKeys {
  /** Gets the key for a sign-in, and makes it where there is none; null when the session is not to be bound. */
  obtain(): Promise<DeviceKey | null>
  /**
   * Finds the key of a bound session.
   *
   * @returns null when it is certain that there is none
   * @throws {LatchkeyError} `storage_unavailable` - the place of the key cannot be read at the moment
   */
  find(): Promise<DeviceKey | null>
  /** Keeps the key of a new session, also where another tab has signed out meanwhile. */
  keep(key: DeviceKey): Promise<unknown>
  remove(): Promise<void>
}

/** What the place of the key is decided by. */
export interface DeviceKeyOptions {
  bound?: boolean | undefined
  keyStore?: KeyStore | undefined
  mode: { readonly withCookies: boolean }
  storage: Pick<TokenStorage, 'lifetime'>
  storageKey: string
}

/** Creates the key of a client. */
export function createDeviceKeys(options: DeviceKeyOptions): DeviceKeys {
  const { storageKey: name } = options
  const store: SharedKeyStore | null = options.keyStore ?? chooseStore(options)
  const isWanted = options.bound ?? isBoundByDefault(options)

  async function obtain(): Promise<DeviceKey | null> {
    if (!isWanted || !store) return null
    const get = async () => (await store.load(name)) ?? store.create(name)
    return (await raceWithin(LOADING_MILLISECONDS, [get().catch(() => null)])) ?? null
  }

  async function find(): Promise<DeviceKey | null> {
    const load = async () => (await store?.load(name)) ?? null
    const fail = (cause?: unknown) => createFailure('storage_unavailable', { cause })
    const found = await raceWithin(LOADING_MILLISECONDS, [
      load().catch((cause) => {
        throw fail(cause)
      }),
    ])
    if (found === undefined) throw fail()
    return found
  }

  return {
    obtain,
    find,
    keep: async (key) => store?.keep?.(name, key).catch(() => {}),
    remove: async () => store?.remove(name).catch(() => {}),
  }
}

/** In a page a key in memory would be gone after a reload, while the session is still there. */
function chooseStore({ storage }: DeviceKeyOptions): SharedKeyStore | null {
  if (!(globalThis as { crypto?: Crypto }).crypto?.subtle) return null
  if (storage.lifetime === 'process' || !isPage()) return memoryKeysOf(storage)
  return hasDatabase() ? createStoredKeys() : null
}

/** In cookie mode browsers may remove the key earlier than the cookie. */
function isBoundByDefault({ keyStore, mode, storage }: DeviceKeyOptions): boolean {
  return keyStore !== undefined || (!mode.withCookies && storage.lifetime === 'device' && hasDatabase())
}

/** Answers whether the program runs in a page or a worker of a browser, where other tabs may have the same session. */
export function isPage(): boolean {
  return typeof document === 'object' || hasDatabase()
}
