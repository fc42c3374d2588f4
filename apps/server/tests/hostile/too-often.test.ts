import { PASSWORD, type Person, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint } from '../../src/doors/rest/endpoints.ts'
import { type Answer, call, callTrpc } from '../call.ts'
import { OPERATIONS, pathOf } from '../operations.ts'
import type { TestServer } from '../test-server.ts'
import { from, perHour, startThrottledServer } from './throttled-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startThrottledServer({ anon: perHour(2), user: perHour(2) })
})
afterAll(() => server.close())

let clients = 0

/** Calls an operation four times, twice through each door. The input lets no call succeed. */
async function callFourTimes(endpoint: Endpoint): Promise<Answer[]> {
  const { tokens } = await signUp(server.ctx)
  const client = { token: tokens.access, ...from(`203.0.113.${clients++}`) }
  const hasBody = !['GET', 'DELETE'].includes(endpoint.method)
  const rest = () => {
    const json = hasBody ? [] : undefined
    return call(server.url + pathOf(endpoint), { method: endpoint.method, json, ...client })
  }
  const { type } = endpoint.procedure._def
  // Without a body both doors are well-formed, so that both calls count alike.
  const input = hasBody ? [] : Object.fromEntries(endpoint.params.map((name) => [name, crypto.randomUUID()]))
  const trpc = () => callTrpc(server.url, { path: endpoint.procedurePath, type }, { input, ...client })
  return [await rest(), await trpc(), await rest(), await trpc()]
}

describe.each(OPERATIONS.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
  '%s called too often',
  (_name, endpoint) => {
    it('is refused alike through both doors', async () => {
      const [first, second, rest, trpc] = await callFourTimes(endpoint)
      expect([first?.status, second?.status]).not.toContain(429)
      expect(rest?.status).toBe(429)
      const waits = Number(rest?.headers.get('retry-after'))
      expect(waits).toBeGreaterThan(3000)
      expect(rest?.body).toEqual({
        detail: `Request was throttled. Expected available in ${waits} seconds.`,
        code: 'throttled',
      })
      expect(trpc).toMatchObject({
        status: 429,
        body: { error: { data: { code: 'throttled', httpStatus: 429 } } },
      })
      expect(Number(trpc?.headers.get('retry-after'))).toBeGreaterThan(3000)
    })
  },
)

describe('a page that is requested too often', () => {
  it.each([
    '/password/reset/confirm/x/y/',
    '/password/reset/default/',
    '/registration/verification/x/',
    '/social/google/start/',
    '/social/google/callback/',
  ])('%s is refused, for HEAD and for GET', async (path) => {
    const client = from(`203.0.113.${clients++}`)
    for (const method of ['HEAD', 'GET']) await call(server.url + path, { method, ...client })
    for (const method of ['HEAD', 'GET']) {
      expect((await call(server.url + path, { method, ...client })).status).toBe(429)
    }
  })
})

