import { describe, expect, test } from 'vitest'
import { createServerAuth, readReturnPath } from '../../src/ssr/index.ts'

const appUrl = 'https://app.example.com'
const auth = createServerAuth({ baseUrl: 'https://auth.example.com', appUrl })

describe('a page of another origin', () => {
  const post = (headers: Record<string, string>) => new Request(appUrl, { method: 'POST', headers })

  test.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another host of the same site', { 'Sec-Fetch-Site': 'same-site', Origin: 'https://blog.example.com' }],
    ['another host, in a browser without Sec-Fetch-Site', { Origin: 'https://blog.example.com' }],
    ['an origin that begins alike', { Origin: 'https://app.example.com.evil.example' }],
    ['plain http', { Origin: 'http://app.example.com' }],
    ['a sandboxed frame', { Origin: 'null' }],
  ])('changes nothing from %s', async (_, headers) => {
    expect(auth.isSameOrigin(post(headers))).toBe(false)
    const { refusal } = await auth.refresh(post(headers))
    expect(refusal?.status).toBe(403)
    expect(await refusal?.json()).toMatchObject({ code: 'csrf_failed' })
  })

  test('may link to this app', async () => {
    const request = new Request(appUrl, { headers: { 'Sec-Fetch-Site': 'cross-site' } })
    expect((await auth.refresh(request)).refusal).toBeNull()
  })

  test.each([
    ['Sec-Fetch-Site', 'same-origin'],
    ['Origin', appUrl],
  ])('is not one with %s: %s', async (name, value) => {
    expect(auth.isSameOrigin(post({ [name]: value }))).toBe(true)
    expect((await auth.refresh(post({ [name]: value }))).refusal).toBeNull()
  })

  test('is suspected where the browser is silent and a session is at stake, and nowhere else', async () => {
    expect(auth.isSameOrigin(post({}))).toBe(false)
    expect((await auth.refresh(post({}))).refusal).toBeNull()
    expect((await auth.refresh(post({ Cookie: '__Host-latchkey=x' }))).refusal?.status).toBe(403)
  })

  test('is looked for in every method that is not known to be harmless', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'get'])
      expect(auth.isSameOrigin({ method, headers: { origin: 'https://evil.example' } })).toBe(false)
    await expect(auth.refresh({ cookies: { get: () => null } })).rejects.toThrow(TypeError)
  })
})

describe('the address of the app', () => {
  const create = (url: string, options = {}) =>
    createServerAuth({ baseUrl: 'https://auth.example.com', appUrl: url, ...options })

  test.each([
    'http://app.example.com',
    'http://10.0.0.2:3001',
    'http://localhost.evil.example',
    'ftp://localhost',
    'app',
  ])('may not be %s, where the cookie would travel in the clear', (url) =>
    expect(() => create(url)).toThrow(TypeError),
  )

  test.each([
    'https://app.example.com',
    'http://localhost:3001',
    'http://127.0.0.1',
    'http://[::1]:80',
    'http://a.localhost',
  ])('may be %s', (url) => expect(() => create(url)).not.toThrow())

  test('may be plain http elsewhere where that is allowed by name', () => {
    expect(() => create('http://app.example.com', { allowInsecureCookies: true })).not.toThrow()
  })
})

describe('the path after a sign-in', () => {
  test.each(['/', '/orders?page=2#last', '/a/b', '/%2f%2fevil.example', '/?next=https://evil.example'])(
    'may be %s',
    (path) => expect(readReturnPath(path)).toBe(path),
  )

  test.each([
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '//here.invalid//evil.example',
    'javascript:alert(1)',
    ' //evil.example',
    'orders',
    '@evil.example',
    '//[',
    '',
    null,
    undefined,
    ['//evil.example'],
  ])('leads nowhere else by %j', (text) => {
    expect(readReturnPath(text, '/account')).toBe('/account')
  })
})
