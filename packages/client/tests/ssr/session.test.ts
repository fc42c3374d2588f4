import { readClaims, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { perHour, startThrottledServer } from '../../../../apps/server/tests/hostile/throttled-server.ts'
import type { TestServer } from '../../../../apps/server/tests/test-server.ts'
import { createFetch } from '../../src/fetch/index.ts'
import { AccessRefusal } from '../../src/server/index.ts'
import { createServerAuth } from '../../src/ssr/index.ts'
import { APP_URL, createApp, putAccess, signUpAt, visit } from './app.ts'
import { createBrowser } from './place.ts'

let server: TestServer
beforeAll(async () => {
  server = await startThrottledServer({ login: perHour(3) })
})
afterAll(() => server.close())

interface Sessions {
  sessions: { ip: string }[]
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** The same access token with other claims, signed by the auth server. */
function signWith(access: string, claims: object): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const { algorithm: alg, kid, sign } = server.ctx.keys.active()
  const input = `${encode({ alg, kid, typ: 'JWT' })}.${encode({ ...readClaims(access), ...claims })}`
  return `${input}.${sign(input)}`
}

describe('the session of a request', () => {
  test('is verified without a call, but for the public keys once', async () => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    app.asked.length = 0
    const session = await app.auth.getSession(visit(browser))
    expect(session).toMatchObject({ status: 'signed_in', role: 0, emailVerified: false })
    expect(readClaims(session?.accessToken ?? '')).toMatchObject({ sub: session?.userId })
    await app.auth.getSession({ cookies: browser })
    await app.auth.getSession({ headers: { cookie: browser.header() } })
    expect(app.asked).toEqual(['GET /.well-known/jwks.json'])
  })

  test('is null for a visitor, and tells an expired token from none', async () => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    const access = (await app.auth.getSession({ cookies: browser }))?.accessToken ?? ''
    expect(await app.auth.getSession(visit(createBrowser()))).toBeNull()
    putAccess(browser, signWith(access, { iat: 1_700_000_000, exp: 1_700_000_100 }))
    expect(await app.auth.getSession(visit(browser))).toBeNull()
    expect(await app.auth.readSession(visit(browser))).toEqual({ status: 'signed_out', reason: 'expired' })
  })

  test.each([
    ['garbage', () => 'x'],
    [
      'a changed claim',
      (access: string) => access.replace(/\.[\w-]+\./, `.${btoa('{"iat":1,"exp":9e9,"session":"1"}')}.`),
    ],
    ['another issuer', (access: string) => signWith(access, { iss: 'https://evil.example' })],
  ])('is nobody for %s in the cookie', async (_, forge) => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    const access = (await app.auth.getSession({ cookies: browser }))?.accessToken ?? ''
    putAccess(browser, forge(access))
    expect(await app.auth.readSession(visit(browser))).toEqual({ status: 'signed_out', reason: 'signed_out' })
  })

  test('is unknown, and not nobody, while the keys cannot be fetched', async () => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    app.override = () => new Response('', { status: 503 })
    await expect(app.auth.getSession(visit(browser))).rejects.toThrow(AccessRefusal)
  })
})

describe('behind an app', () => {
  const headers = { 'X-Forwarded-For': '198.51.100.9, 203.0.113.7', 'User-Agent': FIREFOX }

  test('a session has the address and the device of its user, whatever the user forged', async () => {
    const app = createApp(server, { trustedProxies: 1 })
    const { email, password } = await signUp(server.ctx)
    const browser = createBrowser()
    const client = app.auth.clientFor({ cookies: browser, headers: new Headers(headers) })
    await client.login({ email, password })
    const { sessions } = await client.sessions.list()
    expect(sessions.find(({ current }) => current)).toMatchObject({
      ip: '203.0.113.7',
      browser: expect.stringContaining('Firefox'),
    })
  })

  test('guesses count per user, so that one who guesses locks out no other user of the app', async () => {
    const app = createApp(server, { trustedProxies: 1 })
    const { email, password } = await signUp(server.ctx)
    const login = (address: string, tried: string) => {
      const place = { cookies: createBrowser(), headers: { 'x-forwarded-for': address } }
      return app.auth.clientFor(place).login({ email, password: tried })
    }
    for (let guess = 0; guess < 3; guess++)
      await expect(login('198.51.100.9', `guess ${guess}`)).rejects.toMatchObject({
        code: 'incorrect_credentials',
      })
    await expect(login('198.51.100.9', password)).rejects.toMatchObject({ code: 'throttled' })
    expect(await login('203.0.113.7', password)).toMatchObject({ status: 'signed_in' })
  })

  test('the auth server hears it however its address is written', async () => {
    const { email, password } = await signUp(server.ctx)
    const baseUrl = server.url.replace('http://', 'HTTP://')
    const { auth } = createApp(server, { baseUrl: `${baseUrl}/`, trustedProxies: 1 })
    const client = auth.clientFor({ cookies: createBrowser(), headers: new Headers(headers) })
    await client.login({ email, password })
    const { sessions } = (await (await createFetch(client)(`${server.url}/sessions/`)).json()) as Sessions
    expect(sessions.map(({ ip }) => ip)).toContain('203.0.113.7')
  })

  test('no other server hears the address of the user', async () => {
    const seen: Headers[] = []
    const record: typeof fetch = async (input, init) => {
      seen.push(new Request(input, init).headers)
      return new Response()
    }
    const auth = createServerAuth({ baseUrl: server.url, appUrl: APP_URL, trustedProxies: 1, fetch: record })
    const place = { cookies: createBrowser(), headers: new Headers(headers) }
    await createFetch(auth.clientFor(place))('https://elsewhere.example/')
    await createFetch(auth.clientFor(place))(server.url.replace('127.0.0.1', 'localhost'))
    expect(seen.map((sent) => sent.get('x-forwarded-for'))).toEqual([null, null])
  })
})
