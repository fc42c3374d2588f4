import { afterEach, describe, expect, test, vi } from 'vitest'
import { cookieMode } from '../src/cookie/index.ts'
import { createClient } from '../src/index.ts'
import { memoryStorage } from '../src/session/storage.ts'
import { ADA, BASE_URL, BOB, countArrived, setUpClient, signIn } from './support/clients.ts'
import { createCookieBrowser } from './support/cookie-browser.ts'
import { createModelServer, readPayload, refuse } from './support/model-server.ts'
import { KEY, MODES, setUpClientInMode } from './support/modes.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()
afterEach(() => vi.unstubAllGlobals())

const DAY_SECONDS = 86_400

/** Creates a storage that a test can make full or forbidden. */
function fullStorage() {
  const inner = memoryStorage()
  const storage = {
    ...inner,
    isFull: false,
    isForbidden: false,
    getItem: (key: string) => {
      if (storage.isForbidden) throw new DOMException('Access is denied.', 'SecurityError')
      return inner.getItem(key)
    },
    setItem: (key: string, value: string) => {
      if (storage.isFull) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
      inner.setItem(key, value)
    },
  }
  return storage
}

describe.each(MODES)('a storage that fails, in %s mode', (mode) => {
  test('from the start: the session is kept in memory', async () => {
    const storage = fullStorage()
    storage.isFull = true
    const { client } = setUpClientInMode(mode, storage)
    await settle(client.login(ADA))
    await passSeconds(1810)
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
    await passSeconds(1810)
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
    await settle(client.logout())
    expect(client.session.state.status).toBe('signed_out')
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'not_authenticated' })
  })

  test('later: no refresh is lost', async () => {
    const storage = fullStorage()
    const { client } = setUpClientInMode(mode, storage)
    await settle(client.login(ADA))
    storage.isFull = true
    for (let round = 0; round < 4; round++) {
      await passSeconds(1810)
      expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
    }
    storage.isFull = false
    await passSeconds(1810)
    await settle(client.user.get())
    expect(client.session.state.status).toBe('signed_in')
  })

  test('a sign-out or sign-in of another tab is still seen', async () => {
    const storage = fullStorage()
    const { client, openTab } = setUpClientInMode(mode, storage)
    await settle(client.login(ADA))
    storage.isFull = true
    await passSeconds(1810)
    await settle(client.user.get())
    storage.isFull = false
    const other = openTab()
    await settle(other.logout())
    await passSeconds(1)
    expect(client.session.state.status).toBe('signed_out')
    await settle(other.login(BOB))
    await passSeconds(1)
    expect(client.session.state).toMatchObject({ userId: BOB.email })
  })

  test('on every read: calls still succeed', async () => {
    const storage = fullStorage()
    storage.isForbidden = true
    storage.isFull = true
    const { client } = setUpClientInMode(mode, storage)
    await settle(client.login(ADA))
    await passSeconds(1810)
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
  })
})

describe.each(MODES)('a local clock that is set, in %s mode', (mode) => {
  test.each([-DAY_SECONDS, DAY_SECONDS])(
    'by %s seconds: the user stays signed in, with few refreshes',
    async (step) => {
      const { client, server } = setUpClientInMode(mode)
      await settle(client.login(ADA))
      await passSeconds(1810)
      await settle(client.user.get())
      const before = countArrived(server, 'POST /refresh/')
      // The clock of the server is not set, so it is ahead when the local clock is set back.
      vi.setSystemTime(Date.now() + step * 1000)
      server.skewSeconds -= step
      for (let round = 0; round < 8; round++) {
        await passSeconds(600)
        expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
      }
      expect(countArrived(server, 'POST /refresh/') - before).toBeLessThanOrEqual(5)
    },
  )
})

describe('a refresh refused with Retry-After', () => {
  test.each([429, 503])('is not sent again by any call until then: %s', async (status) => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    server.override = (path) =>
      path === '/refresh/' ? refuse(status, 'throttled', 'wait', { 'Retry-After': '60' }) : undefined
    for (let second = 0; second < 50; second++) {
      await expect(settle(client.user.get())).rejects.toMatchObject({ status })
      await passSeconds(1)
    }
    expect(countArrived(server, 'POST /refresh/')).toBe(1)
    expect(client.session.state.status).toBe('signed_in')
    server.override = null
    await passSeconds(10)
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
  })

  test('does not delay a sign-in', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    server.override = (path) =>
      path === '/refresh/' ? refuse(429, 'throttled', 'wait', { 'Retry-After': '60' }) : undefined
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'throttled' })
    await settle(client.login(BOB))
    expect(await settle(client.user.get())).toMatchObject({ email: BOB.email })
  })
})