describe('special limits', () => {
  const NEW = { new_password1: 'another horse', new_password2: 'another horse' }
  const post = (path: string, json: unknown, token?: string) => call(server.url + path, { json, token })

  it.each([
    ['/password/change/', { old_password: 'wrong', ...NEW }],
    ['/email/change/', { new_email: 'new@example.com', password: 'wrong' }],
    ['/user/delete/', { password: 'wrong' }],
  ])(
    '%s: a stolen session cannot guess the password, and the user can still change it',
    async (path, json) => {
      await server.close()
      server = await startThrottledServer({ login: perHour(3) })
      const owner = await signUp(server.ctx)
      const statuses: number[] = []
      for (let guess = 0; guess < 5; guess++)
        statuses.push((await post(path, json, owner.tokens.access)).status)
      expect(statuses).toEqual([400, 400, 400, 429, 429])
      const before = server.ctx.hasher.count
      await post(path, json, owner.tokens.access)
      expect(server.ctx.hasher.count).toBe(before)
      const { email } = owner
      const fresh = (await post('/login/', { email, password: PASSWORD })).body as Person['tokens']
      const change = { old_password: PASSWORD, ...NEW }
      expect((await post('/password/change/', change, fresh.access)).status).toBe(200)
    },
  )

  it('refreshes count per session, and refreshes with garbage count per client address', async () => {
    await server.close()
    server = await startThrottledServer({ refresh: perHour(3), anon: perHour(2) })
    const people = await Promise.all([signUp(server.ctx), signUp(server.ctx)])
    for (const { tokens } of people) {
      const { refresh } = tokens
      const answers = []
      for (let i = 0; i < 5; i++) answers.push((await post('/refresh/', { refresh })).status)
      expect(answers).toEqual([200, 200, 200, 429, 429])
    }
    const garbage = []
    for (let i = 0; i < 4; i++) garbage.push((await post('/refresh/', { refresh: `a.b.${i}` })).status)
    expect(garbage).toEqual([401, 401, 429, 429])
  })

  const TEXT = { 'content-type': 'text/plain' }
  const JSON_TYPE = { 'content-type': 'application/json' }
  const TOO_LARGE = 'x'.repeat(70_000)
  /** Requests that reach no session: what is sent, and by which door. */
  const UNREACHED: [string, string, Parameters<typeof call>[1]][] = [
    ['no body', '/refresh/', { method: 'POST' }],
    ['no token', '/refresh/', { json: {} }],
    ['no text', '/refresh/', { json: { refresh: 1 } }],
    ['a list', '/refresh/', { json: [] }],
    ['malformed JSON', '/refresh/', { body: '{', headers: JSON_TYPE }],
    ['another media type', '/refresh/', { body: 'x', headers: TEXT }],
    ['too large a body', '/refresh/', { json: TOO_LARGE }],
    ['no token by tRPC', '/trpc/auth.refresh', { json: {} }],
    ['malformed JSON by tRPC', '/trpc/auth.refresh', { body: '{', headers: JSON_TYPE }],
    ['another media type by tRPC', '/trpc/auth.refresh', { body: 'x', headers: TEXT }],
    ['too large a body by tRPC', '/trpc/auth.refresh', { json: TOO_LARGE }],
  ]
  const FOREIGN = { origin: 'https://evil.example' }

  it.each([
    ['in the body', null, UNREACHED],
    [
      'in a cookie',
      { secure: false, sameSite: 'Lax', path: '/' } as const,
      [
        ...UNREACHED,
        ['a page of another site', '/refresh/', { method: 'POST', headers: FOREIGN }],
        ['a page of another site by tRPC', '/trpc/auth.refresh', { json: {}, headers: FOREIGN }],
      ] satisfies typeof UNREACHED,
    ],
  ])(
    'with the token %s, a refresh that reaches no session counts per client',
    async (_, refreshCookie, requests) => {
      await server.close()
      server = await startThrottledServer({ anon: perHour(1) }, { app: { refreshCookie } })
      for (const [name, path, options] of requests) {
        const headers = { ...from(`203.0.113.${clients++}`).headers, ...options?.headers }
        const first = await call(server.url + path, { ...options, headers })
        const second = await call(server.url + path, { ...options, headers })
        expect([name, first.status === 429, second.status]).toEqual([name, false, 429])
        expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(3000)
      }
    },
  )

  it.each(['/mfa/setup/', '/mfa/activate/', '/passkeys/options/', '/passkeys/'])(
    '%s without an access token counts per client, whatever set-up it names',
    async (path) => {
      await server.close()
      server = await startThrottledServer({ anon: perHour(1) })
      const statuses: number[] = []
      for (let i = 0; i < 2; i++)
        statuses.push((await post(path, { setup_challenge_id: crypto.randomUUID() })).status)
      expect(statuses).toEqual([401, 429])
    },
  )

  it('signing out without its cookie counts per client', async () => {
    await server.close()
    const refreshCookie = { secure: false, sameSite: 'Lax', path: '/' } as const
    server = await startThrottledServer({ user: perHour(1) }, { app: { refreshCookie } })
    const statuses = [(await post('/logout/', {})).status, (await post('/logout/', {})).status]
    expect(statuses).toEqual([400, 429])
  })

  it('mails count per mailbox over all paths together, for known and unknown addresses', async () => {
    await server.close()
    server = await startThrottledServer({ mail: perHour(2) })
    const { email } = await signUp(server.ctx)
    const { tokens } = await signUp(server.ctx)
    for (const target of [email, 'nobody@example.com']) {
      expect((await post('/password/reset/', { email: target })).status).toBe(200)
      expect((await post('/registration/resend-email/', { email: target })).status).toBe(200)
      const before = await countQueued()
      for (const [path, json] of [
        ['/password/reset/', { email: target }],
        ['/registration/resend-email/', { email: target }],
        ['/email/change/', { new_email: target, password: PASSWORD }],
      ] as const) {
        expect((await post(path, json, tokens.access)).status).toBe(429)
      }
      expect(await countQueued()).toBe(before)
    }
  })

  /** Counts capabilities, because each mail of these paths has one. */
  async function countQueued(): Promise<number> {
    return (await server.database.sql`select 1 from capabilities`).length
  }
})
