import { afterEach, describe, expect, test, vi } from 'vitest'
import { memoryStorage, type SignedIn } from '../../src/index.ts'
import { deviceStorage, KEY, openBrowser, sentHeaders, signInAndWait } from '../support/bound-browser.ts'
import { ADA, BOB } from '../support/clients.ts'
import { holdTime, passSeconds, settle } from '../support/vitest.ts'

holdTime()
afterEach(() => vi.unstubAllGlobals())

const HOUR_SECONDS = 3600

type Browser = ReturnType<typeof openBrowser>

function stateOf({ client }: Pick<Browser, 'client'>): SignedIn {
  return client.session.state as SignedIn
}

describe('a sign-in', () => {
  test('binds its session where the storage of a browser outlives the page, and says so', async () => {
    const browser = openBrowser()
    const result = await settle(browser.client.login(ADA))
    expect(result).toMatchObject({ status: 'signed_in', bound: true })
    expect(browser.openTab().session.state).toMatchObject({ status: 'signed_in', bound: true })
  })

  test('keeps a key that no script can read', async () => {
    const { client, database } = openBrowser()
    await settle(client.login(ADA))
    const { privateKey } = database.items.get(KEY) as { privateKey: CryptoKey }
    expect(privateKey.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('jwk', privateKey)).rejects.toThrow()
  })

  test.each<[string, () => Browser]>([
    ['bound: true in cookie mode', () => openBrowser({ inCookie: true, bound: true })],
    ['bound: true with a storage in memory', () => openBrowser({ bound: true, storage: memoryStorage() })],
  ])('binds its session on demand: %s', async (_name, open) => {
    const browser = open()
    await settle(browser.client.login(ADA))
    expect(stateOf(browser).bound).toBe(true)
    await passSeconds(1810)
    await settle(browser.client.user.get())
    await settle(browser.client.session.refresh())
    expect(stateOf(browser).bound).toBe(true)
  })

  test.each<[string, () => Browser]>([
    ['bound: false', () => openBrowser({ bound: false })],
    ['cookie mode', () => openBrowser({ inCookie: true })],
    ['a storage in memory', () => openBrowser({ storage: memoryStorage() })],
    ['a storage that does not say how long it keeps a session', () => openBrowser({ storage: unmarked() })],
    ['no IndexedDB', () => without('indexedDB')],
    ['no WebCrypto', () => without('crypto')],
    ['no WebCrypto, and bound: true', () => without('crypto', { bound: true })],
    ['no IndexedDB, and bound: true', () => without('indexedDB', { bound: true })],
    ['an IndexedDB that throws', () => broken('throws')],
    ['an IndexedDB that fails', () => broken('fails')],
    ['an IndexedDB that never answers', () => broken('hangs')],
    ['an IndexedDB that refuses keys', () => broken('refuses keys')],
    ['a server with DPOP=off', () => withServer('off')],
  ])('leaves its session unbound, and all is as before: %s', async (_name, open) => {
    const browser = open()
    const result = await settle(browser.client.login(ADA))
    expect(result).toMatchObject({ status: 'signed_in', bound: false })
    await passSeconds(1810)
    expect(await settle(browser.client.user.get())).toMatchObject({ email: ADA.email })
    expect(sentHeaders(browser, '/refresh/', 'dpop')).toEqual([null])
    await settle(browser.client.logout())
    expect(browser.client.session.state).toEqual({ status: 'signed_out', reason: 'signed_out' })
  })

  test('whose clock is an hour wrong is answered once with the nonce of the server', async () => {
    const browser = openBrowser()
    browser.server.skewSeconds = HOUR_SECONDS
    await settle(browser.client.login(ADA))
    expect(stateOf(browser).bound).toBe(true)
    expect(browser.server.arrived).toEqual(['POST /login/', 'POST /login/'])
  })

  test('with a server that asks for a proof fails with dpop_required where there can be none', async () => {
    const browser = openBrowser({ bound: false })
    browser.server.dpop = 'required'
    await expect(settle(browser.client.login(ADA))).rejects.toMatchObject({ code: 'dpop_required' })
  })

  test('as another user goes on with the key, and the session before is ended', async () => {
    const browser = openBrowser()
    await settle(browser.client.login(ADA))
    const { sessionId } = stateOf(browser)
    await settle(browser.client.login(BOB))
    expect(browser.server.isAlive(sessionId)).toBe(false)
    await passSeconds(1810)
    expect(await settle(browser.client.user.get())).toMatchObject({ email: BOB.email })
    expect(stateOf(browser).bound).toBe(true)
  })

  describe('whose proof the server refuses, because it knows another URL,', () => {
    /** An app in front of the server changes the path. */
    function openBehindProxy(options = {}) {
      const browser = openBrowser(options)
      const { fetch } = browser.server
      const behind: typeof globalThis.fetch = (input, init) =>
        fetch(String(input).replace('/auth/', '/'), init)
      const openTab = () => browser.openTab({ baseUrl: 'https://auth.example.com/auth', fetch: behind })
      return { ...browser, client: openTab() }
    }

    test('is unbound, with a warning for the developer', async () => {
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
      const browser = openBehindProxy()
      await settle(browser.client.login(ADA))
      expect(stateOf(browser)).toMatchObject({ status: 'signed_in', bound: false })
      expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('DPOP_BASE_URLS'))
      warn.mockRestore()
    })

    test('fails where the program asked for a bound session', async () => {
      const { client } = openBehindProxy({ bound: true })
      await expect(settle(client.login(ADA))).rejects.toMatchObject({ code: 'invalid_dpop_proof' })
    })
  })
})

