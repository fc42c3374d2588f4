import { signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callTrpc } from './call.ts'
import { OPERATIONS, PAGES } from './operations.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const REQUIRED = ['This field is required.']
const MIB = 1024 * 1024
/** The methods of every path of an operation or a page. */
const LISTED_METHODS = Object.entries(Object.groupBy([...OPERATIONS, ...PAGES], ({ path }) => path)).map(
  ([path, listed = []]) => [path, [...new Set(listed.map(({ method }) => method))]] as const,
)

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ app: { restPrefix: '/jwt-allauth' } })
})
afterAll(() => server.close())

describe('paths', () => {
  it.each(['/login/', '/login', '/jwt-allauth/login/', '/jwt-allauth/login'])(
    '%s is the route',
    async (path) => {
      const answer = await call(server.url + path, { json: {} })
      expect(answer).toMatchObject({ status: 400, body: { email: REQUIRED, password: REQUIRED } })
    },
  )

  it.each([
    '//login/',
    '/LOGIN/',
    '/%6cogin/',
    '/login//',
    '/login/%2f',
    '/nowhere',
    '/jwt-allauth',
    '/login/x',
    '/sessions//',
  ])('%s is an unknown path', async (path) => {
    const answer = await call(server.url + path, { json: {} })
    expect(answer).toMatchObject({ status: 404, body: { detail: 'Not found.', code: 'not_found' } })
  })
})

describe('the methods of every path', () => {
  let verifying: TestServer
  beforeAll(async () => {
    verifying = await startTestServer({ settings: { emailVerification: 'optional' } })
  })
  afterAll(() => verifying.close())

  it.each(LISTED_METHODS)('%s takes those that the contract lists, and no other', async (path, methods) => {
    const answer = await call(verifying.url + path.replaceAll(/\{\w+\}/g, 'x'), { method: 'OPTIONS' })
    const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
    expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(allowed.toSorted())
  })
})

describe('methods', () => {
  it('a wrong method is refused with the list of allowed methods', async () => {
    const answer = await call(`${server.url}/login/`)
    expect(answer.body).toEqual({ detail: 'Method "GET" not allowed.', code: 'method_not_allowed' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('POST, OPTIONS')
  })

  it('an unknown path is refused as unknown, with any method', async () => {
    expect((await call(`${server.url}/nowhere`, { method: 'PURGE' })).status).toBe(404)
    expect((await call(`${server.url}/user/`, { method: 'PURGE' })).status).toBe(405)
  })

  it('OPTIONS is answered with 204 and the allowed methods', async () => {
    const answer = await call(`${server.url}/user/`, { method: 'OPTIONS' })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('allow')).toBe('GET, PATCH, PUT, HEAD, OPTIONS')
  })

  it('HEAD is answered as GET, without a body', async () => {
    const answer = await call(`${server.url}/healthz`, { method: 'HEAD' })
    expect(answer).toMatchObject({ status: 200, text: '' })
    expect((await call(`${server.url}/login/`, { method: 'HEAD' })).status).toBe(405)
    expect((await call(`${server.url}/user/`, { method: 'HEAD' })).status).toBe(401)
  })
})

describe('bodies', () => {
  const form = (fields: Record<string, string | Blob>) => {
    const data = new FormData()
    for (const [name, value] of Object.entries(fields)) data.append(name, value)
    return data
  }
  const post = (body: RequestInit['body'], type?: string) =>
    call(`${server.url}/login/`, {
      method: 'POST',
      body,
      headers: type === undefined ? {} : { 'content-type': type },
    })

  it.each([
    ['JSON', () => post('{"email":"x@example.com","password":"y"}', 'Application/JSON; charset=utf-8')],
    ['a form', () => post(new URLSearchParams({ email: 'x@example.com', password: 'y' }))],
    ['multipart', () => post(form({ email: 'x@example.com', password: 'y' }))],
  ])('reads %s', async (_name, send) => {
    expect(await send()).toMatchObject({ status: 401, body: { code: 'incorrect_credentials' } })
  })

  it('of a repeated form field the last value counts', async () => {
    const answer = await post(new URLSearchParams('email=&password=&email=x&password=y'))
    expect(answer.body).toMatchObject({ code: 'incorrect_credentials' })
  })

  it('a file is refused as a value that is not text', async () => {
    const answer = await post(form({ email: new Blob(['x']), password: 'y' }))
    expect(answer).toMatchObject({ status: 400, body: { email: ['Not a valid string.'] } })
  })

  it.each(['text/plain', 'application/xml', 'text/plain; charset=utf-8', ''])(
    'refuses a body of type %j',
    async (type) => {
      const answer = await post(new Blob(['{}']), type)
      expect(answer).toMatchObject({
        status: 415,
        body: {
          detail: `Unsupported media type "${type}" in request.`,
          code: 'unsupported_media_type',
        },
      })
    },
  )

  it.each([undefined, 'text/plain', 'application/json'])(
    'an empty body of type %s counts as {}',
    async (type) => {
      expect(await post(undefined, type)).toMatchObject({ status: 400, body: { email: REQUIRED } })
    },
  )

  it.each(['{', '{"email":}', 'NaN', "{'email':1}", ' ', '{}x'])(
    'refuses malformed JSON %j',
    async (text) => {
      expect(await post(text, 'application/json')).toMatchObject({
        status: 400,
        body: { detail: 'JSON parse error - the body is not valid JSON.', code: 'parse_error' },
      })
    },
  )

  it('JSON that is not UTF-8 and a multipart body without its boundary are refused', async () => {
    const latin1 = await post(new Blob([new Uint8Array([0x22, 0xff, 0x22])]), 'application/json')
    expect(latin1).toMatchObject({ status: 400, body: { code: 'parse_error' } })
    const broken = await post('x', 'multipart/form-data; boundary=abc')
    expect(broken).toMatchObject({ status: 400, body: { code: 'parse_error' } })
  })

  it('a multipart body whose type names no boundary is refused, whatever its parts begin with', async () => {
    const part = '--undefined\r\nContent-Disposition: form-data; name="email"\r\n\r\nx\r\n--undefined--\r\n'
    expect(await post(part, 'multipart/form-data')).toMatchObject({
      status: 400,
      body: { code: 'parse_error' },
    })
  })

  it.each([
    ['[]', 'Invalid data. Expected a dictionary, but got list.'],
    ['"x"', 'Invalid data. Expected a dictionary, but got str.'],
    ['12', 'Invalid data. Expected a dictionary, but got int.'],
    ['1.5', 'Invalid data. Expected a dictionary, but got float.'],
    ['true', 'Invalid data. Expected a dictionary, but got bool.'],
    ['null', 'No data provided'],
  ])('refuses %s in place of an object', async (text, sentence) => {
    const answer = await post(text, 'application/json')
    expect(answer).toMatchObject({ status: 400, body: { non_field_errors: [sentence] } })
  })

  it('ignores unknown fields, also with dangerous names', async () => {
    const text =
      '{"__proto__":{"password":"y"},"constructor":{"prototype":{}},"role":900,"email":"x@example.com"}'
    expect(await post(text, 'application/json')).toMatchObject({ status: 400, body: { password: REQUIRED } })
    expect(await post(new URLSearchParams('__proto__=x&email=y'))).toMatchObject({ status: 400 })
    expect(({} as Record<string, unknown>).password).toBeUndefined()
  })

  it('refuses more than 64 KiB, by the declared length and by the received bytes', async () => {
    const tooLarge = { detail: 'Request body is too large.', code: 'request_too_large' }
    const declared = await post(new Blob(['x'.repeat(64 * 1024 + 1)]), 'application/json')
    expect(declared).toMatchObject({ status: 413, body: tooLarge })
    expect(await sendEndless(`${server.url}/login/`)).toMatchObject({ status: 413, body: tooLarge })
    const justRight = await post(`{"email":"${'x'.repeat(64 * 1024 - 12)}"}`, 'application/json')
    expect(justRight.status).toBe(400)
  })

  it('reads a chunked body', async () => {
    const body = new Blob(['{"email":"x",', '"password":"y"}']).stream()
    const response = await fetch(`${server.url}/login/`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      duplex: 'half',
    })
    expect(response.status).toBe(401)
  })
})

