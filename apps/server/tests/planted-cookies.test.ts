import { newEmail, PASSWORD, readClaims } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, call, callTrpc } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ app: { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } } })
})
beforeEach(() => {
  server.clock.seconds = 0
})
afterAll(() => server.close())

const DOORS: [string, (name: string, cookie: string) => Promise<Answer>][] = [
  ['REST', (name, cookie) => call(`${server.url}/${name}/`, { method: 'POST', headers: { cookie } })],
  [
    'tRPC',
    (name, cookie) =>
      callTrpc(server.url, { path: `auth.${name}`, type: 'mutation' }, { headers: { cookie } }),
  ],
]

/** Signs a user up, and returns the address and the refresh token. */
async function signUp() {
  const email = newEmail()
  const form = { email, password1: PASSWORD, password2: PASSWORD, first_name: 'A', last_name: 'B' }
  return { email, refresh: tokenOf(await call(`${server.url}/registration/`, { json: form })) }
}

const tokenOf = (answer: Answer) =>
  /^refresh_token=([^;]*)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? ''

/** One header with several cookies of the name, as a browser sends them. */
const cookiesOf = (...tokens: string[]) => tokens.map((token) => `refresh_token=${token}`).join('; ')

/** Both orders of two cookies. */
const ORDERS: ((one: string, other: string) => string[])[] = [
  (one, other) => [one, other],
  (one, other) => [other, one],
]

const sessionOf = (refresh: string) => readClaims(refresh).session

async function isLive(refresh: string): Promise<boolean> {
  const rows = await server.database.sql`select 1 from sessions where id = ${String(sessionOf(refresh))}`
  return rows.length > 0
}

const replaysOf = async (refresh: string) =>
  (
    await server.database.sql`select 1 from audit_events
      where kind = 'refresh_replayed' and session_id = ${String(sessionOf(refresh))}`
  ).length

async function rotate(refresh: string): Promise<string> {
  server.clock.seconds += 31
  const headers = { cookie: cookiesOf(refresh) }
  return tokenOf(await call(`${server.url}/refresh/`, { method: 'POST', headers }))
}

describe.each(DOORS)('of several cookies of one name, over %s,', (_door, ask) => {
  it('the good one refreshes, wherever it stands and whatever was planted beside it', async () => {
    const owner = await signUp()
    const gone = await signUp()
    await ask('logout', cookiesOf(gone.refresh))
    const planted = ['garbage', gone.refresh, `${owner.refresh}x`, '"', 'a=b']
    for (const one of planted) {
      for (const order of ORDERS) {
        server.clock.seconds += 31
        const answer = await ask('refresh', cookiesOf(...order(one, owner.refresh)))
        expect([one, answer.status]).toEqual([one, 200])
        owner.refresh = tokenOf(answer)
      }
    }
    expect(await replaysOf(owner.refresh)).toBe(0)
  })

  it('an older one of the same session is no theft, wherever it stands', async () => {
    const { refresh: first } = await signUp()
    const second = await rotate(first)
    const third = await rotate(second)
    server.clock.seconds += 31
    const answer = await ask('refresh', cookiesOf(first, third, second))
    expect(answer.status).toBe(200)
    expect([await isLive(first), await replaysOf(first)]).toEqual([true, 0])
    expect(readClaims(tokenOf(answer)).generation).toBe(Number(readClaims(third).generation) + 1)
  })

  it('a replaced one of another session ends no session but that, and the good one still refreshes', async () => {
    const [owner, other] = [await signUp(), await signUp()]
    await rotate(await rotate(other.refresh))
    server.clock.seconds += 31
    for (const order of ORDERS) {
      const answer = await ask('refresh', cookiesOf(...order(other.refresh, owner.refresh)))
      expect(answer.status).toBe(200)
      expect(sessionOf(tokenOf(answer))).toBe(sessionOf(owner.refresh))
      owner.refresh = tokenOf(answer)
      server.clock.seconds += 31
    }
    expect([await isLive(owner.refresh), await replaysOf(owner.refresh)]).toEqual([true, 0])
  })

  it('that of the newest sign-in is taken, so that one that was left behind does not come back', async () => {
    const left = await signUp()
    // The times of tokens have whole seconds.
    server.clock.seconds += 2
    const owner = await signUp()
    for (const order of ORDERS) {
      server.clock.seconds += 31
      const answer = await ask('refresh', cookiesOf(...order(left.refresh, owner.refresh)))
      expect(sessionOf(tokenOf(answer))).toBe(sessionOf(owner.refresh))
      owner.refresh = tokenOf(answer)
    }
    expect(await isLive(left.refresh)).toBe(true)
  })

  it('at most four are tried', async () => {
    const { refresh } = await signUp()
    const planted = ['a', 'b', 'c', 'd']
    expect((await ask('refresh', cookiesOf(...planted.slice(1), refresh))).status).toBe(200)
    expect((await ask('refresh', cookiesOf(...planted, refresh))).status).toBe(401)
    expect(await isLive(refresh)).toBe(true)
  })

  it('signing out ends the session of each', async () => {
    const [one, other] = [await signUp(), await signUp()]
    const answer = await ask('logout', cookiesOf('garbage', one.refresh, other.refresh))
    expect(answer.status).toBe(200)
    expect([await isLive(one.refresh), await isLive(other.refresh)]).toEqual([false, false])
    const again = await ask('logout', cookiesOf('garbage', one.refresh, other.refresh))
    expect(again.status).toBe(400)
  })
})

describe('a cookie is set and removed with every attribute that it has:', () => {
  const attributes = { secure: true, sameSite: 'None', path: '/auth', domain: 'example.com' } as const
  it.each([
    ['plain', '', attributes, 'Domain=example.com; Path=/auth; HttpOnly; Secure; SameSite=None'],
    ['__Secure-', '__Secure-', attributes, 'Domain=example.com; Path=/auth; HttpOnly; Secure; SameSite=None'],
    [
      '__Host-',
      '__Host-',
      { secure: true, sameSite: 'Strict', path: '/' },
      'Path=/; HttpOnly; Secure; SameSite=Strict',
    ],
  ] as const)('%s', async (_name, cookiePrefix, refreshCookie, words) => {
    const other = await startTestServer({ app: { cookiePrefix, refreshCookie } })
    try {
      const form = {
        email: newEmail(),
        password1: PASSWORD,
        password2: PASSWORD,
        first_name: 'A',
        last_name: 'B',
      }
      const given = (await call(`${other.url}/registration/`, { json: form })).headers.get('set-cookie') ?? ''
      const name = `${cookiePrefix}refresh_token`
      expect(given).toMatch(new RegExp(`^${name}=[\\w.-]+; Max-Age=1209600; ${words}$`))
      const [cookie = ''] = given.split(';')
      const bare = cookie.replace(cookiePrefix, '')
      if (cookiePrefix !== '') {
        const planted = await call(`${other.url}/refresh/`, { method: 'POST', headers: { cookie: bare } })
        expect(planted.status).toBe(400)
      }
      const left = await call(`${other.url}/logout/`, { method: 'POST', headers: { cookie } })
      expect([left.status, left.headers.get('set-cookie')]).toEqual([200, `${name}=; Max-Age=0; ${words}`])
      const { body } = await call(`${other.url}/openapi.json`)
      expect(JSON.stringify(body)).toContain(`"name":"${name}"`)
    } finally {
      await other.close()
    }
  })
})
