import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { askForObject, createProviderFetch } from './provider-fetch.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const KIBIBYTE = ' '.repeat(1024)

/** What a provider may answer, by path. */
const ANSWERS: Record<string, (response: ServerResponse) => void> = {
  '/object': (response) => response.writeHead(200, JSON_TYPE).end('{"a":1}'),
  '/keys': (response) =>
    response.writeHead(200, { 'content-type': 'application/jwk-set+json' }).end('{"a":1}'),
  '/largest': (response) => response.writeHead(200, JSON_TYPE).end(`{"a":1}${KIBIBYTE.repeat(255)}`),
  '/refusal': (response) => response.writeHead(401, JSON_TYPE).end('{"error":"invalid_token"}'),
  '/bare-refusal': (response) => response.writeHead(401).end(),
  '/silent': () => {},
  '/slow-body': (response) => response.writeHead(200, JSON_TYPE).write('{"a":'),
  '/huge': (response) => response.writeHead(200, JSON_TYPE).end(`{"a":1}${KIBIBYTE.repeat(256)}`),
  '/endless': (response) => {
    response.writeHead(200, JSON_TYPE)
    const more = () => {
      while (!response.destroyed && response.write(KIBIBYTE)) {}
    }
    response.on('drain', more)
    more()
  },
  '/html': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello</p>'),
  '/html-refusal': (response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<p>No</p>'),
  '/no-type': (response) => response.writeHead(200).end('{"a":1}'),
  '/text-json': (response) =>
    response.writeHead(200, { 'content-type': 'text/plain; a=application/json' }).end('{}'),
  '/broken': (response) => response.writeHead(200, JSON_TYPE).end('{"a":'),
  '/empty': (response) => response.writeHead(200, JSON_TYPE).end(),
  '/nothing': (response) => response.writeHead(204).end(),
  '/text': (response) => response.writeHead(200, JSON_TYPE).end('"text"'),
  '/list': (response) => response.writeHead(200, JSON_TYPE).end('[]'),
  '/500': (response) => response.writeHead(500, JSON_TYPE).end('{"a":1}'),
  '/503': (response) => response.writeHead(503, JSON_TYPE).end('{"a":1}'),
  '/429': (response) => response.writeHead(429, JSON_TYPE).end('{"a":1}'),
  '/301': (response) => response.writeHead(301, { ...JSON_TYPE, location: '/object' }).end('{"a":1}'),
  '/307': (response) => response.writeHead(307, { ...JSON_TYPE, location: '/object' }).end('{"a":1}'),
  '/304': (response) => response.writeHead(304).end(),
  '/cut': (response) => response.socket?.destroy(),
}

let server: Server
let origin = ''
const asked: { path: string; agent: string | undefined }[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', agent: request.headers['user-agent'] })
    ANSWERS[request.url ?? '']?.(response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const fetchHere = createProviderFetch({ allowInsecureRequests: true })
/** For answers that never end, so that the test need not wait. */
const hasty = createProviderFetch({ allowInsecureRequests: true, timeoutMilliseconds: 100 })
const ask = (path: string) =>
  askForObject(['/silent', '/slow-body'].includes(path) ? hasty : fetchHere, origin + path)

describe('an answer of a provider', () => {
  it.each(['/object', '/keys', '/largest'])('is read: %s', async (path) => {
    expect(await ask(path)).toEqual({ a: 1 })
  })

  it.each(['/refusal', '/bare-refusal'])('may be a refusal: %s', async (path) => {
    expect(await ask(path)).toBeNull()
  })

  it.each([
    ['/silent', 'no answer in time'],
    ['/slow-body', 'no answer in time'],
    ['/huge', 'an answer of more than 256 KiB'],
    ['/endless', 'an answer of more than 256 KiB'],
    ['/html', 'an answer that is not JSON'],
    ['/html-refusal', 'an answer that is not JSON'],
    ['/no-type', 'an answer that is not JSON'],
    ['/text-json', 'an answer that is not JSON'],
    ['/broken', 'an answer that is broken JSON'],
    ['/empty', 'an answer that is broken JSON'],
    ['/nothing', 'an answer that is broken JSON'],
    ['/text', 'an answer that is no object'],
    ['/list', 'an answer that is no object'],
    ['/500', 'status 500'],
    ['/503', 'status 503'],
    ['/429', 'status 429'],
    ['/301', 'a redirect'],
    ['/307', 'a redirect'],
    ['/304', 'a redirect'],
    ['/cut', 'no connection'],
  ])('is none: %s', async (path, reason) => {
    await expect(ask(path)).rejects.toMatchObject({ name: 'ProviderDown', message: reason })
  })

  it('of which nothing is used is not read on', async () => {
    const cancel = vi.fn()
    const network = async () => new Response(new ReadableStream({ cancel }), { status: 503 })
    const fetch = createProviderFetch({ fetch: network, allowInsecureRequests: false })
    await expect(fetch('https://id.acme.example/', {})).rejects.toMatchObject({ message: 'status 503' })
    expect(cancel).toHaveBeenCalledOnce()
  })

  it('is none where the network shows a redirect as it does to a page', async () => {
    const hidden = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' })
    const fetch = createProviderFetch({ fetch: async () => hidden, allowInsecureRequests: false })
    await expect(fetch('https://id.acme.example/', {})).rejects.toMatchObject({ message: 'a redirect' })
  })

  it('is not looked for where a redirect leads', async () => {
    asked.length = 0
    await ask('/301').catch(() => null)
    expect(asked).toEqual([{ path: '/301', agent: 'latchkey' }])
  })
})

describe('the address of a question', () => {
  it.each([
    ['http to this machine in production', 'http://127.0.0.1:1/', false],
    ['http to another machine', 'http://id.acme.example/', true],
    ['http to a name like this machine', 'http://localhost.evil.example/', true],
    ['another protocol to this machine', 'ftp://127.0.0.1/', true],
    ['a file', 'file:///etc/passwd', true],
    ['data', 'data:application/json,{}', true],
  ])('is never %s', async (_what, url, allowInsecureRequests) => {
    const network = vi.fn()
    const fetch = createProviderFetch({ fetch: network, allowInsecureRequests })
    await expect(fetch(url, {})).rejects.toMatchObject({ message: 'an address without https' })
    expect(network).not.toHaveBeenCalled()
  })
})

it('gives an answer five seconds, and follows no redirect by itself', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout')
  const network = vi.fn(async () => Response.json({}))
  await createProviderFetch({ fetch: network, allowInsecureRequests: false })('https://id.acme.example/', {
    redirect: 'follow',
  })
  expect(timeout).toHaveBeenCalledExactlyOnceWith(5000)
  expect(network).toHaveBeenCalledExactlyOnceWith(
    'https://id.acme.example/',
    expect.objectContaining({ redirect: 'manual', signal: timeout.mock.results[0]?.value }),
  )
})
