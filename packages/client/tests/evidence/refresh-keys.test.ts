import { afterEach, describe, expect, test, vi } from 'vitest'
import { memoryStorage, type TokenStorage } from '../../src/index.ts'
import { KEY, openBrowser, sentHeaders, signInAndWait } from '../support/bound-browser.ts'
import { ADA, setUpClient } from '../support/clients.ts'
import { json, refuse } from '../support/model-server.ts'
import { holdTime, passSeconds, settle } from '../support/vitest.ts'

holdTime()
afterEach(() => vi.unstubAllGlobals())

const LATE = [60, 3600, 13 * 86_400]
const FORGOTTEN_SECONDS = 61

/** Opens a client outside of browsers, and lets its access token expire. */
async function expire(storage: TokenStorage = memoryStorage()) {
  const setup = setUpClient({ storage })
  await settle(setup.client.login(ADA))
  await passSeconds(1810)
  return { ...setup, storage }
}

type Setup = Awaited<ReturnType<typeof expire>>

function readItem({ storage }: Pick<Setup, 'storage'>) {
  return JSON.parse(String(storage.getItem(KEY)))
}

function keysOf({ server }: Pick<Setup, 'server'>): (string | null)[] {
  return server.headers.flatMap((headers, index) =>
    server.arrived[index] === 'POST /refresh/' ? [headers.get('idempotency-key')] : [],
  )
}

describe('a client whose storage is of one process', () => {
  test('stores a key beside the token before it sends it, and forgets it with the answer', async () => {
    const setup = await expire()
    let stored: string | undefined
    setup.server.override = (path) => {
      if (path === '/refresh/') stored = readItem(setup).key
      return undefined
    }
    await settle(setup.client.user.get())
    expect(keysOf(setup)).toEqual([`"${stored}"`])
    expect(stored).toMatch(/^[\w-]{22}$/)
    expect(readItem(setup)).not.toHaveProperty('key')
  })

  test('makes another key for each refresh', async () => {
    const setup = await expire()
    await settle(setup.client.user.get())
    await passSeconds(1810)
    await settle(setup.client.user.get())
    expect(new Set(keysOf(setup)).size).toBe(2)
  })

  test.each(LATE)(
    'goes on when the answer to its refresh was lost, also after %s seconds and a restart',
    async (seconds) => {
      const setup = await expire()
      setup.deliveries.set('/refresh/', Array(60).fill({ lost: 'answer' }))
      await expect(settle(setup.client.user.get())).rejects.toMatchObject({ status: 0 })
      await passSeconds(60)
      setup.client.close()
      setup.deliveries.clear()
      await passSeconds(seconds)
      const restarted = setup.openTab()
      expect(await settle(restarted.user.get())).toMatchObject({ email: ADA.email })
      expect(setup.server.thefts).toBe(0)
      expect(setup.server.late.keyed).toBeGreaterThan(0)
      expect(new Set(keysOf(setup)).size).toBe(1)
    },
  )

  test('makes another key when the server has taken this one for another refresh', async () => {
    const setup = await expire()
    let refusals = 1
    setup.server.override = (path) =>
      path === '/refresh/' && refusals-- > 0 ? refuse(422, 'idempotency_key_reused', 'used') : undefined
    expect(await settle(setup.client.user.get())).toMatchObject({ email: ADA.email })
    expect(new Set(keysOf(setup)).size).toBe(2)
    expect(readItem(setup)).not.toHaveProperty('key')
  })

  test('makes a few keys at most', async () => {
    const setup = await expire()
    setup.server.override = (path) =>
      path === '/refresh/' ? refuse(422, 'idempotency_key_reused', 'used') : undefined
    await expect(settle(setup.client.user.get())).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    expect(setup.client.session.state.status).toBe('signed_in')
    expect(keysOf(setup)).toHaveLength(3)
  })

  test('has one key for clients that refresh the same token at the same time', async () => {
    const setup = await expire()
    setup.deliveries.set('/refresh/', [{ answerMilliseconds: 500 }, { answerMilliseconds: 500 }])
    const other = setup.openTab()
    await Promise.all([settle(setup.client.user.get()), settle(other.user.get())])
    expect(keysOf(setup).length).toBeGreaterThan(0)
    expect(new Set(keysOf(setup)).size).toBe(1)
  })

  test('keeps the key in memory while its storage is full', async () => {
    const inner = memoryStorage()
    const storage = { ...inner, isFull: false }
    storage.setItem = (key, value) => {
      if (storage.isFull) throw new DOMException('Full.', 'QuotaExceededError')
      return inner.setItem(key, value)
    }
    const setup = await expire(storage)
    storage.isFull = true
    setup.deliveries.set('/refresh/', [{ lost: 'answer' }])
    expect(await settle(setup.client.user.get())).toMatchObject({ email: ADA.email })
    expect(keysOf(setup)).toHaveLength(2)
    expect(new Set(keysOf(setup)).size).toBe(1)
  })

  test('repeats a refresh for as long with a server without grace', async () => {
    const { storage, deliveries, openTab } = await expire()
    const client = openTab({ refreshGraceSeconds: 0, timeoutSeconds: 60 })
    deliveries.set('/refresh/', [{ lost: 'answer' }, { lost: 'answer' }])
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
    expect(readItem({ storage })).not.toHaveProperty('key')
  })

  test('sends no key from a storage of one request, where it would answer whoever copies the cookie', async () => {
    const setup = await expire({ ...memoryStorage(), lifetime: 'request' })
    await settle(setup.client.user.get())
    expect(keysOf(setup)).toEqual([null])
  })
})

