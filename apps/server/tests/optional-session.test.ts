import { newEmail, PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call, callTrpc } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const SPA = 'https://app.example.org'
const cookieMode = {
  refreshCookie: { secure: false, sameSite: 'Lax' as const, path: '/' },
  corsOrigins: [SPA],
}
const ASKS = { prefer: 'session=optional' }

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ app: cookieMode })
})
afterAll(() => server.close())

const DOORS: Record<string, (headers: Record<string, string>) => Promise<Answer>> = {
  REST: (headers) => call(`${server.url}/refresh/`, { method: 'POST', headers }),
  tRPC: (headers) => callTrpc(server.url, { path: 'auth.refresh', type: 'mutation' }, { headers }),
}

async function signUp(): Promise<string> {
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const json = { email: newEmail(), password1: PASSWORD, password2: PASSWORD, ...names }
  const answer = await call(`${server.url}/registration/`, { json })
  return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
}

describe.each(Object.entries(DOORS))('a refresh in cookie mode over %s', (door, refresh) => {
  it.each(['session=optional', 'respond-async, Session=Optional', 'session="optional"; x=y'])(
    'without a cookie is answered with nothing when the caller prefers that: %s',
    async (prefer) => {
      const answer = await refresh({ prefer })
      expect([answer.status, answer.body]).toEqual(door === 'REST' ? [204, undefined] : [200, { result: {} }])
      expect(answer.headers.get('preference-applied')).toBe('session=optional')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.getSetCookie()).toEqual([])
    },
  )

  it.each([{}, { prefer: 'session' }, { prefer: 'xsession=optional' }, { prefer: 'return=minimal' }])(
    'without a cookie is refused for every other caller: %o',
    async (headers) => {
      expect((await refresh(headers as Record<string, string>)).status).toBe(400)
    },
  )

  it('with a cookie is answered as ever: with tokens for a good one, with a refusal for a bad one', async () => {
    const good = await refresh({ ...ASKS, cookie: await signUp() })
    expect([good.status, good.headers.get('preference-applied')]).toEqual([200, null])
    expect(good.text).toContain('"access"')
    expect((await refresh({ ...ASKS, cookie: 'refresh_token=bad' })).status).toBe(401)
  })

  it('of another site is refused, whatever it prefers', async () => {
    expect((await refresh({ ...ASKS, origin: 'https://evil.example' })).status).toBe(403)
  })
})

it('the document shows the empty answer', async () => {
  const { body } = await call(`${server.url}/openapi.json`)
  const { paths } = body as { paths: Record<string, { post: { responses: Record<string, unknown> } }> }
  expect(Object.keys(paths['/refresh/']?.post.responses ?? {})).toContain('204')
})

it('a sign-out without a cookie is refused, whatever the caller prefers', async () => {
  expect((await call(`${server.url}/logout/`, { method: 'POST', headers: ASKS })).status).toBe(400)
})

describe('a page of another site in cookie mode', () => {
  const visit = (at: TestServer, site: string) =>
    call(`${at.url}/refresh/`, { method: 'POST', headers: { origin: SPA, 'sec-fetch-site': site } })
  const warningsOf = ({ logLines }: TestServer) =>
    logLines.filter((line) => line.includes('from another site'))

  it('is told to the developer once, by the name of the setting', async () => {
    await visit(server, 'same-site')
    expect(warningsOf(server)).toEqual([])
    for (let i = 0; i < 3; i++) await visit(server, 'cross-site')
    expect(warningsOf(server)).toHaveLength(1)
    expect(JSON.parse(warningsOf(server)[0] ?? '{}')).toMatchObject({
      level: 40,
      origin: SPA,
      msg: expect.stringContaining('REFRESH_TOKEN_COOKIE_SAME_SITE=Lax'),
    })
  })

  it.each([
    ['in production', { ...cookieMode, production: true }],
    [
      'with SameSite=None',
      { ...cookieMode, refreshCookie: { secure: true, sameSite: 'None' as const, path: '/' } },
    ],
    ['in token mode', { ...cookieMode, refreshCookie: null }],
  ])('is not told %s', async (_, app) => {
    const other = await startTestServer({ app })
    try {
      await visit(other, 'cross-site')
      expect(warningsOf(other)).toEqual([])
    } finally {
      await other.close()
    }
  })
})
