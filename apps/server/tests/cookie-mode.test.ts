import { newEmail, PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call, callTrpc } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const SPA = 'https://app.example.com'
const COOKIE = /^refresh_token=[\w.-]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/
const CLEARED = /^refresh_token=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({
    app: { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' }, corsOrigins: [SPA] },
  })
})
afterAll(() => server.close())

/** The cookies of an answer, as a browser would send them back. */
function cookieOf(answer: Answer): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

function register(headers: Record<string, string> = {}) {
  const form = { password1: PASSWORD, password2: PASSWORD, first_name: 'Ada', last_name: 'Lovelace' }
  return call(`${server.url}/registration/`, {
    json: { email: newEmail(), ...form },
    headers,
  })
}

function refresh(cookie: string, headers: Record<string, string> = {}) {
  return call(`${server.url}/refresh/`, { method: 'POST', headers: { cookie, ...headers } })
}

async function sessionsOf(access: string): Promise<number> {
  const { body } = await call(`${server.url}/sessions/`, { token: access })
  return (body as { sessions: unknown[] }).sessions?.length ?? 0
}

const accessOf = (answer: Answer) => (answer.body as { access: string }).access

describe('the refresh token', () => {
  it('is in an HttpOnly cookie and in no body', async () => {
    const signedUp = await register()
    expect(signedUp.status).toBe(201)
    expect(Object.keys(signedUp.body as object)).toEqual(['access'])
    expect(signedUp.headers.get('set-cookie')).toMatch(COOKIE)
    const refreshed = await refresh(cookieOf(signedUp))
    expect(Object.keys(refreshed.body as object)).toEqual(['access'])
    expect(refreshed.headers.get('set-cookie')).toMatch(COOKIE)
    expect(cookieOf(refreshed)).not.toBe(cookieOf(signedUp))
    expect(refreshed.headers.get('cache-control')).toBe('no-store')
  })

  it('is in the cookie through tRPC too', async () => {
    const cookie = cookieOf(await register())
    const refreshed = await callTrpc(
      server.url,
      { path: 'auth.refresh', type: 'mutation' },
      { headers: { cookie } },
    )
    expect(refreshed.body).toEqual({ result: { data: { access: expect.any(String) } } })
    expect(refreshed.headers.get('set-cookie')).toMatch(COOKIE)
  })

  it('is set in the cookie of a streamed tRPC batch', async () => {
    const cookie = cookieOf(await register())
    const refreshed = await call(`${server.url}/trpc/auth.refresh?batch=1`, {
      json: { 0: {} },
      headers: { cookie, 'trpc-accept': 'application/jsonl' },
    })
    expect(refreshed.text).toContain('"access"')
    expect(refreshed.headers.get('set-cookie')).toMatch(COOKIE)
    expect(await sessionsOf(/"access":"([^"]+)"/.exec(refreshed.text)?.[1] ?? '')).toBe(1)
    const signedOut = await call(`${server.url}/trpc/auth.logout?batch=1`, {
      json: { 0: {} },
      headers: { cookie: cookieOf(refreshed), 'trpc-accept': 'application/jsonl' },
    })
    expect(signedOut.headers.get('set-cookie')).toMatch(CLEARED)
  })

  it('changes with the password, and the former cookie is refused', async () => {
    const signedUp = await register()
    const passwords = {
      old_password: PASSWORD,
      new_password1: 'another fine battery',
      new_password2: 'another fine battery',
    }
    const changed = await call(`${server.url}/password/change/`, {
      json: passwords,
      token: accessOf(signedUp),
    })
    expect(changed.body).toEqual({ detail: 'New password has been saved.', access: expect.any(String) })
    expect((await refresh(cookieOf(changed))).status).toBe(200)
    expect((await refresh(cookieOf(signedUp))).status).toBe(401)
  })
})