describe.each([
  ['cookie mode', { inCookie: true }],
  ['a storage of the browser and bound: false', { bound: false }],
])('tabs of a browser with %s', (_name, options) => {
  test('take one key, which is in IndexedDB', async () => {
    const browser = openBrowser(options)
    await signInAndWait(browser)
    browser.deliveries.push({ answerMilliseconds: 500 }, { answerMilliseconds: 500 })
    const other = browser.openTab()
    await Promise.all([settle(browser.client.session.accessToken()), settle(other.session.accessToken())])
    const keys = new Set(sentHeaders(browser, '/refresh/', 'idempotency-key'))
    const kept = [...browser.database.items.values()]
    expect([...keys]).toEqual(kept.map((key) => `"${key}"`))
    expect(String(browser.storage.getItem(KEY))).not.toContain('"key"')
  })

  test.each(LATE)('go on when the answer to a refresh was lost, also after %s seconds', async (seconds) => {
    const browser = openBrowser(options)
    await signInAndWait(browser)
    browser.deliveries.push(...Array(60).fill({ lost: 'answer' }))
    await expect(settle(browser.client.user.get())).rejects.toMatchObject({ status: 0 })
    await passSeconds(60)
    browser.deliveries.length = 0
    await passSeconds(seconds)
    expect(await settle(browser.openTab().user.get())).toMatchObject({ email: ADA.email })
    expect(browser.server.thefts).toBe(0)
  })

  test('keep the key a minute longer than its answer, for a browser that is killed and comes back with the former token', async () => {
    const browser = openBrowser(options)
    await signInAndWait(browser)
    await settle(browser.client.user.get())
    await passSeconds(5)
    expect(browser.database.items.size).toBe(1)
    await passSeconds(FORGOTTEN_SECONDS)
    expect(browser.database.items.size).toBe(0)
  })

  test('refresh again within this minute by another key', async () => {
    const browser = openBrowser(options)
    await signInAndWait(browser)
    await settle(browser.client.session.refresh())
    browser.server.skewSeconds += 31
    await settle(browser.client.session.refresh())
    const keys = sentHeaders(browser, '/refresh/', 'idempotency-key')
    // The second one was refused with 422, and made anew.
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(2)
    expect(browser.client.session.state.status).toBe('signed_in')
  })

  test.each(['throws', 'fails', 'hangs'] as const)(
    'refresh without a key where IndexedDB %s',
    async (behaviour) => {
      const browser = openBrowser(options)
      browser.database.behaviour = behaviour
      await signInAndWait(browser)
      await settle(browser.client.session.refresh().catch(() => {}))
      await passSeconds(10)
      expect(sentHeaders(browser, '/refresh/', 'idempotency-key')).toContain(null)
      expect(browser.client.session.state.status).toBe('signed_in')
    },
  )

  test('forget the key of a session that is over', async () => {
    const browser = openBrowser(options)
    await signInAndWait(browser)
    browser.server.override = (path) =>
      path === '/refresh/' ? refuse(401, 'token_not_valid', 'Token is invalid or expired') : undefined
    await settle(browser.client.session.accessToken())
    await passSeconds(FORGOTTEN_SECONDS)
    expect(browser.client.session.state.status).toBe('signed_out')
    expect(browser.database.items.size).toBe(0)
  })
})

test('a server of a former release, which knows no keys, answers as before', async () => {
  const setup = await expire()
  const { fetch } = setup.server
  const former: typeof globalThis.fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    headers.delete('idempotency-key')
    return fetch(input, { ...init, headers })
  }
  expect(await settle(setup.openTab({ fetch: former }).user.get())).toMatchObject({ email: ADA.email })
})

test('an answer that is no JSON leaves the key for the next request', async () => {
  const setup = await expire()
  let answers = 1
  setup.server.override = (path) => (path === '/refresh/' && answers-- > 0 ? json('hotel') : undefined)
  expect(await settle(setup.client.user.get())).toMatchObject({ email: ADA.email })
  expect(new Set(keysOf(setup)).size).toBe(1)
})
