import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerJson } from '../src/doors/http/answers.ts'
import { readBody } from '../src/doors/http/read-body.ts'
import { type HttpServer, listen } from '../src/doors/http/server.ts'

const ADDRESS = {
  host: '127.0.0.1',
  port: 0,
  publicUrl: 'https://auth.example.com',
  basePath: '',
  keepAliveTimeoutSeconds: 65,
  trustedProxies: { hops: 1 },
}
const ID = /^[0-9a-f-]{36}$/

let serving: HttpServer
beforeAll(async () => {
  const answer = async (request: Request) => answerJson({ bytes: (await readBody(request))?.byteLength ?? 0 })
  serving = await listen(answer, ADDRESS, {
    headersTimeout: 300,
    requestTimeout: 600,
    connectionsCheckingInterval: 100,
  })
})
afterAll(() => serving.close())

/** Sends bytes and reads until the server closes the connection or one answer has arrived. */
async function send(server: HttpServer, bytes: string) {
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => {})
  let told = ''
  const isWhole = () => {
    const [head = '', body] = told.split('\r\n\r\n')
    return body !== undefined && body.length >= Number(/content-length: (\d+)/i.exec(head)?.[1])
  }
  socket.on('data', (chunk) => {
    told += chunk
    if (isWhole()) socket.destroy()
  })
  await once(socket, 'connect')
  socket.write(bytes)
  if (!socket.closed) await once(socket, 'close')
  const [head = '', body = ''] = told.split('\r\n\r\n')
  const [start = '', ...lines] = head.split('\r\n')
  const headers = new Headers(
    lines.map((line): [string, string] => [line.split(': ')[0] ?? '', line.slice(line.indexOf(': ') + 2)]),
  )
  return { status: Number(start.split(' ')[1]), headers, body: JSON.parse(body) as unknown }
}

function expectProtected(headers: Headers): void {
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'content-security-policy': expect.stringContaining("default-src 'none'; frame-ancestors 'none'"),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': expect.stringMatching(/^max-age=\d+$/),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-request-id': expect.stringMatching(ID),
  })
}

const POST = 'POST /login/ HTTP/1.1\r\nHost: x\r\n'
const MANY = Array.from({ length: 5000 }, (_, i) => `X-${i}: 1\r\n`).join('')
const BAD = { detail: 'Bad request.', code: 'parse_error' }
const LATE = { detail: 'The request did not arrive.', code: 'parse_error' }
const LARGE = { detail: 'The request headers are too large.', code: 'request_too_large' }
const LARGE_BODY = { detail: 'Request body is too large.', code: 'request_too_large' }

describe('an answer from before the routing has a request id and the protective headers:', () => {
  it.each([
    ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', 400, BAD],
    ['two lines Host', 'GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n', 400, BAD],
    ['the same Host twice', 'GET /healthz HTTP/1.1\r\nHost: x\r\nhOST: x\r\n\r\n', 400, BAD],
    ['two lines Host of an old client', 'GET /healthz HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n', 400, BAD],
    ['a malformed Host', 'GET /healthz HTTP/1.1\r\nHost: a b/c\r\n\r\n', 400, BAD],
    ['a malformed path', 'GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n', 400, BAD],
    ['bytes that are not HTTP', '\0\u0001\u0002 garbage\r\n\r\n', 400, BAD],
    ['two lengths', `${POST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400, BAD],
    ['headers that never end', POST, 408, LATE],
    ['a body that never ends', `${POST}Content-Length: 5\r\n\r\n1`, 408, LATE],
    ['too many headers', `${POST}${MANY}\r\n`, 431, LARGE],
    [
      'a chunk whose extension is too long',
      `${POST}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}\r\n`,
      413,
      LARGE_BODY,
    ],
  ])('%s', async (_name, bytes, status, body) => {
    const answer = await send(serving, bytes)
    expect(answer).toMatchObject({ status, body })
    expectProtected(answer.headers)
    expect(answer.headers.get('connection')).toMatch(/close|keep-alive/)
  })

  it('and keeps the id of a trusted proxy, when it can be read', async () => {
    const answer = await send(serving, 'GET / HTTP/1.1\r\nX-Request-Id: abc-1\r\n\r\n')
    expect(answer.headers.get('x-request-id')).toBe('abc-1')
  })
})

it('an unknown Expect header is ignored, as HTTP allows', async () => {
  const answer = await send(serving, `${POST}Expect: wonders\r\nContent-Length: 2\r\n\r\n{}`)
  expect(answer).toMatchObject({ status: 200, body: { bytes: 2 } })
  expectProtected(answer.headers)
})

it('a second request that is malformed is answered after the first', async () => {
  const socket = connect(serving.port, '127.0.0.1')
  let told = ''
  socket.on('data', (chunk) => {
    told += chunk
    if (told.includes('"bytes"')) socket.write('garbage\r\n\r\n')
  })
  socket.write(`${POST}Content-Length: 2\r\n\r\n{}`)
  await once(socket, 'close')
  expect(told.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400'])
})
