import { afterEach, describe, expect, test, vi } from 'vitest'
import type { TokenStorage } from '../../src/index.ts'
import { KEY, openBrowser, sentHeaders, signInAndWait } from '../support/bound-browser.ts'
import { ADA, BOB, setUpClient } from '../support/clients.ts'
import { createDeviceKeys } from '../support/device-keys.ts'
import { stubCrypto } from '../support/held-crypto.ts'
import { holdTime, passSeconds, settle } from '../support/vitest.ts'

holdTime()
afterEach(() => vi.unstubAllGlobals())

/** Creates a store of a platform that takes its time, as the secure chip of a phone does. */
function slowKeys(milliseconds = 300) {
  const store = createDeviceKeys()
  const wait = () => new Promise((resolve) => setTimeout(resolve, milliseconds))
  return {
    ...store,
    load: (name: string) => wait().then(() => store.load(name)),
    remove: (name: string) => wait().then(() => store.remove(name)),
  }
}

/** Creates a store whose keys refuse to sign. */
function mute() {
  const store = createDeviceKeys()
  const keyStore = {
    isMute: true,
    ...store,
    load: async (name: string) => silence(await store.load(name)),
    create: async (name: string) => silence(await store.create(name)),
  }
  const silence = <Key extends Awaited<ReturnType<typeof store.load>>>(key: Key): Key =>
    key && {
      ...key,
      sign: async (data: Uint8Array) => {
        if (keyStore.isMute) throw new Error('The phone is locked.')
        return key.sign(data)
      },
    }
  return keyStore
}

describe('a key that refuses to sign', () => {
  test('leaves a sign-in unbound', async () => {
    const { client } = setUpClient({ keyStore: mute() })
    expect(await settle(client.login(ADA))).toMatchObject({ status: 'signed_in', bound: false })
  })

  test('fails a refresh with storage_unavailable, and the session goes on when it signs again', async () => {
    const keyStore = mute()
    keyStore.isMute = false
    const { client } = setUpClient({ keyStore })
    await settle(client.login(ADA))
    await passSeconds(1810)
    keyStore.isMute = true
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'storage_unavailable' })
    keyStore.isMute = false
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
  })
})

test('ten clients of one storage in memory that sign in together have one key', async () => {
  stubCrypto()
  const { storage, openTab } = setUpClient({ bound: true })
  const clients = Array.from({ length: 10 }, () => openTab())
  await Promise.all(clients.map((client) => settle(client.login(ADA))))
  await passSeconds(1810)
  for (const client of clients) expect(await settle(client.session.refresh())).toMatchObject({ bound: true })
  expect(storage.getItem(KEY)).toContain('"bound"')
})

test.each(['logoutAll', 'logout'] as const)(
  'a sign-in right after %s keeps its key, also where the store of the keys is slow',
  async (operation) => {
    const { client, server } = setUpClient({ keyStore: slowKeys() })
    await settle(client.login(ADA))
    await settle(client[operation]().then(() => client.login(BOB)))
    expect(client.session.state).toMatchObject({ bound: true })
    await passSeconds(1810)
    expect(await settle(client.user.get())).toMatchObject({ email: BOB.email })
    expect(server.thefts).toBe(0)
  },
)

test('a sign-out that is slow leaves the key of a session that another tab has opened meanwhile', async () => {
  const { openTab, client } = setUpClient()
  const store = createDeviceKeys()
  const slow = {
    ...store,
    load: async (name: string) => {
      await new Promise((resolve) => setTimeout(resolve, 2000))
      return store.load(name)
    },
  }
  client.close()
  const leaving = openTab({ keyStore: slow })
  const coming = openTab({ keyStore: store })
  await settle(leaving.login(ADA))
  await settle(leaving.logout())
  await settle(coming.login(BOB))
  await passSeconds(1810)
  expect(await settle(coming.user.get())).toMatchObject({ email: BOB.email })
})

test('a refresh that runs while another tab signs out says that the user signed out', async () => {
  const browser = openBrowser()
  const other = browser.openTab({ storage: { ...browser.storage, lifetime: 'device' } })
  await signInAndWait(browser)
  expect(other.session.state.status).toBe('signed_in')
  // The other tab has read the tokens, and looks for the key when it is gone.
  const { open } = globalThis.indexedDB
  vi.stubGlobal('indexedDB', {
    open: (...given: Parameters<typeof open>) => {
      vi.stubGlobal('indexedDB', { open })
      void browser.storage.removeItem(KEY)
      browser.database.items.clear()
      return open(...given)
    },
  })
  await settle(other.session.refresh().catch(() => {}))
  expect(other.session.state).toEqual({ status: 'signed_out', reason: 'signed_out' })
  expect(browser.openTab().session.state).toEqual({ status: 'signed_out' })
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'a client of a server without grace sends no former token when another one of its storage has newer ones: read %s',
  async (read) => {
    const setup = setUpClient({ refreshGraceSeconds: 0 })
    await settle(setup.client.login(ADA))
    await passSeconds(1810)
    let reads = 0
    const storage: TokenStorage = {
      ...setup.storage,
      getItem: async (key) => {
        if (key === KEY && ++reads === read) {
          await setup.client.session.refresh()
          setup.server.skewSeconds += 60
        }
        return setup.storage.getItem(key)
      },
    }
    const client = setup.openTab({ storage })
    await settle(client.session.accessToken())
    await passSeconds(60)
    expect(setup.server.thefts).toBe(0)
    expect(client.session.state.status).toBe('signed_in')
  },
)

test('a key that was sent once is sent again, also where IndexedDB fails then', async () => {
  const browser = openBrowser({ bound: false })
  await signInAndWait(browser)
  browser.deliveries.push({ lost: 'answer' })
  const done = settle(browser.client.user.get())
  browser.server.override = (path) => {
    if (path === '/refresh/') browser.database.behaviour = 'fails'
    return undefined
  }
  await done
  const keys = sentHeaders(browser, '/refresh/', 'idempotency-key')
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
})

test('a platform whose crypto has no random numbers refreshes too', async () => {
  const { client } = setUpClient()
  await settle(client.login(ADA))
  await passSeconds(1810)
  vi.stubGlobal('crypto', { subtle: {} })
  expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
})

test('a bound session in cookie mode survives a change of the password in a tab that did not know its key', async () => {
  const browser = openBrowser({ inCookie: true, bound: true })
  await settle(browser.client.login(ADA))
  // As a former release of the client writes it.
  const [session, startedAt] = String(browser.storage.getItem(KEY)).split(' ')
  browser.storage.setItem(KEY, `${session} ${startedAt}`)
  await settle(browser.client.password.change({ old_password: 'a', new_password1: 'b', new_password2: 'b' }))
  await passSeconds(1810)
  const reloaded = browser.openTab()
  expect(await settle(reloaded.user.get())).toMatchObject({ email: ADA.email })
})

test('a sign-out leaves no key of a refresh behind', async () => {
  const browser = openBrowser({ bound: false })
  await signInAndWait(browser)
  await settle(browser.client.user.get())
  browser.client.close()
  const next = browser.openTab()
  await settle(next.logout())
  await passSeconds(1)
  expect(browser.database.items.size).toBe(0)
})
