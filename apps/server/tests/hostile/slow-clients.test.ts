import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerJson } from '../../src/doors/http/answers.ts'
import { readBody } from '../../src/doors/http/read-body.ts'
import { type HttpServer, listen } from '../../src/doors/http/server.ts'
import { call } from '../call.ts'

/** The limits of production, with shorter times. */
const TIMEOUTS = { headersTimeout: 400, requestTimeout: 800, connectionsCheckingInterval: 100 }

const ADDRESS = {
  host: '127.0.0.1',
  port: 0,
  publicUrl: 'http://localhost',
  basePath: '',
  keepAliveTimeoutSeconds: 2,
  trustedProxies: { hops: 0 },
}

let server: HttpServer
beforeAll(async () => {
  const answer = async (request: Request) => answerJson({ bytes: (await readBody(request))?.byteLength ?? 0 })
  server = await listen(answer, ADDRESS, TIMEOUTS)
})
afterAll(() => server.close())

/** Writes bytes at intervals until the server closes the connection. */
async function drip(first: string, again: () => string, everyMs: number): Promise<string> {
  const socket: Socket = connect(server.port, '127.0.0.1')
  let told = ''
  socket.on('data', (chunk) => {
    told += chunk
  })
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(first)
  const timer = setInterval(() => socket.write(again()), everyMs)
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(timer)
  return told
}

const REQUEST = 'POST /login/ HTTP/1.1\r\nHost: x\r\n'

describe('the server closes a connection', () => {
  it('when its headers never end', async () => {
    let sent = 0
    const told = await drip(REQUEST, () => `X-Drip-${sent++}: 1\r\n`, 50)
    expect(told).toMatch(/^HTTP\/1.1 408 /)
  })

  it('when its body comes byte by byte', async () => {
    const told = await drip(`${REQUEST}Content-Length: 60000\r\n\r\n`, () => ' ', 50)
    expect(told).toMatch(/^HTTP\/1.1 408 /)
  })

  it('when its headers are too large or too many', async () => {
    const large = await drip(`${REQUEST}X-Large: ${'x'.repeat(64 * 1024)}\r\n\r\n`, () => '', 1000)
    expect(large).toMatch(/^HTTP\/1.1 431 |^$/)
    const many = Array.from({ length: 5000 }, (_, i) => `X-${i}: 1\r\n`).join('')
    expect(await drip(`${REQUEST}${many}\r\n`, () => '', 1000)).toMatch(/^HTTP\/1.1 431 /)
  })

  it('when its bytes are not HTTP', async () => {
    expect(await drip('\0\u0001\u0002 garbage\r\n\r\n', () => '', 1000)).toMatch(/^HTTP\/1.1 400 /)
    const smuggled = `${REQUEST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`
    expect(await drip(smuggled, () => '', 1000)).toMatch(/^HTTP\/1.1 400 /)
  })

  it('that is idle, after KEEP_ALIVE_TIMEOUT and not after the time limits of a request', async () => {
    const socket = connect(server.port, '127.0.0.1')
    let told = ''
    socket.on('data', (chunk) => {
      told += chunk
    })
    const ask = () => socket.write(`${REQUEST}Content-Length: 0\r\n\r\n`)
    ask()
    await sleep(TIMEOUTS.requestTimeout + 2 * TIMEOUTS.connectionsCheckingInterval)
    ask()
    if (!socket.closed) await once(socket, 'close')
    expect(told.match(/HTTP\/1\.1 \d+|Keep-Alive: .*/g)).toEqual([
      'HTTP/1.1 200',
      'Keep-Alive: timeout=2',
      'HTTP/1.1 200',
      'Keep-Alive: timeout=2',
    ])
  })

  it('and a hundred slow connections keep no other caller out', async () => {
    const slow = Array.from({ length: 100 }, () =>
      drip(`${REQUEST}Content-Length: 60000\r\n\r\n`, () => ' ', 100),
    )
    const url = `http://127.0.0.1:${server.port}/login/`
    for (let i = 0; i < 20; i++) expect((await call(url, { json: {} })).status).toBe(200)
    await Promise.all(slow)
  })
})
