import { makeProofKey, NEW_PASSWORD, PASSWORD, type ProofKey, readClaims } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { type BoundPerson, postProven, readBoth, refreshProven, signUpBound, signUpFields } from './bound.ts'

const NEW = { old_password: PASSWORD, new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }

let server: TestServer
let key: ProofKey
let thief: ProofKey
beforeAll(async () => {
  server = await startTestServer({ settings: { corsOrigins: ['https://app.example.com'] } })
  ;[key, thief] = [await makeProofKey(), await makeProofKey()]
})
afterAll(() => server.close())

const findKeyOf = async (access: unknown) => {
  const [row] = await server.database.sql`select jkt, bound_by from sessions
    where id = ${readClaims(String(access)).session}`
  return row
}

/** What opens a successor of a session. The access token is the proof there, and no key is asked for. */
const SUCCESSIONS: [string, (person: BoundPerson) => Promise<Awaited<ReturnType<typeof call>>>][] = [
  [
    'a change of the password',
    ({ access: token }) => call(`${server.url}/password/change/`, { json: NEW, token }),
  ],
  [
    'a change of the password over tRPC',
    ({ access: token }) =>
      callTrpc(server.url, { path: 'password.change', type: 'mutation' }, { input: NEW, token }),
  ],
  [
    'a step-up',
    ({ access: token }) => call(`${server.url}/reauthenticate/`, { json: { password: PASSWORD }, token }),
  ],
  [
    'a step-up over tRPC',
    ({ access: token }) =>
      callTrpc(
        server.url,
        { path: 'auth.reauthenticate', type: 'mutation' },
        { input: { password: PASSWORD }, token },
      ),
  ],
]

describe.each(SUCCESSIONS)('%s', (_name, succeed) => {
  it('leaves the session bound to its key', async () => {
    const person = await signUpBound(server, key)
    const { status, body } = readBoth(await succeed(person))
    expect(status).toBe(200)
    expect(body.bound).toBe(true)
    expect(await findKeyOf(body.access)).toEqual({ jkt: key.jkt, bound_by: 'dpop' })
    const json = { refresh: body.refresh }
    expect(readBoth(await call(`${server.url}/refresh/`, { json })).body.code).toBe('invalid_dpop_proof')
    const refresh = String(body.refresh)
    expect((await refreshProven(server, { key: thief, refresh })).body.code).toBe('invalid_dpop_proof')
    expect(await refreshProven(server, { key, refresh })).toMatchObject({
      status: 200,
      body: { bound: true },
    })
  })

  it('binds a session without a key to none, whatever proof is beside it', async () => {
    const { body: opened } = readBoth(await call(`${server.url}/registration/`, { json: signUpFields() }))
    const { body } = readBoth(await succeed({ access: String(opened.access), refresh: '', email: '' }))
    expect(body).not.toHaveProperty('bound')
    expect(await findKeyOf(body.access)).toEqual({ jkt: null, bound_by: null })
  })
})

it('a proof beside a step-up or a change of the password is not looked at', async () => {
  const { body: opened } = readBoth(await call(`${server.url}/registration/`, { json: signUpFields() }))
  const token = String(opened.access)
  const answer = await postProven(server, '/reauthenticate/', {
    key: thief,
    json: { password: PASSWORD },
    token,
  })
  expect(answer.status).toBe(200)
  expect(await findKeyOf(answer.body.access)).toEqual({ jkt: null, bound_by: null })
})

it('the database refuses a session with a key and no kind of it', async () => {
  const { access } = await signUpBound(server, key)
  const { session } = readClaims(access)
  await expect(server.database.sql`update sessions set jkt = null where id = ${session}`).rejects.toThrow()
})

describe('cookie mode', () => {
  let withCookies: TestServer
  beforeAll(async () => {
    withCookies = await startTestServer({
      settings: { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } },
    })
  })
  afterAll(() => withCookies.close())

  it('binds a session too: the cookie alone refreshes nothing', async () => {
    const opened = await postProven(withCookies, '/registration/', { key, json: signUpFields() })
    expect(Object.keys(opened.body)).toEqual(['access', 'bound'])
    const cookie = String(opened.headers.getSetCookie()[0]).split(';')[0] ?? ''
    const alone = await call(`${withCookies.url}/refresh/`, { method: 'POST', headers: { cookie } })
    expect(readBoth(alone)).toMatchObject({ status: 401, body: { code: 'invalid_dpop_proof' } })
    expect(alone.headers.getSetCookie()).toEqual([])
    const nonce = opened.headers.get('dpop-nonce')
    const refreshed = await postProven(withCookies, '/refresh/', {
      ...{ key, json: {}, parts: { nonce } },
      headers: { cookie },
    })
    expect(refreshed.status).toBe(200)
    expect(Object.keys(refreshed.body)).toEqual(['access', 'bound'])
  })
})

