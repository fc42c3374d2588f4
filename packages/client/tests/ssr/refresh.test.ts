import { PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../../apps/server/tests/test-server.ts'
import { age, createApp, IMPATIENT, signUpAt, visit } from './app.ts'
import { createBrowser } from './place.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const countRefreshes = (asked: string[]) => asked.filter((request) => request === 'POST /refresh/').length
const answer = () => new Response('<p>Hello</p>')

describe('a middleware', () => {
  test('refreshes an old access token, for what follows and for the browser', async () => {
    const app = createApp(server)
    const { browser, email } = await signUpAt(app)
    age(browser)
    const old = browser.header()
    const visited = await app.auth.refresh(visit(browser))
    expect(await visited.readSession()).toMatchObject({ status: 'signed_in', userId: expect.any(String) })
    const headers = visited.requestHeaders()
    expect(headers.get('cookie')).not.toBe(old)
    const next = { url: '/account', headers }
    expect(await app.auth.clientFor(next).user.get()).toMatchObject({ email })
    const answered = visited.applyTo(answer())
    expect(answered.headers.get('cache-control')).toBe('private, no-store')
    expect(answered.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-latchkey=[\w.~-]+; Path=\/; Max-Age=1209600; HttpOnly; SameSite=Lax; Secure$/,
      ),
    ])
    browser.accept(answered)
    expect(browser.header()).toBe(headers.get('cookie'))
    expect(countRefreshes(app.asked)).toBe(1)
  })

  test('asks nothing for a fresh token, and leaves the answer as it is', async () => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    app.asked.length = 0
    const visited = await app.auth.refresh(visit(browser))
    const page = answer()
    expect(visited.applyTo(page)).toBe(page)
    expect(page.headers.getSetCookie()).toEqual([])
    expect(app.asked.filter((request) => !request.includes('jwks'))).toEqual([])
  })

  test('leaves the other cookies of the request, and passes on nothing of an ended session', async () => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    await app.auth.clientFor({ cookies: createBrowser(browser) }).logout()
    age(browser)
    const visited = await app.auth.refresh(
      visit(browser, { Cookie: `theme=dark; ${browser.header()}; a=b=c` }),
    )
    expect(await visited.readSession()).toEqual({ status: 'signed_out', reason: 'signed_out' })
    expect(visited.requestHeaders().get('cookie')).toBe('theme=dark; a=b=c')
    browser.accept(visited.applyTo(answer()))
    expect(browser.header()).toBe('')
  })

  test('adds cookies to a redirect too, whose headers cannot be changed', async () => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    age(browser)
    const visited = await app.auth.refresh(visit(browser))
    const redirect = visited.applyTo(Response.redirect('https://app.example.com/', 303))
    expect(redirect.status).toBe(303)
    expect(redirect.headers.getSetCookie()).toHaveLength(1)
  })

  test('writes the cookies of Node at once, beside those of others and in place of its own', async () => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    age(browser)
    const headers = new Map<string, string[]>([['Set-Cookie', ['theme=dark']]])
    const response = { getHeader: (name: string) => headers.get(name), setHeader: headers.set.bind(headers) }
    const request = { method: 'GET', url: '/', headers: { cookie: browser.header() } }
    await app.auth.refresh(request, response)
    expect(headers.get('Set-Cookie')).toEqual(['theme=dark', expect.stringContaining('__Host-latchkey=')])
  })
})

describe('a shared cache', () => {
  test('stores no answer to a signed-in visitor, unless the app says so', async () => {
    const { auth, browser } = await visitAgain()
    const visited = await auth.refresh(visit(browser))
    expect(visited.applyTo(answer()).headers.get('cache-control')).toBe('private')
    const redirect = visited.applyTo(Response.redirect('https://app.example.com/', 303))
    expect(redirect.headers.get('cache-control')).toBe('private')
    const own = visited.applyTo(new Response('', { headers: { 'cache-control': 'public, max-age=60' } }))
    expect(own.headers.get('cache-control')).toBe('public, max-age=60')
  })

  test('stores none of Node either, and the app may say otherwise after it', async () => {
    const { auth, browser } = await visitAgain()
    const request = { method: 'GET', url: '/', headers: { cookie: browser.header() } }
    for (const [said, kept] of [
      [[], 'private'],
      [[['Cache-Control', 'no-cache']], 'no-cache'],
    ] as [[string, string][], string][]) {
      const headers = new Map<string, string | string[]>(said)
      await auth.refresh(request, {
        getHeader: (name) => headers.get(name),
        setHeader: headers.set.bind(headers),
      })
      expect(headers.get('Cache-Control')).toBe(kept)
    }
  })

  test('may store the answer to a visitor without a session', async () => {
    const { auth } = createApp(server)
    const headers = new Map<string, string | string[]>()
    const response = { getHeader: (name: string) => headers.get(name), setHeader: headers.set.bind(headers) }
    const visited = await auth.refresh({ method: 'GET', url: '/', headers: {} }, response)
    expect([visited.applyTo(answer()).headers.get('cache-control'), headers.size]).toEqual([null, 0])
  })

  async function visitAgain() {
    const { auth, ...app } = createApp(server)
    return { auth, ...(await signUpAt({ auth, ...app })) }
  }
})