/** Bodies of every kind, with and without a token, readable or not. */
function listBodies(token: string): Parameters<typeof call>[1][] {
  return [
    { method: 'POST' },
    { json: {} },
    { json: { refresh: token } },
    { json: [] },
    { json: null },
    { body: '{', headers: { 'content-type': 'application/json' } },
    { body: `refresh=${token}`, headers: { 'content-type': 'text/plain' } },
    { body: `refresh=${token}`, headers: { 'content-type': '' } },
    { body: new URLSearchParams({ refresh: token }) },
    { body: 'x', headers: { 'content-type': 'multipart/form-data' } },
  ]
}

/** An operation for which the cookie decides, through one of the two doors. */
type Ask = (options: Parameters<typeof call>[1]) => Promise<Answer>

const DECIDED: [string, Ask][] = ['refresh', 'logout'].flatMap((name): [string, Ask][] => [
  [`POST /${name}/`, (options) => call(`${server.url}/${name}/`, options)],
  [
    `tRPC auth.${name}`,
    (options) =>
      callTrpc(server.url, { path: `auth.${name}`, type: 'mutation' }, { ...options, input: options?.json }),
  ],
])

describe.each(DECIDED)('%s', (name, ask) => {
  const isRest = !name.startsWith('tRPC')
  /** Over tRPC a body of another type is refused for all calls of a request at once. */
  const bodiesOf = (token: string) => listBodies(token).filter((options) => isRest || !options?.body)

  it.each(['', 'refresh_token=', 'refresh_token=; other=1', 'other=1'])(
    'requires the cookie, whatever the body and the access token are: %j',
    async (cookie) => {
      const signedUp = await register()
      const [, token = ''] = /refresh_token=([^;]+)/.exec(cookieOf(signedUp)) ?? []
      for (const options of bodiesOf(token)) {
        for (const bearer of [undefined, accessOf(signedUp)]) {
          const answer = await ask({
            ...options,
            ...(bearer && { token: bearer }),
            headers: { ...options?.headers, ...(cookie && { cookie }) },
          })
          expect(answer.status).toBe(400)
          const fields = { refresh: ['This field is required.'] }
          if (isRest) expect(answer.body).toEqual(fields)
          else expect(answer.body).toMatchObject({ error: { data: { fields } } })
        }
      }
      expect(await sessionsOf(accessOf(signedUp))).toBe(1)
    },
  )

  it('follows the cookie, whatever the body and the access token are', async () => {
    const other = await register()
    for (const options of bodiesOf('x')) {
      const signedUp = await register()
      const cookie = cookieOf(signedUp)
      const answer = await ask({
        ...options,
        token: accessOf(other),
        headers: { ...options?.headers, cookie },
      })
      expect([options, answer.status]).toEqual([options, 200])
    }
    expect(await sessionsOf(accessOf(other))).toBe(1)
  })
})

describe('a refused refresh', () => {
  it('never clears the cookie, so that the loser of a race leaves the cookie of the winner alone', async () => {
    const signedUp = await register()
    await refresh(cookieOf(signedUp))
    server.clock.seconds += 31
    for (const cookie of [cookieOf(signedUp), 'refresh_token=garbage']) {
      const refused = await refresh(cookie)
      expect(refused.status).toBe(401)
      expect(refused.headers.getSetCookie()).toEqual([])
    }
  })
})

