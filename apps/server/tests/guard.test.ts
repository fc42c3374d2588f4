import { PASSWORD, type Person, readClaims, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Endpoint } from '../src/doors/rest/endpoints.ts'
import { type Answer, call, callTrpc } from './call.ts'
import { ANONYMOUS, JSON_CALLER, OPERATIONS, operationsOf, pathOf } from './operations.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let owner: Person
beforeAll(async () => {
  server = await startTestServer()
  owner = await signUp(server.ctx)
})
afterAll(() => server.close())

const GUARDED = operationsOf('authenticated', 'setup', 'logout', 'staff', 'superuser')

/** Headers that some servers believe whoever sent them. */
const NAMING = {
  'x-forwarded-user': 'admin@example.com',
  'x-forwarded-email': 'admin@example.com',
  'remote-user': 'admin@example.com',
  'x-original-url': '/healthz',
  'x-rewrite-url': '/healthz',
  'x-http-method-override': 'OPTIONS',
  'x-middleware-subrequest': Array(5).fill('middleware').join(':'),
}

/** Calls an operation through both doors with the same headers. */
async function callBoth(
  endpoint: Endpoint,
  authorization: string | undefined,
  more: Record<string, string> = {},
): Promise<[Answer, Answer]> {
  const headers: Record<string, string> = authorization === undefined ? more : { ...more, authorization }
  const rest = await call(server.url + pathOf(endpoint), {
    method: endpoint.method,
    headers: { ...JSON_CALLER, ...headers },
  })
  const trpc = await callTrpc(
    server.url,
    { path: endpoint.procedurePath, type: endpoint.procedure._def.type },
    { headers },
  )
  return [rest, trpc]
}

async function expectRefusal(
  endpoint: Endpoint,
  authorization: string | undefined,
  refusal: { code: string; detail: string; message?: string },
) {
  const [rest, trpc] = await callBoth(endpoint, authorization)
  const messages = refusal.message && [
    { token_class: 'AccessToken', token_type: 'access', message: refusal.message },
  ]
  expect(rest.status).toBe(401)
  expect(rest.body).toEqual({ detail: refusal.detail, code: refusal.code, ...(messages && { messages }) })
  expect(trpc.status).toBe(401)
  expect(trpc.body).toMatchObject({
    error: {
      message: refusal.detail,
      data: { code: refusal.code, httpStatus: 401, ...(messages && { messages }) },
    },
  })
  for (const { headers } of [rest, trpc]) {
    expect(headers.get('www-authenticate')).toBe('Bearer realm="api"')
    expect(headers.get('cache-control')).toBe('no-store')
  }
}

const badToken = (message: string) => ({
  code: 'token_not_valid',
  detail: 'Given token not valid for any token type',
  message,
})

it('only these operations need no access token', () => {
  const open = OPERATIONS.filter(({ meta }) => meta.access === 'anonymous').map(({ path }) => path)
  expect(open.sort()).toEqual([
    '/email/change/confirm/{key}/',
    '/login/',
    '/mfa/verify-passkey/',
    '/mfa/verify-recovery/',
    '/mfa/verify/',
    '/passkeys/sign-in/',
    '/passkeys/sign-in/options/',
    '/password/reset/',
    '/refresh/',
    '/registration/',
    '/registration/resend-email/',
    '/registration/verification/{key}/',
    '/social/providers/',
    '/social/session/',
    '/social/{provider}/code/',
    '/social/{provider}/token/',
  ])
  const cookie = OPERATIONS.filter(({ meta }) => meta.access === 'cookie').map(({ path }) => path)
  expect(cookie).toEqual(['/password/reset/set-new/'])
  const lenient = OPERATIONS.filter(({ meta }) => meta.access === 'logout').map(({ path }) => path)
  expect(lenient).toEqual(['/logout/'])
  const setup = OPERATIONS.filter(({ meta }) => meta.access === 'setup').map(({ path }) => path)
  expect(setup.sort()).toEqual(['/mfa/activate/', '/mfa/setup/', '/passkeys/', '/passkeys/options/'])
})

describe.each(GUARDED)('%s refuses before it reads the input', (_name, endpoint) => {
  it.each([undefined, '', ' ', 'Basic YTpi', 'Token x', 'JWT a b', 'Bearerx y'])(
    'a caller with the header %j',
    async (authorization) => {
      await expectRefusal(endpoint, authorization, {
        code: 'not_authenticated',
        detail: 'Authentication credentials were not provided.',
      })
    },
  )

  it.each(['Bearer', 'bearer ', 'Bearer a b', 'BEARER a b c'])(
    'a header that has not two words: %j',
    async (header) => {
      await expectRefusal(endpoint, header, {
        code: 'bad_authorization_header',
        detail: 'Authorization header must contain two space-delimited values',
      })
    },
  )

  it.each(['garbage', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'])('the token %s', async (token) => {
    await expectRefusal(endpoint, `Bearer ${token}`, badToken('Token is invalid'))
  })

  it('headers by which proxies and frameworks name a user, a path, a method or their own requests', async () => {
    const [rest, trpc] = await callBoth(endpoint, undefined, {
      ...NAMING,
      cookie: `refresh_token=${owner.tokens.refresh}; access_token=${owner.tokens.access}`,
    })
    for (const { status } of [rest, trpc]) expect(status).toBe(401)
  })

  it('a token with a changed signature', async () => {
    const [header, payload, signature = ''] = owner.tokens.access.split('.')
    const flipped = signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))
    await expectRefusal(endpoint, `Bearer ${header}.${payload}.${flipped}`, badToken('Token is invalid'))
  })

  it('a refresh token in place of an access token', async () => {
    await expectRefusal(endpoint, `Bearer ${owner.tokens.refresh}`, badToken('Token has wrong type'))
  })
})