describe('the requests of one page', () => {
  test('refresh once together, and requests that come a moment later get the same tokens', async () => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    age(browser)
    const together = await Promise.all(Array.from({ length: 10 }, () => app.auth.refresh(visit(browser))))
    const later = await app.auth.refresh(visit(browser))
    expect(countRefreshes(app.asked)).toBe(1)
    const cookies = [...together, later].map((visited) => visited.requestHeaders().get('cookie'))
    expect(new Set(cookies.map((cookie) => cookie?.replace(/\d{13}/, ''))).size).toBe(1)
  })

  test('all stay signed in when they reach ten processes, by the grace of the auth server', async () => {
    const apps = Array.from({ length: 10 }, () => createApp(server))
    const { browser, email } = await signUpAt(createApp(server))
    age(browser)
    const visits = await Promise.all(apps.map(({ auth }) => auth.refresh(visit(browser))))
    const sessions = await Promise.all(visits.map((visited) => visited.readSession()))
    expect(sessions.map(({ status }) => status)).toEqual(Array(10).fill('signed_in'))
    for (const visited of visits) browser.accept(visited.applyTo(answer()))
    age(browser)
    const { client } = await createApp(server).auth.refresh(visit(browser))
    expect(await client.user.get()).toMatchObject({ email })
  })

  test('go on when the one that asks for the tokens is given up', async () => {
    const app = createApp(server, { timeoutSeconds: 30 })
    const { browser } = await signUpAt(app)
    age(browser)
    const first = app.auth.clientFor({ cookies: createBrowser(browser) })
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    app.override = () => held.then(() => undefined as never)
    const abandoned = first.session.accessToken()
    const second = app.auth.clientFor({ cookies: createBrowser(browser) }).session.accessToken()
    release()
    expect(await second).toBe(await abandoned)
    expect(countRefreshes(app.asked)).toBe(1)
  })

  test.each([
    [{ 'Next-Router-Prefetch': '1' }],
    [{ Purpose: 'prefetch' }],
    [{ 'Sec-Purpose': 'prefetch;prerender' }],
  ])('refresh nothing for a prefetch %j while its token lives', async (headers) => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    const value = browser.jar.get('__Host-latchkey') ?? ''
    // Of the 30 minutes of the token half a minute is left, in which a visit refreshes.
    browser.jar.set(
      '__Host-latchkey',
      value.replace(/\d{13}/, (at) => String(Number(at) - 1_770_000)),
    )
    expect(await (await app.auth.refresh(visit(browser, headers))).getSession()).not.toBeNull()
    expect(countRefreshes(app.asked)).toBe(0)
    await app.auth.refresh(visit(browser))
    expect(countRefreshes(app.asked)).toBe(1)
    age(browser)
    await app.auth.refresh(visit(browser, headers))
    expect(countRefreshes(app.asked)).toBe(1)
  })

  test('that were under way at a sign-out get no tokens of the ended session', async () => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    age(browser)
    const late = createBrowser(browser)
    browser.accept((await app.auth.refresh(visit(browser))).applyTo(answer()))
    await app.auth.clientFor({ cookies: browser }).logout()
    const visited = await app.auth.refresh(visit(late))
    expect(await visited.getSession()).toBeNull()
  })
})

describe('while the auth server is down', () => {
  test('an old token costs no session: the visit says why, and the next one tries again', async () => {
    const app = createApp(server, IMPATIENT)
    const { browser } = await signUpAt(createApp(server))
    age(browser)
    app.override = (path) => (path === '/refresh/' ? new Response('', { status: 503 }) : undefined)
    const visited = await app.auth.refresh(visit(browser))
    expect(visited.error).toMatchObject({ name: 'LatchkeyError' })
    // The old cookie could arrive after the new one of another request.
    expect(visited.applyTo(answer()).headers.getSetCookie()).toEqual([])
    app.override = null
    // On a busy machine the first answer may come too late for this app.
    const revisit = async () => {
      const { error, getSession } = await app.auth.refresh(visit(browser))
      return { error, isSignedIn: (await getSession()) !== null }
    }
    await expect.poll(revisit).toEqual({ error: null, isSignedIn: true })
  })
})

test('a visit signs in and out, and its answer has the cookie', async () => {
  const app = createApp(server)
  const { email } = await signUpAt(app)
  const browser = createBrowser()
  const first = await app.auth.refresh(visit(browser))
  await first.client.login({ email, password: PASSWORD })
  expect(await first.getSession()).not.toBeNull()
  browser.accept(first.applyTo(answer()))
  expect(await app.auth.getSession(visit(browser))).toMatchObject({ status: 'signed_in' })
  const second = await app.auth.refresh(visit(browser))
  await second.client.logout()
  browser.accept(second.applyTo(answer()))
  expect(browser.header()).toBe('')
})