describe('signing out', () => {
  it("ends the session of the cookie beside another user's access token, and no session of that user", async () => {
    const [bearer, holder] = [await register(), await register()]
    const left = await call(`${server.url}/logout/`, {
      method: 'POST',
      token: accessOf(bearer),
      headers: { cookie: cookieOf(holder) },
    })
    expect(left).toMatchObject({ status: 200, body: { detail: 'Successfully logged out.' } })
    expect([await sessionsOf(accessOf(bearer)), await sessionsOf(accessOf(holder))]).toEqual([1, 0])
    const garbled = await call(`${server.url}/logout/`, {
      method: 'POST',
      token: accessOf(bearer),
      headers: { cookie: 'refresh_token=garbage' },
    })
    expect(garbled).toMatchObject({ status: 400, body: { code: 'token_not_valid' } })
    expect(await sessionsOf(accessOf(bearer))).toBe(1)
  })

  it('reads the token from the cookie only, and clears the cookie', async () => {
    const signedUp = await register()
    const left = await call(`${server.url}/logout/`, {
      method: 'POST',
      headers: { cookie: cookieOf(signedUp) },
    })
    expect(left.body).toEqual({ detail: 'Successfully logged out.' })
    expect(left.headers.get('set-cookie')).toMatch(CLEARED)
    expect((await refresh(cookieOf(signedUp))).status).toBe(401)
  })

  it.each([
    [
      'a dead cookie',
      400,
      async (): Promise<string> => {
        const cookie = cookieOf(await register())
        await call(`${server.url}/logout/`, { method: 'POST', headers: { cookie } })
        return cookie
      },
    ],
    ['a garbled cookie', 400, async (): Promise<string> => 'refresh_token=garbage'],
    ['an empty cookie', 400, async (): Promise<string> => 'refresh_token='],
    ['no cookie', 400, async (): Promise<string> => ''],
  ] as const)('clears the cookie also for %s', async (_name, status, makeCookie) => {
    const refused = await call(`${server.url}/logout/`, {
      method: 'POST',
      headers: { cookie: await makeCookie() },
    })
    expect(refused.status).toBe(status)
    expect(refused.headers.get('set-cookie')).toMatch(CLEARED)
  })

  it('of every session, and deleting the user, clear the cookie', async () => {
    const signedUp = await register()
    const everywhere = await call(`${server.url}/logout-all/`, { method: 'POST', token: accessOf(signedUp) })
    expect(everywhere.headers.get('set-cookie')).toMatch(CLEARED)
    const token = accessOf(await register())
    const deleted = await call(`${server.url}/user/delete/`, { json: { password: PASSWORD }, token })
    expect(deleted.headers.get('set-cookie')).toMatch(CLEARED)
  })
})

describe('another site', () => {
  const foreign: [string, Record<string, string>][] = [
    ['another origin', { origin: 'https://evil.example' }],
    ['a look-alike origin', { origin: 'https://app.example.com.evil.example' }],
    ['an origin of another scheme', { origin: 'http://app.example.com' }],
    ['an origin of another port', { origin: 'https://app.example.com:8443' }],
    ['the origin of a sandbox', { origin: 'null' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site fetch of a neighbour', { 'sec-fetch-site': 'same-site' }],
  ]

  it.each(foreign)('cannot refresh, sign in, sign up or sign out: %s', async (_name, headers) => {
    const signedUp = await register()
    const cookie = cookieOf(signedUp)
    const login = { email: 'ada@example.com', password: PASSWORD }
    const refusals = [
      await refresh(cookie, headers),
      await register(headers),
      await call(`${server.url}/login/`, { json: login, headers }),
      await call(`${server.url}/logout/`, { method: 'POST', headers: { cookie, ...headers } }),
      await call(`${server.url}/logout-all/`, { method: 'POST', token: accessOf(signedUp), headers }),
      await call(`${server.url}/password/change/`, { json: {}, token: accessOf(signedUp), headers }),
    ]
    for (const refused of refusals) {
      expect(refused.status).toBe(403)
      expect(refused.body).toMatchObject({ code: 'csrf_failed' })
      expect(refused.headers.getSetCookie()).toEqual([])
    }
    expect(await sessionsOf(accessOf(signedUp))).toBe(1)
  })

  it.each(foreign)('cannot post to tRPC: %s', async (_name, headers) => {
    const cookie = cookieOf(await register())
    for (const path of ['auth.refresh', 'auth.logout', 'auth.login', 'registration.resend']) {
      const refused = await callTrpc(
        server.url,
        { path, type: 'mutation' },
        { headers: { cookie, ...headers } },
      )
      expect(refused.status).toBe(403)
      expect(refused.body).toMatchObject({ error: { data: { code: 'csrf_failed' } } })
      expect(refused.headers.getSetCookie()).toEqual([])
    }
  })

  it('of ours passes: the public URL, a configured origin, and a caller that is not a browser', async () => {
    for (const headers of [
      { origin: 'http://localhost:3000' },
      { origin: SPA, 'sec-fetch-site': 'cross-site' },
      {},
    ]) {
      expect((await refresh(cookieOf(await register()), headers as Record<string, string>)).status).toBe(200)
    }
  })
})
