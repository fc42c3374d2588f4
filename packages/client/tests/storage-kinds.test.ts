import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { browserStorage, createClient, type TokenStorage } from '../src/index.ts'
import { memoryStorage } from '../src/session/storage.ts'
import { ADA, BASE_URL, BOB } from './support/clients.ts'
import { createModelServer } from './support/model-server.ts'

const KEY = `latchkey:${BASE_URL}`
const run = promisify(execFile)

afterEach(() => vi.unstubAllGlobals())

/** A `Storage` as the standard has it: its items are properties too, below the methods of the prototype. */
function createDomStorage(): Storage {
  const items = new Map<string, string>()
  class DomStorage {
    getItem(key: string) {
      return items.get(key) ?? null
    }
    setItem(key: string, value: string) {
      items.set(key, String(value))
    }
    removeItem(key: string) {
      items.delete(key)
    }
  }
  return new Proxy(new DomStorage(), {
    get: (target, name) => Reflect.get(target, name) ?? items.get(String(name)),
  }) as unknown as Storage
}

/** Some environments of tests let an item hide the method of the same name. */
function createShadowedStorage(): Storage {
  const storage = createDomStorage()
  return new Proxy(storage, {
    get: (target, name) =>
      (Reflect.getPrototypeOf(target) as Storage).getItem(String(name)) ?? Reflect.get(target, name),
  })
}

const NAMES = ['subscribe', 'readOnly', 'getItem', 'setItem', 'removeItem']

describe.each(NAMES)('a Storage with an item named %s', (name) => {
  test.each([
    ['of a browser', createDomStorage],
    ['that shows its items first', createShadowedStorage],
  ])('%s works as any other', async (_kind, create) => {
    const storage = create()
    Object.getPrototypeOf(storage).setItem.call(storage, name, 'true')
    const { fetch } = createModelServer()
    const client = createClient({ baseUrl: BASE_URL, fetch, storage })
    await client.login(ADA)
    await client.session.refresh()
    const reloaded = createClient({ baseUrl: BASE_URL, fetch, storage })
    expect(reloaded.session.state).toMatchObject({ userId: ADA.email })
    await reloaded.logout()
    expect(Object.getPrototypeOf(storage).getItem.call(storage, KEY)).toBeNull()
    client.close()
  })
})

describe('outside of a page', () => {
  test('browserStorage keeps the session in memory, and does not look at localStorage', async () => {
    const read = vi.fn()
    vi.stubGlobal('localStorage', undefined)
    Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: read })
    const { fetch } = createModelServer()
    const open = () => createClient({ baseUrl: BASE_URL, fetch, storage: browserStorage() })
    const client = open()
    await client.login(ADA)
    expect(open().session.state.status).toBe('signed_out')
    expect(read).not.toHaveBeenCalled()
  })

  test('also in a Node.js that has a localStorage, without a warning', async () => {
    const source = join(import.meta.dirname, '../src/session/storage.ts')
    const program = `import { browserStorage } from ${JSON.stringify(source)}
      const storage = browserStorage()
      storage.setItem('a', 'b')
      console.log(storage.getItem('a'), browserStorage().getItem('a'))`
    const flags = ['--experimental-webstorage', '--disable-warning=ExperimentalWarning']
    const { stdout, stderr } = await run(process.execPath, [
      ...flags,
      '--input-type=module-typescript',
      '-e',
      program,
    ])
    expect([stdout, stderr]).toEqual(['b null\n', ''])
  })
})

describe('in a page', () => {
  test.each([
    ['reading the property throws', { get: () => forbid() }],
    ['there is none', { value: null }],
    ['reading an item throws', { value: { getItem: () => forbid() } }],
  ])('whose browser forbids storage, the session is kept in memory: %s', async (_name, property) => {
    vi.stubGlobal('document', new EventTarget())
    vi.stubGlobal('localStorage', undefined)
    Object.defineProperty(globalThis, 'localStorage', { configurable: true, ...property })
    const { fetch } = createModelServer()
    const client = createClient({ baseUrl: BASE_URL, fetch })
    expect(client.session.state).toEqual({ status: 'signed_out' })
    await client.login(ADA)
    expect(await client.user.get()).toMatchObject({ email: ADA.email })
  })
})

function forbid(): never {
  throw new DOMException('Access is denied.', 'SecurityError')
}

test('a storage that answers undefined where it has no item is empty', async () => {
  const items = new Map<string, string>()
  const storage = {
    getItem: (key: string) => items.get(key),
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as TokenStorage
  const client = createClient({ baseUrl: BASE_URL, fetch: createModelServer().fetch, storage })
  expect(client.session.state).toEqual({ status: 'signed_out' })
  await client.login(ADA)
  expect(await client.user.get()).toMatchObject({ email: ADA.email })
})

test('two clients of different servers share a storage without sharing a session', async () => {
  const storage = memoryStorage()
  const open = (baseUrl: string) => createClient({ baseUrl, storage, fetch: createModelServer().fetch })
  const [one, other] = [open('https://one.example.com'), open('https://other.example.com')]
  await one.login(ADA)
  expect(other.session.state.status).toBe('signed_out')
  await other.login(BOB)
  expect(one.session.state).toMatchObject({ userId: ADA.email })
})

test('a listener that is given twice to a storage in memory is called for each key, until each is removed', async () => {
  const storage = memoryStorage()
  const listener = vi.fn()
  const stopA = storage.subscribe?.('a', listener)
  storage.subscribe?.('b', listener)
  storage.setItem('a', '1')
  storage.setItem('b', '1')
  await Promise.resolve()
  expect(listener).toHaveBeenCalledTimes(2)
  stopA?.()
  storage.setItem('a', '2')
  storage.setItem('b', '2')
  await Promise.resolve()
  expect(listener).toHaveBeenCalledTimes(3)
})