describe.each(MODES)('a sign-in as another user while a refresh is running, in %s mode', (mode) => {
  test.each(['in the same tab', 'in another tab'])(
    '%s is not undone by the late answer of the refresh',
    async (where) => {
      const { client, deliveries, openTab } = setUpClientInMode(mode)
      await settle(client.login(ADA))
      await passSeconds(1810)
      deliveries.set('/refresh/', [{ answerMilliseconds: 2_000 }])
      void client.user.get().catch(() => {})
      await passSeconds(1)
      const tab = where === 'in the same tab' ? client : openTab()
      await settle(tab.login(BOB))
      for (let round = 0; round < 3; round++) {
        await passSeconds(1810)
        expect(await settle(tab.user.get())).toMatchObject({ email: BOB.email })
        expect(await settle(client.user.get())).toMatchObject({ email: BOB.email })
      }
    },
  )
})

test('the late cookie of an older session signs out, and never shows the older user', async () => {
  const server = createModelServer()
  const browser = createCookieBrowser(server)
  const client = createClient({ baseUrl: BASE_URL, mode: cookieMode, fetch: browser.fetch })
  await settle(client.login(ADA))
  const adas = browser.cookie
  await passSeconds(5)
  await settle(client.login(BOB))
  browser.cookie = adas
  await passSeconds(1810)
  await expect(settle(client.user.get())).rejects.toMatchObject({ status: 401 })
  expect(client.session.state.status).toBe('signed_out')
})

test('refreshGraceSeconds sets the time in which a refresh without a key is repeated', async () => {
  const storage = { ...memoryStorage(), lifetime: 'request' as const }
  const { client, server, deliveries } = setUpClient({ storage, refreshGraceSeconds: 6, timeoutSeconds: 60 })
  await settle(client.login(ADA))
  await passSeconds(1810)
  const started = Date.now()
  deliveries.set('/refresh/', Array(50).fill({ lost: 'answer silently' }))
  await expect(settle(client.user.get())).rejects.toMatchObject({ status: 0 })
  expect(Date.now() - started).toBeLessThanOrEqual(6_000)
  expect(countArrived(server, 'POST /refresh/')).toBeGreaterThan(3)
})

test('a refresh request is aborted before the grace ends', async () => {
  const { client, deliveries, server } = setUpClient({ timeoutSeconds: 60 })
  const { sessionId } = await settle(signIn(client, ADA))
  await passSeconds(1810)
  // The browser delays requests while all its connections are in use; the first request has been sent.
  deliveries.set('/refresh/', [
    { lost: 'answer silently' },
    ...Array(50).fill({ requestMilliseconds: 40_000 }),
  ])
  await expect(settle(client.user.get())).rejects.toMatchObject({ status: 0 })
  await passSeconds(60)
  expect(server.isAlive(sessionId)).toBe(true)
})

describe('a sign-out in cookie mode that fails', () => {
  test.each([
    ['unavailable', () => refuse(503, 'unavailable', 'busy')],
    ['unexpected_answer', () => new Response('<h1>Proxy login</h1>', { status: 401 })],
    [
      'network_error',
      () => {
        throw new TypeError('fetch failed')
      },
    ],
  ])('rejects, signs the user out in this browser, and can be tried again: %s', async (code, answer) => {
    const { client, server, openTab } = setUpClientInMode('cookie')
    const { sessionId } = await settle(signIn(client, ADA))
    server.override = (path) => (path === '/logout/' ? answer() : undefined)
    await expect(settle(client.logout())).rejects.toMatchObject({ code })
    expect(client.session.state.status).toBe('signed_out')
    expect(await settle(openTab().session.ready())).toEqual({ status: 'signed_out' })
    server.override = null
    await settle(client.logout())
    expect(server.isAlive(sessionId)).toBe(false)
  })
})

test.each(MODES)('all tabs have the same state after a storage is cleared, in %s mode', async (mode) => {
  const { client, storage, openTab } = setUpClientInMode(mode)
  await settle(client.login(ADA))
  storage.removeItem(KEY)
  await passSeconds(1)
  // The tokens are gone, and the cookie is still there.
  const expected = mode === 'cookie' ? 'signed_in' : 'signed_out'
  expect(client.session.state.status).toBe(expected)
  expect((await settle(openTab().session.ready())).status).toBe(expected)
  expect(readPayload((await settle(client.session.accessToken())) ?? '').user_id).toBe(
    mode === 'cookie' ? ADA.email : undefined,
  )
})
