import { afterEach, describe, expect, test, vi } from 'vitest'
import { API, carry, carryAndSee, type Seen } from '../support/carrying-client.ts'
import { BASE_URL } from '../support/clients.ts'

afterEach(() => vi.unstubAllGlobals())

const EVIL = 'https://evil.example.net/'
const authorizations = (seen: Seen[]) => seen.map(({ authorization }) => authorization)

/** A `Request` of another frame: no instance of the class of this one, and understood by the `fetch` of a browser. */
function foreignRequest(url: string, init: { method?: string; headers?: HeadersInit; body?: string } = {}) {
  const { method = 'GET', headers, body } = init
  const foreign = {
    url,
    method,
    headers: new Headers(headers),
    body: body === undefined ? null : new Response(body).body,
    duplex: 'half',
    [Symbol.toStringTag]: 'Request',
  }
  return foreign as unknown as Request
}

/** Sends what it gets as a browser does, in a page of the client's own server. */
async function carryInPage() {
  vi.stubGlobal('location', { origin: BASE_URL, href: `${BASE_URL}/account/` })
  const seen: Seen[] = []
  const browser: typeof fetch = async (input, init) => {
    const { url = String(input), method = 'GET', headers, body } = input as Request
    const sent = { method, headers, body, ...(body && { duplex: 'half' }), ...init }
    const request = new Request(new URL(url, `${BASE_URL}/account/`), sent)
    const authorization = request.headers.get('authorization')
    seen.push({ url: request.url, method: request.method, authorization, body: await request.text() })
    return new Response('{}')
  }
  return { ...(await carry(browser)), seen }
}

describe('a Request of another frame', () => {
  test('to a foreign origin does not get the token', async () => {
    const { fetchAsUser, seen } = await carryInPage()
    await fetchAsUser(foreignRequest(EVIL))
    expect(seen).toEqual([{ url: EVIL, method: 'GET', authorization: null, body: '' }])
  })

  test('to a trusted origin gets it, with its method, headers and body', async () => {
    const { fetchAsUser, seen, token } = await carryInPage()
    await fetchAsUser(foreignRequest(`${API}/`, { method: 'PUT', headers: { 'X-Mine': '1' }, body: 'hello' }))
    expect(seen).toEqual([{ url: `${API}/`, method: 'PUT', authorization: `Bearer ${token}`, body: 'hello' }])
    await fetchAsUser(foreignRequest(`${API}/`, { headers: { Authorization: 'Basic eA==' } }))
    expect(seen[1]?.authorization).toBe('Basic eA==')
  })
})

describe('what is judged is what is sent', () => {
  test('for a Request whose url lies', async () => {
    class Lying extends Request {
      override get url() {
        return `${API}/`
      }
    }
    const { fetchAsUser, seen, token } = await carryAndSee()
    await fetchAsUser(new Lying(EVIL))
    expect(seen).toMatchObject([{ url: `${API}/`, authorization: `Bearer ${token}` }])
  })

  test('for an object that gives another URL each time', async () => {
    const { fetchAsUser, seen, token } = await carryAndSee()
    const change = () => {
      const urls = [`${API}/`]
      return () => urls.shift() ?? EVIL
    }
    await fetchAsUser({ toString: change() } as unknown as URL)
    const changing = Object.defineProperty({ method: 'GET' }, 'url', { get: change() })
    await fetchAsUser(changing as Request)
    const carried = seen.filter(({ authorization }) => authorization === `Bearer ${token}`)
    expect(carried.map(({ url }) => url)).toEqual([`${API}/`])
  })

  test('for options that change while the token is awaited, or with each reading', async () => {
    const { fetchAsUser, seen } = await carryAndSee()
    const init: RequestInit = { method: 'POST', body: 'first' }
    const methods = ['PUT', 'DELETE', 'DELETE']
    const sent = fetchAsUser(`${API}/`, init)
    init.body = 'second'
    await sent
    await fetchAsUser(`${API}/`, {
      get method() {
        return methods.shift() ?? 'DELETE'
      },
    })
    expect(seen.map(({ method, body }) => [method, body])).toEqual([
      ['POST', 'first'],
      ['PUT', ''],
    ])
  })

  test('for a Request as the options of a URL', async () => {
    const { fetchAsUser, seen, token } = await carryAndSee()
    const options = new Request(EVIL, { method: 'POST', body: 'hello', headers: { 'X-Mine': '1' } })
    await fetchAsUser(`${API}/`, options)
    expect(seen).toEqual([
      { url: `${API}/`, method: 'POST', authorization: `Bearer ${token}`, body: 'hello' },
    ])
  })
})

