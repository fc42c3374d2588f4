import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const ORIGIN = 'https://app.example.com'
const APP = 'capacitor://localhost'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({
    app: {
      corsOrigins: [ORIGIN, APP],
      publicUrl: 'https://auth.example.com',
      trustedProxies: { hops: 1 },
    },
  })
})
afterAll(() => server.close())

describe('request ids', () => {
  it.each(['abc-DEF_123', 'x'.repeat(64)])('keeps the well-formed id %s of a trusted proxy', async (id) => {
    const answer = await call(`${server.url}/healthz`, { headers: { 'x-request-id': id } })
    expect(answer.headers.get('x-request-id')).toBe(id)
  })

  it.each(['', 'x'.repeat(65), 'a b', 'a"b', '{}'])('replaces the malformed id %j', async (id) => {
    const answer = await call(`${server.url}/healthz`, { headers: { 'x-request-id': id } })
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('the id of a request', () => {
  const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
  const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`

  it('is that of the trace, when a trusted proxy names no other', async () => {
    const answer = await call(`${server.url}/healthz`, { headers: { traceparent } })
    expect(answer.headers.get('x-request-id')).toBe(TRACE)
    const both = await call(`${server.url}/healthz`, { headers: { traceparent, 'x-request-id': 'mine' } })
    expect(both.headers.get('x-request-id')).toBe('mine')
  })

  it.each([
    `ff-${TRACE}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`,
    `${traceparent}-more`,
    `00-${TRACE}-00f067aa0ba902b7`,
    `01-${TRACE}-00f067aa0ba902b7-01-${'x'.repeat(300)}`,
    '',
  ])('is new for the broken traceparent %j', async (broken) => {
    const answer = await call(`${server.url}/healthz`, { headers: { traceparent: broken } })
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('is new for a caller that is no trusted proxy, whatever it sends', async () => {
    const other = await startTestServer()
    const answer = await call(`${other.url}/healthz`, { headers: { traceparent, 'x-request-id': 'mine' } })
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(other.logLines.join('')).not.toMatch(new RegExp(`mine|${TRACE}`))
    await other.close()
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
  const ask = (origin: string, path = '/login/', further: Record<string, string> = {}) =>
    call(server.url + path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', ...further },
    })
  const askFor = (names: string, origin = ORIGIN) =>
    ask(origin, '/login/', { 'access-control-request-headers': names })

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

  it.each([
    'baggage,content-type,sentry-trace,traceparent',
    'x-csrftoken',
    'x-requested-with',
    Array.from({ length: 60 }, (_, i) => `x-${i}`).join(),
  ])('allows an allowed origin the headers that it asks for: %s', async (names) => {
    for (const origin of [ORIGIN, APP]) {
      const { headers } = await askFor(names, origin)
      expect(headers.get('access-control-allow-origin')).toBe(origin)
      expect(headers.get('access-control-allow-headers')?.split(', ')).toEqual(names.split(','))
    }
  })

  it.each(['a b', 'x-a,,x-b', '<script>', 'x-a\u00e9', 'x'.repeat(2001), `${'x,'.repeat(60)}x`])(
    'does not repeat what is no list of header names, or too long a list: %s',
    async (names) => {
      const { headers } = await askFor(names)
      expect(headers.get('access-control-allow-headers')).toMatch(/^Authorization, /)
    },
  )

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

describe('a page of an origin that is not allowed', () => {
  const post = (url: string, origin: string) => call(`${url}/login/`, { json: {}, headers: { origin } })
  const reportsOf = ({ logLines }: TestServer) =>
    logLines.flatMap((line) => (line.includes('CORS_ORIGINS') ? (JSON.parse(line).origin as string) : []))

  it('is reported once in development, with the setting that allows it', async () => {
    const own = await startTestServer({ app: { corsOrigins: [ORIGIN] } })
    const { port } = new URL(own.url)
    const unreported = [ORIGIN, 'http://localhost:3000', `http://127.0.0.1:${port}`, 'null', 'x'.repeat(201)]
    for (const origin of ['http://localhost:5173', 'http://localhost:5173', APP, ...unreported]) {
      await post(own.url, origin)
    }
    expect(reportsOf(own)).toEqual(['http://localhost:5173', APP])
    // A stranger cannot fill the memory or the log.
    for (let i = 0; i < 150; i++) await post(own.url, `https://${i}.example`)
    expect(reportsOf(own)).toHaveLength(100)
    await own.close()
  })

  it('is not reported in production', async () => {
    const own = await startTestServer({ app: { production: true } })
    await post(own.url, 'http://localhost:5173')
    expect(reportsOf(own)).toEqual([])
    await own.close()
  })
})
