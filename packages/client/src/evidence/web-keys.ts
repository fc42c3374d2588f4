import type { DeviceKey, KeyStore, PublicKey } from '../session/key-store.ts'
import { changeItem } from './database.ts'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' }

/** A key of WebCrypto. No script can read its private part, and IndexedDB keeps it as it is. */
interface WebKey {
  privateKey: CryptoKey
  publicKey: PublicKey
}

/** A store that several tabs share. */
export interface SharedKeyStore extends KeyStore {
  /** Keeps a key once more, after a sign-in: another tab may have signed out meanwhile. */
  keep?(name: string, key: DeviceKey): Promise<unknown>
}

const inMemory = new WeakMap<object, SharedKeyStore>()

/** Finds the store in memory for the clients of a storage: the keys are gone with the program. */
export function memoryKeysOf(storage: object): SharedKeyStore {
  const found = inMemory.get(storage) ?? createMemoryKeys()
  inMemory.set(storage, found)
  return found
}

function createMemoryKeys(): SharedKeyStore {
  const keys = new Map<string, DeviceKey>()
  return {
    load: async (name) => keys.get(name) ?? null,
    create: async (name) => {
      const made = describe(await generate())
      // Another client may have made one.
      const key = keys.get(name) ?? made
      keys.set(name, key)
      return key
    },
    keep: async (name, key) => keys.set(name, key),
    remove: async (name) => void keys.delete(name),
  }
}

/** Creates a store in IndexedDB, which the tabs and workers of an origin share. */
export function createStoredKeys(): SharedKeyStore {
  const known = new WeakMap<DeviceKey, WebKey>()

  function read(stored: WebKey | undefined): DeviceKey | null {
    if (stored === undefined) return null
    const key = describe(stored)
    known.set(key, stored)
    return key
  }

  return {
    load: async (name) => read(await changeItem<WebKey, WebKey | undefined>(name, (found) => found)),
    create: async (name) => {
      const made = await generate()
      // Another tab may have made one.
      return read(await changeItem<WebKey, WebKey>(name, (found) => found ?? made)) as DeviceKey
    },
    keep: (name, key) => changeItem<WebKey, WebKey | undefined>(name, (found) => known.get(key) ?? found),
    remove: async (name) => void (await changeItem(name, () => undefined)),
  }
}

async function generate(): Promise<WebKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])
  return { privateKey, publicKey: (await crypto.subtle.exportKey('jwk', publicKey)) as PublicKey }
}

function describe({ privateKey, publicKey }: WebKey): DeviceKey {
  const sign = async (data: Uint8Array) =>
    new Uint8Array(
      await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, data as BufferSource),
    )
  return { publicKey, sign }
}
