import { generateKeyPairSync, sign } from 'node:crypto'
import type { DeviceKey, KeyStore, PublicKey } from '../../src/session/key-store.ts'

/** The keys of a device, as an app would keep them in the store of its platform. */
export interface DeviceKeys extends KeyStore {
  keys: Map<string, DeviceKey>
}

/**
 * Creates an empty store of keys, which the clients of a test share as the tabs of a browser share theirs.
 *
 * It signs for real, and at once: a test that holds the time would run out of it while a thread signs.
 */
export function createDeviceKeys(): DeviceKeys {
  const keys = new Map<string, DeviceKey>()
  return {
    keys,
    load: async (name) => keys.get(name) ?? null,
    create: async (name) => {
      const key = keys.get(name) ?? generate()
      keys.set(name, key)
      return key
    },
    remove: async (name) => void keys.delete(name),
  }
}

function generate(): DeviceKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    publicKey: publicKey.export({ format: 'jwk' }) as PublicKey,
    sign: async (data) => sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  }
}