function unmarked() {
  return { ...memoryStorage(), lifetime: undefined as never }
}

function without(name: 'indexedDB' | 'crypto', options = {}): Browser {
  const browser = openBrowser(options)
  vi.stubGlobal('document', new EventTarget())
  vi.stubGlobal(name, undefined)
  return browser
}

function broken(behaviour: Browser['database']['behaviour']): Browser {
  const browser = openBrowser()
  browser.database.behaviour = behaviour
  return browser
}

function withServer(dpop: 'off'): Browser {
  const browser = openBrowser()
  browser.server.dpop = dpop
  return browser
}

describe.each([false, true])('a bound session, in cookie mode: %s', (inCookie) => {
  const open = () => openBrowser({ inCookie, bound: true })

  test('is refreshed with a proof that has the nonce, which is asked for once', async () => {
    const browser = open()
    await signInAndWait(browser)
    await settle(browser.client.user.get())
    await settle(browser.client.session.refresh())
    // The nonce of the sign-in is too old. The second refresh has the nonce of the first.
    expect(browser.server.arrived.filter((request) => request === 'POST /refresh/')).toHaveLength(3)
    expect(sentHeaders(browser, '/refresh/', 'dpop')).not.toContain(null)
    expect(sentHeaders(browser, '/refresh/', 'idempotency-key')).toEqual([null, null, null])
  })

  test.each([60, HOUR_SECONDS, 13 * 24 * HOUR_SECONDS])(
    'goes on when the answer to its refresh was lost, also after %s seconds and a reload',
    async (seconds) => {
      const browser = open()
      await signInAndWait(browser)
      browser.deliveries.push({}, ...Array(60).fill({ lost: 'answer' }))
      await expect(settle(browser.client.user.get())).rejects.toMatchObject({ status: 0 })
      await passSeconds(60)
      browser.deliveries.length = 0
      await passSeconds(seconds)
      const reloaded = browser.openTab()
      expect(await settle(reloaded.user.get())).toMatchObject({ email: ADA.email })
      expect(browser.server.thefts).toBe(0)
      expect(browser.server.late.proof).toBeGreaterThan(0)
    },
  )

  test('goes on after a password change, bound to the same key', async () => {
    const browser = open()
    await settle(browser.client.login(ADA))
    const passwords = { old_password: 'a', new_password1: 'b', new_password2: 'b' }
    await settle(browser.client.password.change(passwords))
    expect(stateOf(browser).bound).toBe(true)
    await passSeconds(1810)
    expect(await settle(browser.openTab().user.get())).toMatchObject({ email: ADA.email })
    expect(stateOf(browser).bound).toBe(true)
  })

  test('keeps its key over the answer of a server of a former release, which does not say that it is bound', async () => {
    const browser = open()
    await signInAndWait(browser)
    const { fetch } = browser.server
    let isFormer = true
    const server: typeof globalThis.fetch = async (input, init) => {
      const answer = await fetch(input, init)
      const { bound, ...body } = await answer.clone().json()
      return isFormer && bound ? new Response(JSON.stringify(body), answer) : answer
    }
    browser.server.fetch = server
    const tab = inCookie ? browser.client : browser.openTab({ fetch: server })
    await settle(tab.session.refresh())
    expect(tab.session.state).toMatchObject({ bound: true })
    isFormer = false
    await passSeconds(1810)
    expect(await settle(tab.user.get())).toMatchObject({ email: ADA.email })
  })

  test('whose key is gone ends here with the reason key_lost, in all tabs', async () => {
    const browser = open()
    const other = browser.openTab()
    await signInAndWait(browser)
    const { sessionId } = stateOf(browser)
    browser.database.items.clear()
    expect(await settle(browser.client.session.accessToken())).toBeNull()
    const expected = { status: 'signed_out', reason: 'key_lost' }
    expect(browser.client.session.state).toEqual(expected)
    await passSeconds(1)
    expect(other.session.state).toEqual(expected)
    // On another device with the key it would go on.
    expect(browser.server.isAlive(sessionId)).toBe(true)
  })

  test('whose key was replaced by another one ends here too', async () => {
    const browser = open()
    await signInAndWait(browser)
    const foreign = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
    const publicKey = await crypto.subtle.exportKey('jwk', foreign.publicKey)
    browser.database.items.set(KEY, { privateKey: foreign.privateKey, publicKey })
    await settle(browser.client.session.accessToken())
    expect(browser.client.session.state).toEqual({ status: 'signed_out', reason: 'key_lost' })
    // The other key may be that of another session.
    expect(browser.database.items.has(KEY)).toBe(true)
  })

  test.each(['throws', 'fails', 'hangs'] as const)(
    'stays signed in while its key cannot be read: IndexedDB %s',
    async (behaviour) => {
      const browser = open()
      await signInAndWait(browser)
      browser.database.behaviour = behaviour
      await expect(settle(browser.client.user.get())).rejects.toMatchObject({
        code: expect.stringMatching(/storage_unavailable|timeout/),
      })
      expect(stateOf(browser).status).toBe('signed_in')
      browser.database.behaviour = null
      await passSeconds(60)
      expect(await settle(browser.client.user.get())).toMatchObject({ email: ADA.email })
    },
  )

  test('stays signed in while the server refuses the proof of its own key', async () => {
    const browser = open()
    await signInAndWait(browser)
    const refusal = () =>
      new Response(JSON.stringify({ code: 'invalid_dpop_proof', detail: 'no' }), { status: 401 })
    browser.server.override = (path) => (path === '/refresh/' ? refusal() : undefined)
    await expect(settle(browser.client.user.get())).rejects.toMatchObject({ code: 'invalid_dpop_proof' })
    expect(stateOf(browser).status).toBe('signed_in')
    browser.server.override = null
    expect(await settle(browser.client.user.get())).toMatchObject({ email: ADA.email })
  })

  test('loses its key at the sign-out', async () => {
    const browser = open()
    await settle(browser.client.login(ADA))
    await settle(browser.client.logout())
    await passSeconds(1)
    expect(browser.database.items.has(KEY)).toBe(false)
  })
})

