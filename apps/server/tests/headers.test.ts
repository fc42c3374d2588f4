import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const ORIGIN = 'https://app.example.com'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ app: { corsOrigins: [ORIGIN], publicUrl: 'https://auth.example.com' } })
})
afterAll(() => server.close())

describe('request ids', () => {
  it.each(['abc-DEF_123', 'x'.repeat(64)])('keeps the well-formed id %s', async (id) => {
    const answer = await call(`${server.url}/healthz`, { headers: { 'x-request-id': id } })
    expect(answer.headers.get('x-request-id')).toBe(id)
  })

  it.each(['', 'x'.repeat(65), 'a b', 'a"b', '{}'])('replaces the malformed id %j', async (id) => {
    const answer = await call(`${server.url}/healthz`, { headers: { 'x-request-id': id } })
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('security headers', () => {
  it.each(['/healthz', '/nowhere', '/login/', '/trpc/user.get', '/docs', '/openapi.json'])(
    'protect %s',
    async (path) => {
      const { headers } = await call(server.url + path)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/)
      expect(headers.has('x-powered-by')).toBe(false)
    },
  )

  it.each(['/login/', '/user/', '/trpc/user.get'])(
    'forbid caches to store the answers of %s',
    async (path) => {
      expect((await call(server.url + path)).headers.get('cache-control')).toBe('no-store')
    },
  )
})

describe('CORS', () => {
  const ask = (origin: string, path = '/login/') =>
    call(server.url + path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })

  it('allows the preflight of an allowed origin, and its request', async () => {
    const preflight = await ask(ORIGIN)
    expect(preflight.status).toBe(204)
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST, OPTIONS',
      'access-control-allow-headers': expect.stringContaining('Authorization'),
      vary: 'Origin',
    })
    const request = await call(`${server.url}/login/`, { json: {}, headers: { origin: ORIGIN } })
    expect(request.headers.get('access-control-allow-origin')).toBe(ORIGIN)
    expect(request.headers.get('access-control-expose-headers')).toContain('X-Request-Id')
  })

  it('applies to the tRPC door too', async () => {
    const preflight = await ask(ORIGIN, '/trpc/auth.login')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST')
  })

  it.each([
    'https://app.example.com.evil.com',
    'http://app.example.com',
    'https://APP.example.com:8443',
    'null',
  ])('sends no headers to %s', async (origin) => {
    const { status, headers } = await ask(origin)
    expect(status).toBe(204)
    expect(headers.get('vary')).toBe('Origin')
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})
