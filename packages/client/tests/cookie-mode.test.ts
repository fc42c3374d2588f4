import { describe, expect, test } from 'vitest'
import { cookieMode } from '../src/cookie/index.ts'
import { createClient, type LatchkeyClient, type SessionState } from '../src/index.ts'
import { memoryStorage } from '../src/session/storage.ts'
import { ADA, BASE_URL, BOB, countArrived, signIn } from './support/clients.ts'
import { createCookieBrowser } from './support/cookie-browser.ts'
import { createModelServer } from './support/model-server.ts'
import { createRandom, createUnreliableNetwork, type Delivery } from './support/unreliable-network.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()

const KEY = `latchkey:${BASE_URL}`

function setUpCookieClient() {
  const server = createModelServer()
  const browser = createCookieBrowser(server)
  const storage = memoryStorage()
  const deliveries = new Map<string, Delivery[]>()
  const sent: string[] = []
  const fetch = createUnreliableNetwork(browser.fetch, (path) => {
    sent.push(path)
    return deliveries.get(path)?.shift() ?? {}
  })
  const openTab = () => createClient({ baseUrl: BASE_URL, mode: cookieMode, storage, fetch })
  return { server, browser, storage, deliveries, sent, openTab, client: openTab() }
}

describe('with the refresh token in a cookie', () => {
  test('no token is ever stored', async () => {
    const { client, storage } = setUpCookieClient()
    const { sessionId } = await settle(signIn(client, ADA))
    await passSeconds(1810)
    await settle(client.user.get())
    expect(storage.getItem(KEY)).toMatch(new RegExp(`^${sessionId} \\d+$`))
  })

  test('a new tab and a reloaded tab are signed in by the cookie alone', async () => {
    const { client, openTab } = setUpCookieClient()
    await settle(client.login(ADA))
    const reloaded = openTab()
    expect(reloaded.session.state.status).toBe('loading')
    expect(await settle(reloaded.session.ready())).toMatchObject({ userId: ADA.email })
  })

  test('a page with an empty storage tries to refresh once, and stops when there is no cookie', async () => {
    const { client, sent, openTab } = setUpCookieClient()
    expect(await settle(client.session.ready())).toEqual({ status: 'signed_out' })
    expect(await settle(openTab().session.ready())).toEqual({ status: 'signed_out' })
    expect(sent).toEqual(['/refresh/'])
  })

  test('an empty answer of a proxy is no verdict, and the same answer of the server is one', async () => {
    const { client, storage } = setUpCookieClient()
    await settle(client.login(ADA))
    let headers: Record<string, string> = {}
    const fetch = async () => new Response(null, { status: 204, headers })
    const tab = createClient({ baseUrl: BASE_URL, mode: cookieMode, storage, fetch })
    await settle(tab.session.ready().catch(() => {}))
    expect(tab.session.state.status).toBe('loading')
    headers = { 'preference-applied': 'session=optional' }
    expect(await settle(tab.session.ready())).toMatchObject({ status: 'signed_out' })
  })

  test('a cookie that another page of the site has set is used', async () => {
    const { client, storage, openTab } = setUpCookieClient()
    await settle(client.login(ADA))
    storage.removeItem(KEY)
    expect(await settle(openTab().session.ready())).toMatchObject({ userId: ADA.email })
  })

  test('a sign-out by the cookie alone signs out every tab', async () => {
    const { client, server, browser, openTab } = setUpCookieClient()
    const { sessionId } = await settle(signIn(client, ADA))
    const reloaded = openTab()
    await settle(reloaded.logout())
    await passSeconds(1)
    expect([server.isAlive(sessionId), browser.cookie]).toEqual([false, null])
    expect(client.session.state.status).toBe('signed_out')
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'not_authenticated' })
  })

  test('a sign-in as another user in one tab is seen by the other tabs', async () => {
    const { client, openTab } = setUpCookieClient()
    const other = openTab()
    await settle(client.login(ADA))
    const seen: SessionState[] = []
    other.onChange((state) => seen.push(state))
    await settle(client.login(BOB))
    await passSeconds(1)
    expect(seen.at(-1)).toMatchObject({ status: 'signed_in', userId: BOB.email })
  })

  test('a refresh that is slower than a sign-in as another user does not sign out', async () => {
    const { client, deliveries, openTab } = setUpCookieClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    deliveries.set('/refresh/', [{ requestMilliseconds: 2_000 }])
    const request = client.user.get()
    await passSeconds(1)
    await settle(openTab().login(BOB))
    expect(await settle(request)).toMatchObject({ email: BOB.email })
  })

  test('a server in the other mode is reported', async () => {
    const { server } = setUpCookieClient()
    const wrong = createClient({ baseUrl: BASE_URL, mode: cookieMode, fetch: server.fetch })
    await expect(settle(wrong.login(ADA))).rejects.toThrow('The server runs in the other mode.')
  })
})

describe.each([1, 2, 3, 4, 5])('ten tabs behind an unreliable network, seed %s', (seed) => {
  test('no tab is signed out', async () => {
    const { server, browser, storage } = setUpCookieClient()
    server.accessSeconds = 5
    const random = createRandom(seed)
    const fetch = createUnreliableNetwork(browser.fetch, (path) => {
      if (path !== '/refresh/') return {}
      const answerMilliseconds = random() < 0.5 ? random() * 20_000 : 50
      return random() < 0.25 ? { lost: 'answer' } : { answerMilliseconds }
    })
    const tabs = Array.from({ length: 10 }, () =>
      createClient({ baseUrl: BASE_URL, mode: cookieMode, storage, fetch }),
    )
    await settle((tabs[0] as LatchkeyClient).login(ADA))
    const until = Date.now() + 300_000
    const browsing = tabs.map(async (tab) => {
      while (Date.now() < until) {
        await tab.user.get().catch(() => {})
        await new Promise((resolve) => setTimeout(resolve, random() * 8_000))
      }
    })
    await passSeconds(400)
    await Promise.all(browsing)
    expect(tabs.map(({ session }) => session.state.status)).toEqual(Array(10).fill('signed_in'))
    expect(countArrived(server, 'POST /refresh/')).toBeGreaterThan(100)
  })
})
