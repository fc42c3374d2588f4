import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { carry, countRefreshes } from '../support/carrying-client.ts'

/** A service that refuses the first token, and notes each request. */
let service: Server
let origin: string
let seen: { authorization: string; body: string }[] = []

beforeAll(async () => {
  service = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    seen.push({ authorization: String(request.headers.authorization), body })
    const isRefused = seen[0]?.authorization === request.headers.authorization
    response.writeHead(isRefused ? 401 : 200).end(body)
  }).listen(0, '127.0.0.1')
  await once(service, 'listening')
  origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
})
afterAll(() => service.close())
beforeEach(() => {
  seen = []
})

const HELLO = new TextEncoder().encode('hello=1')
const form = () => {
  const data = new FormData()
  data.set('hello', new File([HELLO], 'hello.txt'))
  return data
}
/** As the `form-data` of npm: a stream of Node with the tag of `FormData`. */
const npmForm = () => Object.assign(Readable.from([HELLO]), { [Symbol.toStringTag]: 'FormData' })
async function* generate() {
  yield HELLO
}
const streamOf = (bytes: Uint8Array) =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })

/** Sends a body through the client of a signed-in user, and returns the status and how often it was sent. */
async function post(make: (url: string) => [RequestInfo | URL, RequestInit?]) {
  const setup = await carry((input, init) => fetch(input, init), { trustedOrigins: [origin] })
  const response = await setup.fetchAsUser(...make(`${origin}/`))
  return { setup, status: response.status, answer: await response.text() }
}

describe('a request that was refused is sent again with the same body', () => {
  test.each<[string, () => RequestInit]>([
    ['none', () => ({ method: 'DELETE' })],
    ['a text', () => ({ method: 'POST', body: 'hello=1' })],
    ['an empty text', () => ({ method: 'POST', body: '' })],
    ['URLSearchParams', () => ({ method: 'POST', body: new URLSearchParams('hello=1') })],
    ['FormData', () => ({ method: 'POST', body: form() })],
    ['a Blob', () => ({ method: 'POST', body: new Blob([HELLO]) })],
    ['an ArrayBuffer', () => ({ method: 'POST', body: HELLO.slice().buffer })],
    ['a view of it', () => ({ method: 'POST', body: new DataView(HELLO.slice().buffer) })],
  ])('%s', async (_name, make) => {
    for (const asRequest of [false, true]) {
      seen = []
      const { status, answer } = await post((url) => (asRequest ? [new Request(url, make())] : [url, make()]))
      expect(status).toBe(200)
      expect(seen).toHaveLength(2)
      // The boundary of a form is new in each request.
      const bodies = seen.map(({ body }) => body.replace(/-{4,}\S+/g, ''))
      expect(bodies[1]).toBe(bodies[0])
      expect(answer).toBe(seen[1]?.body)
      expect(seen[1]?.authorization).not.toBe(seen[0]?.authorization)
    }
  })

  test('a stream in a Request, when it was short', async () => {
    const init = { method: 'POST', body: streamOf(HELLO), duplex: 'half' } as RequestInit
    expect(await post((url) => [new Request(url, init)])).toMatchObject({ status: 200, answer: 'hello=1' })
  })
})

describe('a body that can be sent once is sent once, and the 401 is the answer', () => {
  const long = new Uint8Array(3_000_000).fill(104)
  test.each<[string, (url: string) => [RequestInfo | URL, RequestInit?]]>([
    ['a generator', (url) => [url, { body: generate() } as unknown as RequestInit]],
    ['a stream of Node', (url) => [url, { body: Readable.from([HELLO]) } as unknown as RequestInit]],
    ['a form of npm', (url) => [url, { body: npmForm() } as unknown as RequestInit]],
    ['a ReadableStream', (url) => [url, { body: streamOf(HELLO) }]],
    ['a long body of a Request', (url) => [new Request(url, { method: 'POST', body: long })]],
  ])('%s', async (_name, make) => {
    const once = (url: string): [RequestInfo | URL, RequestInit?] => {
      const [input, init] = make(url)
      return init ? [input, { method: 'POST', duplex: 'half', ...init } as RequestInit] : [input]
    }
    const { setup, status } = await post(once)
    expect([status, seen.length, countRefreshes(setup)]).toEqual([401, 1, 1])
    expect(seen[0]?.body.length).toBeGreaterThan(0)
    // The session was renewed for the next request.
    const next = await setup.fetchAsUser(...once(`${origin}/`))
    expect([next.status, seen.length, countRefreshes(setup)]).toEqual([200, 2, 1])
    expect(seen[1]?.body).toBe(seen[0]?.body)
  })
})