describe('a page of another site', () => {
  const origin = 'https://app.example.com'

  it('may send a proof and read the nonce', async () => {
    const preflight = await call(`${server.url}/refresh/`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'dpop' },
    })
    expect(preflight.headers.get('access-control-allow-headers')).toBe('dpop')
    const answer = await postProven(server, '/refresh/', { key, json: {}, headers: { origin } })
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/\bDPoP-Nonce\b/)
    expect(answer.headers.has('dpop-nonce')).toBe(true)
  })

  it('is told that it may, also by a preflight that asks for no header', async () => {
    const { headers } = await call(`${server.url}/refresh/`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    expect(headers.get('access-control-allow-headers')).toMatch(/\bDPoP\b/)
  })
})

it('every answer to a proof has a nonce, also one that no operation gives', async () => {
  const dpop = 'anything'
  for (const path of ['/nothing-here/', '/healthz', '/trpc/nothing', '/login/', '/user/']) {
    const answer = await call(server.url + path, { headers: { dpop } })
    expect(answer.headers.get('dpop-nonce'), path).toMatch(/^[\w-]+\.[\w-]+$/)
  }
})

it('a batch has one proof, for its one address', async () => {
  const first = await signUpBound(server, key)
  const path = '/trpc/auth.refresh,auth.refresh'
  const batch = { 0: { refresh: first.refresh }, 1: { refresh: first.refresh } }
  const send = async (htu: string, nonce: string) => {
    const iat = Math.floor(Date.now() / 1000) + server.clock.seconds
    const dpop = await key.prove({ htm: 'POST', htu, nonce, iat })
    const answer = await call(`${server.url}${path}?batch=1`, { json: batch, headers: { dpop } })
    return (answer.body as { result?: object; error?: { data: { code: string } } }[]).map(
      ({ result, error }) => error?.data.code ?? (result && 'fulfilled'),
    )
  }
  const nonce = String((await postProven(server, '/refresh/', { key, json: {} })).headers.get('dpop-nonce'))
  const wrong = await send('http://localhost:3000/trpc/auth.refresh', nonce)
  expect(wrong).toEqual(['invalid_dpop_proof', 'invalid_dpop_proof'])
  expect(await send(`http://localhost:3000${path}?batch=1`, nonce)).toEqual(['fulfilled', 'fulfilled'])
})

describe('in production', () => {
  let inProduction: TestServer
  beforeAll(async () => {
    inProduction = await startTestServer({
      settings: {
        production: true,
        publicUrl: 'https://auth.example.com',
        dpopBaseUrls: ['https://app.example.com/auth'],
        restPrefix: '/jwt-allauth',
      },
    })
  })
  afterAll(() => inProduction.close())

  it.each([
    ['the public address', 'https://auth.example.com/registration/', 201],
    ['the prefix', 'https://auth.example.com/jwt-allauth/registration/', 201],
    ['the proxy of an app', 'https://app.example.com/auth/registration/', 201],
    ['the name of the machine that Host has', 'HOST/registration/', 400],
    ['the address that a proxy names', 'https://forwarded.example.com/registration/', 400],
  ])('a proof that names %s is answered as follows', async (_name, htu, status) => {
    const answer = await postProven(inProduction, '/registration/', {
      ...{ key, json: signUpFields(), parts: { htu: htu.replace('HOST', inProduction.url) } },
      headers: { 'x-forwarded-host': 'forwarded.example.com', 'x-forwarded-proto': 'https' },
    })
    expect(answer.status).toBe(status)
  })

  it('the prefix may be in the request and not in the proof', async () => {
    const parts = { htu: 'https://auth.example.com/registration/' }
    const answer = await postProven(inProduction, '/jwt-allauth/registration/', {
      key,
      json: signUpFields(),
      parts,
    })
    expect(answer.status).toBe(201)
  })
})