test('a sign-in in one tab keeps its key when another tab signs out before its answer', async () => {
  const browser = openBrowser()
  await settle(browser.client.login(ADA))
  const other = browser.openTab()
  const { fetch } = browser.server
  const slow = browser.openTab({
    fetch: async (input, init) => {
      const answer = await fetch(input, init)
      await settle(other.logout())
      await passSeconds(1)
      return answer
    },
  })
  await slow.login(BOB).catch(() => {})
  await settle(browser.client.login(BOB))
  await passSeconds(1810)
  expect(await settle(browser.client.user.get())).toMatchObject({ email: BOB.email })
  expect(stateOf(browser).bound).toBe(true)
})

test('a copy of all storage without the key gets not one token', async () => {
  const browser = openBrowser()
  await signInAndWait(browser)
  const storage = deviceStorage()
  await storage.setItem(KEY, String(browser.storage.getItem(KEY)))
  browser.database.items.clear()
  const thief = browser.openTab({ storage })
  expect(await settle(thief.session.accessToken())).toBeNull()
  expect(browser.server.arrived).not.toContain('POST /refresh/')
})

test('a session that was opened before the update stays unbound and goes on', async () => {
  const browser = openBrowser({ bound: false })
  await settle(browser.client.login(ADA))
  const updated = browser.openTab({ bound: true })
  await passSeconds(1810)
  expect(await settle(updated.user.get())).toMatchObject({ email: ADA.email })
  expect(updated.session.state).toMatchObject({ bound: false })
})

test('an item without the mark of its key, as a former release writes it, still finds the key', async () => {
  const browser = openBrowser()
  await signInAndWait(browser)
  const { bound: _bound, ...item } = JSON.parse(String(browser.storage.getItem(KEY)))
  browser.storage.setItem(KEY, JSON.stringify(item))
  const tab = browser.openTab()
  expect(await settle(tab.user.get())).toMatchObject({ email: ADA.email })
  expect(tab.session.state).toMatchObject({ bound: true })
})