describe.each(operationsOf('authenticated', 'setup', 'staff', 'superuser'))(
  '%s refuses',
  (_name, endpoint) => {
    it('an expired token', async () => {
      const { tokens } = await signUp(server.ctx)
      server.clock.seconds += 1801
      await expectRefusal(endpoint, `Bearer ${tokens.access}`, badToken('Token is expired'))
      server.clock.seconds -= 1801
    })

    it('the token of a session that has ended', async () => {
      const { tokens } = await signUp(server.ctx)
      await call(`${server.url}/logout/`, { json: { refresh: tokens.refresh }, token: tokens.access })
      await expectRefusal(endpoint, `Bearer ${tokens.access}`, badToken('Token is invalid'))
    })

    it('the token of a deleted user', async () => {
      const { tokens } = await signUp(server.ctx)
      await call(`${server.url}/user/delete/`, { json: { password: PASSWORD }, token: tokens.access })
      await expectRefusal(endpoint, `Bearer ${tokens.access}`, {
        code: 'user_not_found',
        detail: 'User not found',
      })
    })

    it('the token of a deactivated user', async () => {
      const { tokens, userId } = await signUp(server.ctx)
      await server.database.sql`update users set is_active = false where id = ${userId}`
      await expectRefusal(endpoint, `Bearer ${tokens.access}`, {
        code: 'user_inactive',
        detail: 'User is inactive',
      })
    })
  },
)

describe.each(operationsOf('staff', 'superuser'))('%s is refused', (_name, endpoint) => {
  it.each([0, 7, 899, 901, 1001])('to the role %i', async (role) => {
    const { tokens, userId } = await signUp(server.ctx)
    await server.database.sql`update users set role = ${role} where id = ${userId}`
    for (const { status, text } of await callBoth(endpoint, `Bearer ${tokens.access}`)) {
      expect(status).toBe(403)
      expect(text).toContain('permission_denied')
      expect(text).toContain('You do not have permission to perform this action.')
    }
  })

  it('to a user who lost the role, while the token still names it', async () => {
    const { userId, email, password } = await signUp(server.ctx)
    await server.database.sql`update users set role = 900 where id = ${userId}`
    const { body } = await call(`${server.url}/login/`, { json: { email, password } })
    const { access } = body as { access: string }
    expect(readClaims(access).role).toBe(900)
    await server.database.sql`update users set role = 0 where id = ${userId}`
    for (const { status } of await callBoth(endpoint, `Bearer ${access}`)) expect(status).toBe(403)
  })
})

it('every operation under /staff/ is for staff, and no other operation is', () => {
  for (const { path, meta } of OPERATIONS) {
    expect([path, meta.access === 'staff' || meta.access === 'superuser']).toEqual([
      path,
      path.startsWith('/staff/'),
    ])
  }
  expect(operationsOf('superuser').map(([name]) => name)).toEqual(['POST /staff/users/{id}/role/'])
})

it.each(['bEaReR', 'BEARER', 'bearer'])('the scheme may be written %s', async (scheme) => {
  const headers = { authorization: `${scheme}  ${owner.tokens.access}` }
  expect((await call(`${server.url}/user/`, { headers })).status).toBe(200)
})

/** The statuses of a request without any field: REST's, then tRPC's. */
function findStatuses({ path, params, meta }: Endpoint): number[] {
  if (path === '/password/reset/set-new/') return [401, 401]
  const required = Object.entries(meta.shape).filter(([, field]) => !z.safeParse(field, undefined).success)
  if (required.length === 0) return [200, 200]
  // REST has an unknown name in the path. tRPC has no name at all.
  return [required.every(([name]) => params.includes(name)) ? 404 : 400, 400]
}

describe.each(ANONYMOUS)('%s', (_name, endpoint) => {
  it.each(['Bearer', 'Bearer garbage', 'Bearer a b', 'Basic x'])(
    'ignores the header %j',
    async (authorization) => {
      const answers = await callBoth(endpoint, authorization)
      const without = await callBoth(endpoint, undefined)
      // A success has a new secret each time.
      const read = ({ status, body }: Answer) => [status, status < 300 ? null : body]
      expect(answers.map(read)).toEqual(without.map(read))
      expect(answers.map(({ status }) => status)).toEqual(findStatuses(endpoint))
    },
  )
})

it("another user's session is answered not found, and goes on", async () => {
  const other = await signUp(server.ctx)
  const headers = { authorization: `Bearer ${other.tokens.access}` }
  const rest = await call(`${server.url}/sessions/${owner.sessionId}/`, { method: 'DELETE', headers })
  expect(rest).toMatchObject({ status: 404, body: { code: 'not_found', detail: 'Not found.' } })
  const trpc = await callTrpc(
    server.url,
    { path: 'sessions.revoke', type: 'mutation' },
    { input: { id: owner.sessionId }, headers },
  )
  expect(trpc).toMatchObject({ status: 404, body: { error: { data: { code: 'not_found' } } } })
  expect((await call(`${server.url}/user/`, { token: owner.tokens.access })).status).toBe(200)
})

it("another user's refresh token cannot be signed out, and its session goes on", async () => {
  const other = await signUp(server.ctx)
  const json = { refresh: owner.tokens.refresh }
  const answer = await call(`${server.url}/logout/`, { json, token: other.tokens.access })
  expect(answer).toMatchObject({ status: 400, body: { detail: 'Invalid token.', code: 'token_not_valid' } })
  expect((await call(`${server.url}/user/`, { token: owner.tokens.access })).status).toBe(200)
})