/** Sends a chunked body without an end. The server must answer long before. */
async function sendEndless(url: string) {
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 16 * 1024
      if (sent > 64 * MIB) controller.close()
      else controller.enqueue(new Uint8Array(16 * 1024).fill(0x20))
    },
  })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', body, headers, duplex: 'half' })
  return { status: response.status, body: await response.json() }
}

describe('odd input', () => {
  it.each(['b', '"b"', '"a b"', 'x'.repeat(70)])(
    'a multipart form with the boundary %s is read',
    async (given) => {
      const boundary = given.replaceAll('"', '')
      const part = (name: string, value: string) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
      const body = `${part('email', 'ü@example.com')}${part('password', 'a --b y')}--${boundary}--\r\n`
      const headers = { 'content-type': `multipart/form-data; boundary=${given}` }
      const answer = await call(`${server.url}/login/`, { body, headers })
      expect(answer).toMatchObject({ status: 401, body: { code: 'incorrect_credentials' } })
    },
  )

  it('bytes that are not UTF-8 are a parse error through both doors', async () => {
    const body = Buffer.from('{"email":"\xff","password":"x"}', 'latin1')
    const headers = { 'content-type': 'application/json' }
    const rest = await call(`${server.url}/login/`, { body, headers })
    expect(rest).toMatchObject({ status: 400, body: { code: 'parse_error' } })
    const trpc = await call(`${server.url}/trpc/auth.login`, { body, headers })
    expect(trpc).toMatchObject({ status: 400, body: { error: { data: { code: 'parse_error' } } } })
  })

  it('a session id with a null character is not found through both doors', async () => {
    const { tokens } = await signUp(server.ctx)
    const options = { method: 'DELETE', token: tokens.access }
    const rest = await call(`${server.url}/sessions/%00/`, options)
    expect(rest).toMatchObject({ status: 404, body: { code: 'not_found' } })
    const procedure = { path: 'sessions.revoke', type: 'mutation' }
    const trpc = await callTrpc(server.url, procedure, { input: { id: '\0' }, token: tokens.access })
    expect(trpc).toMatchObject({ status: 404, body: { error: { data: { code: 'not_found' } } } })
  })
})