describe('the access token', () => {
  test.each([`${API}/things`, new URL(`${API}/things`), new Request(`${API}/things`)])(
    'is sent to a trusted origin: %s',
    async (input) => {
      const { fetchAsUser, seen, token } = await carryAndSee()
      await fetchAsUser(input)
      expect(seen).toMatchObject([{ url: `${API}/things`, authorization: `Bearer ${token}` }])
    },
  )

  test.each([
    EVIL,
    'http://api.example.com/',
    'https://api.example.com.evil.net/',
    'https://api.example.com@evil.net/',
  ])('is not sent to %s', async (url) => {
    const { fetchAsUser, seen } = await carryAndSee()
    for (const make of [() => url, () => new URL(url), () => new Request(url)])
      await Promise.resolve()
        .then(() => fetchAsUser(make()))
        .catch(() => null)
    expect(authorizations(seen).filter(Boolean)).toEqual([])
  })

  test('does not replace an Authorization header of the caller', async () => {
    const { fetchAsUser, seen } = await carryAndSee()
    const headers = { Authorization: 'Basic eA==' }
    await fetchAsUser(`${API}/`, { headers })
    await fetchAsUser(`${API}/`, { headers: [['authorization', 'Basic eA==']] })
    await fetchAsUser(new Request(`${API}/`, { headers }))
    await fetchAsUser(new Request(`${API}/`), { headers })
    expect(authorizations(seen)).toEqual(Array(4).fill('Basic eA=='))
  })

  test('stays below the path of the base URL, where others share the origin', async () => {
    const { fetchAsUser, seen, token } = await carryAndSee(undefined, {
      baseUrl: 'https://example.com/auth',
      trustedOrigins: ['https://example.com/api'],
    })
    for (const path of ['/', '/authors/', '/auth/../things', '/auth/trpc/user.get', '/api/things'])
      await fetchAsUser(`https://example.com${path}`)
    expect(seen.map(({ url, authorization }) => [new URL(url).pathname, authorization])).toEqual([
      ['/', null],
      ['/authors/', null],
      ['/things', null],
      ['/auth/trpc/user.get', `Bearer ${token}`],
      ['/api/things', `Bearer ${token}`],
    ])
  })

  test('is not sent while no user is signed in', async () => {
    const { client, fetchAsUser, seen } = await carryAndSee()
    await client.logout()
    await fetchAsUser(`${API}/`)
    await fetchAsUser(new Request(`${API}/`, { method: 'POST', body: 'hello' }))
    expect(seen).toMatchObject([{ authorization: null }, { authorization: null, body: 'hello' }])
  })
})

describe('a runtime without Request', () => {
  test('judges the URL that it sends', async () => {
    const sent: [unknown, RequestInit | undefined][] = []
    // A `Response` of Node itself. That of a server in this process asks for `Request`.
    const answer = await fetch('data:application/json,{}')
    const { fetchAsUser, token } = await carry(async (input, init) => {
      sent.push([input, init])
      return answer.clone()
    })
    const Original = Request
    vi.stubGlobal('document', { baseURI: EVIL })
    vi.stubGlobal('Request', undefined)
    await fetchAsUser('things')
    await fetchAsUser(`${API}/things`, { headers: { 'X-Mine': '1' } })
    const foreign = new Original(`${API}/things`)
    await fetchAsUser(foreign)
    vi.stubGlobal('Headers', undefined)
    await fetchAsUser(new URL(`${API}/things`), { headers: [['X-Mine', '1']] })
    const authorization = `Bearer ${token}`
    expect(sent).toMatchObject([
      ['things', undefined],
      [`${API}/things`, { headers: { 'x-mine': '1', authorization } }],
      [foreign, undefined],
      [`${API}/things`, { headers: { 'x-mine': '1', authorization } }],
    ])
  })
})
