import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OPERATIONS, pathOf } from '../operations.ts'
import { sendRaw, sendTarget } from '../send-raw.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ app: { restPrefix: '/jwt-allauth' } })
})
afterAll(() => server.close())

const BAD = '{"detail":"Bad request.","code":"parse_error"}'
const UNKNOWN = '{"detail":"Not found.","code":"not_found"}'

/** Targets that a lenient server takes for this path, and that a rule of a proxy about this path does not match. */
function listDetours(path: string): string[] {
  const [, first = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(path) ?? []
  const encoded = `%${first.charCodeAt(0).toString(16)}${first.slice(1)}`
  return [
    `/x/..${path}`,
    `/x/%2e%2e${path}`,
    `/x/.%2E${path}`,
    `/.${path}`,
    `/%2e${path}`,
    `/jwt-allauth/x/..${path}`,
    `${path}.`,
    `${path}x/..`,
    `${path}x/%2e%2e/`,
    `/${path}`,
    `/x\\..${path}`,
    `\\${path.slice(1)}`,
    `/${first}\\${rest.slice(1)}`,
    `/${encoded}${rest}`,
    `/${first.toUpperCase()}${rest}`,
    `/${first};x=1${rest}`,
    `/${first}%2f${rest.slice(1)}`,
    `/${first}%5c${rest.slice(1)}`,
    `/${first}%00${rest}`,
    `/x#/..${path}`,
    `${path}#x`,
    `http://localhost/x/..${path}`,
    `http://localhost/%2e${path}`,
    `http://localhost\\x/..${path}`,
    `http:${path}`,
    `localhost${path}`,
  ]
}

describe('a path is what was sent, or it is refused:', () => {
  const cases = OPERATIONS.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const)
  it.each(cases)('no other spelling reaches %s', async (_name, endpoint) => {
    const { method } = endpoint
    const detours = listDetours(pathOf(endpoint))
    const answers = await Promise.all(detours.map((target) => sendTarget(server.url, target, { method })))
    const reached = answers.flatMap(({ status, text }, at) =>
      (status === 400 && text === BAD) || (status === 404 && text === UNKNOWN)
        ? []
        : [[detours[at], status, text]],
    )
    expect(reached).toEqual([])
  })

  it.each(OPERATIONS.map(({ procedurePath, procedure }) => [procedurePath, procedure._def.type] as const))(
    'no other spelling reaches the procedure %s',
    async (name, type) => {
      const method = type === 'query' ? 'GET' : 'POST'
      const encoded = `%${name.charCodeAt(0).toString(16)}${name.slice(1)}`
      const targets = [
        `/trpc/${encoded}`,
        `/trpc/${name.replace('.', '%2e')}`,
        `/trpc/x/../${name}`,
        `/trpc//${name}`,
      ]
      for (const target of targets) {
        const { status, text } = await sendTarget(server.url, target, { method })
        expect([target, [400, 404].includes(status), /parse_error|not_found/.test(text)]).toEqual([
          target,
          true,
          true,
        ])
      }
    },
  )

  it('the sent path still leads there, with a query of any kind and in absolute form', async () => {
    for (const target of ['/healthz', '/healthz/', '/healthz?x=/../..\\#', 'http://localhost/healthz?/./']) {
      expect([target, (await sendTarget(server.url, target)).status]).toEqual([target, 200])
    }
    expect((await sendTarget(server.url, 'http://localhost')).status).toBe(200)
  })
})

describe('a host that is none is refused:', () => {
  it.each([
    'x/healthz?',
    'x#/',
    'x\\y',
    'user@x',
    'x:y',
    'x x',
    // Its ASCII form is as long as the whole text, which a check of the length takes for a plain host.
    '\u00fc/abcde',
    '\u00fc.\u00fc.\u00fc/healthz?aaaaaaaaa',
    '[::1',
    '%6cocalhost',
    'localhost,evil.example',
  ])('%s', async (host) => {
    const answer = await sendTarget(server.url, '/user/', { host })
    expect(answer).toMatchObject({ status: 400, text: BAD })
  })

  it.each(['localhost', 'LOCALHOST:80', '127.0.0.1:3000', '[::1]:3000', 'a_b.example.com.', ''])(
    'and this is one: %j',
    async (host) => {
      expect((await sendTarget(server.url, '/healthz', { host })).status).toBe(200)
    },
  )
})

describe('a version of HTTP that is not 1.0 or 1.1 is refused:', () => {
  it.each([
    ['HTTP/0.9', 'GET /healthz\r\n\r\n'],
    ['HTTP/0.9 by its number', 'GET /healthz HTTP/0.9\r\nHost: x\r\n\r\n'],
    ['HTTP/2 without its frames', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP/3', 'GET /healthz HTTP/3.0\r\nHost: x\r\n\r\n'],
  ])('%s', async (_name, bytes) => {
    const { status, text } = await sendRaw(server.url, bytes)
    expect([status, text]).toEqual([400, BAD])
  })

  it('a body of HTTP/1.0 whose end a proxy may see elsewhere hides no second request', async () => {
    const second = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    const framing = 'Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
    const { status, text } = await sendRaw(server.url, `POST /login/ HTTP/1.0\r\n${framing}${second}`)
    expect([status, text]).toEqual([400, BAD])
  })

  it('and an old client of HTTP/1.0 is served', async () => {
    expect((await sendRaw(server.url, 'GET /healthz HTTP/1.0\r\n\r\n')).status).toBe(200)
  })
})
