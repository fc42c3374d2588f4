import type { TokenStorage } from '../../src/session/storage.ts'

/** An asynchronous storage whose calls a test can let hang or fail, like the keychain of a phone. */
export interface Keychain extends TokenStorage {
  items: Map<string, string>
  /** What happens to the next calls of a method: they are answered unless given. */
  behaviour: { getItem?: Behaviour; setItem?: Behaviour; removeItem?: Behaviour }
  /** Answers the calls that hang. */
  release(): void
}

type Behaviour = 'hangs' | 'rejects' | 'throws'

/** Creates an empty keychain. */
export function createKeychain(): Keychain {
  const items = new Map<string, string>()
  const waiting: (() => void)[] = []

  function call<T>(method: 'getItem' | 'setItem' | 'removeItem', act: () => T): Promise<T> {
    const behaviour = keychain.behaviour[method]
    if (behaviour === 'throws') throw new Error('The keychain is locked.')
    if (behaviour === 'rejects') return Promise.reject(new Error('The keychain is locked.'))
    if (behaviour === 'hangs') return new Promise((resolve) => waiting.push(() => resolve(act())))
    return Promise.resolve().then(act)
  }

  const keychain: Keychain = {
    items,
    behaviour: {},
    release: () => {
      for (const answer of waiting.splice(0)) answer()
    },
    getItem: (key) => call('getItem', () => items.get(key) ?? null),
    setItem: (key, value) => call('setItem', () => void items.set(key, value)),
    removeItem: (key) => call('removeItem', () => void items.delete(key)),
  }
  return keychain
}
