import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { type Handler, type HttpServer, listen } from './server.ts'

const ADDRESS = {
  host: '127.0.0.1',
  port: 0,
  publicUrl: 'http://localhost',
  basePath: '',
  keepAliveTimeoutSeconds: 65,
  trustedProxies: { hops: 0 },
}
const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

let server: HttpServer
afterEach(() => server.close())

const serve = async (handler: Handler) => {
  server = await listen(handler, ADDRESS)
}

/** Opens a connection, and keeps what arrives on it. */
async function open() {
  const socket = connect(server.port, '127.0.0.1')
  const told = { socket, text: '' }
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    told.text += chunk
  })
  await once(socket, 'connect')
  return told
}

it('malformed bytes in the middle of an answer end the connection, and put no second answer into the first', async () => {
  const unfinished = {
    start: (stream: ReadableStreamDefaultController) => stream.enqueue(Buffer.from('first')),
  }
  await serve(() => new Response(new ReadableStream(unfinished)))
  const told = await open()
  told.socket.write(REQUEST)
  await expect.poll(() => told.text).toContain('first')
  told.socket.write('garbage\r\n\r\n')
  await expect.poll(() => told.socket.closed).toBe(true)
  expect(told.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200'])
})

it('a connection is closed behind a request that a proxy may have read otherwise', async () => {
  await serve(() => new Response('served'))
  const told = await open()
  told.socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n${REQUEST}`)
  await once(told.socket, 'close')
  expect(told.text).toMatch(/^HTTP\/1\.1 400 .*\r\nConnection: close\r\n/s)
  expect(told.text).not.toContain('served')
})

it('a server that leaves still serves, and says so to the app and to the caller', async () => {
  await serve((_request, { isLeaving }) => new Response(String(isLeaving)))
  const ask = async () => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/`)
    return [await answer.text(), answer.headers.get('connection')]
  }
  expect(await ask()).toEqual(['false', 'keep-alive'])
  const closing = server.close(1)
  expect(await ask()).toEqual(['true', 'close'])
  await closing
})

it('a port that is taken is an error of the caller, and not one that nobody catches', async () => {
  await serve(() => new Response())
  const second = listen(() => new Response(), { ...ADDRESS, port: server.port })
  await expect(Promise.race([second, sleep(60_000, undefined, { ref: false })])).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
})
