import { PASSWORD, requireTokens, signUp } from '@latchkey/testkit'
import { createTRPCClient, httpBatchLink, httpBatchStreamLink, TRPCClientError } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppRouter } from '../src/procedures/router.ts'
import { call } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

function createClient(token?: string) {
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  return createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${server.url}/trpc`, headers })] })
}

const JSON_TYPE = { 'content-type': 'application/json' }
const postTo = (path: string, body: RequestInit['body'], headers: Record<string, string> = JSON_TYPE) =>
  call(`${server.url}/trpc/${path}`, { method: 'POST', body, headers })

describe('a typed client', () => {
  it('signs up, in and out', async () => {
    const client = createClient()
    const email = 'typed@example.com'
    const names = { first_name: 'Ada', last_name: 'Lovelace' }
    await client.registration.register.mutate({ email, password1: PASSWORD, password2: PASSWORD, ...names })
    const answer = await client.auth.login.mutate({ email, password: PASSWORD })
    const { access, refresh } = requireTokens(answer)
    const own = createClient(access)
    const [user, { sessions }] = await Promise.all([own.user.get.query(), own.sessions.list.query()])
    expect(user).toEqual({ email, ...names, language: null, has_usable_password: true })
    expect(sessions).toHaveLength(2)
    expect(await own.auth.logout.mutate({ refresh })).toEqual({ detail: 'Successfully logged out.' })
  })

  it('may ask for a batch as a stream', async () => {
    const { email, tokens } = await signUp(server.ctx)
    const headers = { authorization: `Bearer ${tokens.access}` }
    const link = httpBatchStreamLink({ url: `${server.url}/trpc`, headers })
    const client = createTRPCClient<AppRouter>({ links: [link] })
    const [user, { sessions }] = await Promise.all([client.user.get.query(), client.sessions.list.query()])
    expect([user.email, sessions.length]).toEqual([email, 1])
    await expect(client.auth.login.mutate({ email, password: 'wrong' })).rejects.toMatchObject({
      data: { code: 'incorrect_credentials', httpStatus: 401 },
    })
  })

  it('gets the same code and fields as a REST caller', async () => {
    const wrong = createClient().auth.login.mutate({ email: 'x', password: 'y' })
    const error = await wrong.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TRPCClientError)
    expect(error).toMatchObject({
      message: 'Incorrect credentials',
      data: { code: 'incorrect_credentials', httpStatus: 401 },
    })
    const blank = createClient().auth.login.mutate({ email: '', password: '' })
    await expect(blank).rejects.toMatchObject({
      data: { code: 'invalid', fields: { email: ['This field may not be blank.'] } },
    })
  })
})

describe('the tRPC door', () => {
  it.each(['nowhere', 'auth.nowhere', '__proto__', 'constructor', 'toString', 'auth'])(
    'knows no procedure %s',
    async (path) => {
      const answer = await postTo(path, '{}')
      expect(answer).toMatchObject({
        status: 404,
        body: { error: { message: 'Not found.', data: { code: 'not_found' } } },
      })
    },
  )

  it.each(['multipart/form-data; boundary=x', 'application/octet-stream', 'text/plain', ''])(
    'refuses a body of type %j',
    async (type) => {
      const answer = await postTo('auth.login', new Blob(['{}']), { 'content-type': type })
      expect(answer).toMatchObject({
        status: 415,
        body: { error: { data: { code: 'unsupported_media_type', httpStatus: 415 } } },
      })
    },
  )

  it('refuses a body over 64 KiB', async () => {
    const answer = await postTo('auth.login', 'x'.repeat(64 * 1024 + 1))
    expect(answer).toMatchObject({ status: 413, body: { error: { data: { code: 'request_too_large' } } } })
  })

  it.each([
    ['a body', () => postTo('auth.login', '{"password":"hush')],
    ['a query', () => call(`${server.url}/trpc/user.get?input={"password":"hush`)],
  ])('does not repeat malformed JSON of %s in its answer', async (_name, send) => {
    const { tokens } = await signUp(server.ctx)
    const headers = { authorization: `Bearer ${tokens.access}` }
    const answers = [await send(), await call(`${server.url}/trpc/user.get?input={"hush`, { headers })]
    for (const answer of answers) expect(answer.text).not.toContain('hush')
    expect(answers[1]).toMatchObject({ status: 400, body: { error: { data: { code: 'parse_error' } } } })
  })

  it('counts the calls of a batch', async () => {
    const batch = (calls: number) => postTo(`${Array(calls).fill('auth.login').join(',')}?batch=1`, '{}')
    expect((await batch(10)).status).toBe(400)
    expect((await batch(10)).body).toHaveLength(10)
    expect(await batch(11)).toMatchObject({ status: 400, body: { error: { data: { code: 'invalid' } } } })
  })

  it.each([
    ['a batch that is too long', `${Array(11).fill('auth.login').join(',')}?batch=1`, {}],
    ['a stream without a batch', 'auth.login', { 'trpc-accept': 'application/jsonl' }],
    ['parameters that are not JSON', 'auth.login?connectionParams=x', {}],
  ])('refuses %s with a JSON refusal', async (_name, path, headers) => {
    const { status, headers: given } = await postTo(path, '{}', { ...JSON_TYPE, ...headers })
    expect([status, given.get('content-type')]).toEqual([400, 'application/json'])
  })

  it('takes a call without a body and without a type as one without fields', async () => {
    const answer = await postTo('auth.login', undefined, {})
    expect(answer).toMatchObject({ status: 400, body: { error: { data: { code: 'invalid' } } } })
  })

  it.each(['%75ser.get', 'user%2eget', 'user.get%2csessions.list?batch=1'])(
    'knows no encoded name of a procedure: %s',
    async (path) => {
      const { tokens } = await signUp(server.ctx)
      const answer = await call(`${server.url}/trpc/${path}`, { token: tokens.access })
      expect(answer).toMatchObject({ status: 404, body: { error: { data: { code: 'not_found' } } } })
    },
  )

  it('answers a stream at once, with its length', async () => {
    const headers = { ...JSON_TYPE, 'trpc-accept': 'application/jsonl' }
    const { headers: given } = await postTo('auth.login?batch=1', '{}', headers)
    expect(Number(given.get('content-length'))).toBeGreaterThan(100)
    expect(given.get('transfer-encoding')).toBeNull()
  })

  it('answers HEAD without a body', async () => {
    const answer = await call(`${server.url}/trpc/user.get`, { method: 'HEAD' })
    expect(answer).toMatchObject({ status: 204, text: '' })
  })

  it('accepts queries by GET only', async () => {
    const answer = await postTo('user.get', '{}')
    expect(answer).toMatchObject({ status: 405, body: { error: { data: { code: 'method_not_allowed' } } } })
    expect(answer.headers.get('allow')).toBe('GET')
  })

  it('accepts mutations by POST only', async () => {
    const answer = await call(`${server.url}/trpc/auth.login`)
    expect(answer).toMatchObject({ status: 405, body: { error: { data: { code: 'method_not_allowed' } } } })
    expect(answer.headers.get('allow')).toBe('POST')
    expect((await call(`${server.url}/trpc/auth.login`, { method: 'DELETE' })).status).toBe(405)
  })
})
