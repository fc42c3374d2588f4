import { readdirSync, readFileSync } from 'node:fs'
import { signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint } from '../../src/doors/rest/endpoints.ts'
import { type Answer, call, callTrpc } from '../call.ts'
import { OPERATIONS, pathOf } from '../operations.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { HOSTILE, measureCpu, plainLike, watchTextWork } from './text-work.ts'

/** UTF-16 units of the longest text that any field reads: a password of 4,096 characters, each of four units. */
const LONGEST_FIELD = 4 * 4096
/** Bytes that Node reads of a request line with its headers, less those that every request has. */
const HEAD_BYTES = 15_000
/** Milliseconds beside which a difference is noise. One of these texts kept the former server busy for 900. */
const NOISE = 400

let server: TestServer
let token: string
beforeAll(async () => {
  server = await startTestServer()
  const { tokens, email } = await signUp(server.ctx)
  await server.database.sql`update users set role = 900 where email = ${email}`
  token = tokens.access
})
afterAll(() => server.close())

/** Sends texts, and one request of another caller meanwhile. */
async function sendAll(work: Send, texts: string[]): Promise<void> {
  const other = call(`${server.url}/healthz`)
  for (const text of texts) {
    const { status } = await work(text)
    expect(status).toBeLessThan(500)
  }
  expect((await other).status).toBe(200)
}

/** Compares the work of hostile texts with that of plain texts of the same lengths. Every third plain text is sent. */
async function expectSameWork(work: Send, texts: string[]): Promise<void> {
  const some = texts.filter((_, index) => index % 3 === 0)
  const plain = (await measureCpu(() => sendAll(work, some.map(plainLike)))) * (texts.length / some.length)
  const stop = watchTextWork()
  const hostile = await measureCpu(() => sendAll(work, texts))
  expect(stop().longest).toBeLessThanOrEqual(LONGEST_FIELD)
  expect(hostile).toBeLessThan(5 * plain + NOISE)
}

type Send = (text: string) => Promise<Answer>

/** Every place of an operation into which a caller writes text: fields of the body, of the query and of the path. */
function listPlaces(endpoint: Endpoint): [string, Send, maxBytes: number][] {
  const { method, procedurePath, procedure, params, meta } = endpoint
  const url = () => server.url + pathOf(endpoint)
  const names = Object.keys(meta.shape)
  const inBody = method !== 'GET' && method !== 'DELETE'
  const { type } = procedure._def
  return [
    ...names
      .filter((name) => !params.includes(name))
      .map((name): [string, Send, number] => {
        const toBody: Send = (text) => call(url(), { method, json: { [name]: text }, token })
        const toQuery: Send = (text) => call(`${url()}?${new URLSearchParams({ [name]: text })}`, { token })
        return inBody ? [`the field ${name}`, toBody, 60_000] : [`the query ${name}`, toQuery, HEAD_BYTES]
      }),
    ...params.map((name): [string, Send, number] => [
      `the part ${name} of the path`,
      (text) => {
        const path = endpoint.path.replace(`{${name}}`, encodeURIComponent(text)).replaceAll(/\{\w+\}/g, 'x')
        return call(server.url + path, { method, token, json: inBody ? {} : undefined })
      },
      HEAD_BYTES,
    ]),
    ...names.map((name): [string, Send, number] => [
      `the field ${name} over tRPC`,
      (text) => callTrpc(server.url, { path: procedurePath, type }, { input: { [name]: text }, token }),
      type === 'query' ? HEAD_BYTES : 60_000,
    ]),
  ]
}

/** The hostile texts, cut so that they fit into a place, and without what cannot be sent there. */
function textsFor(maxBytes: number, texts = Object.values(HOSTILE)): string[] {
  return texts.map((text) => {
    if (maxBytes > HEAD_BYTES) return text
    const sendable = text.toWellFormed()
    const bytesPerUnit = encodeURIComponent(sendable.slice(0, 100)).length / 100
    return sendable.slice(0, Math.floor(maxBytes / bytesPerUnit)).toWellFormed()
  })
}

/** Two methods of one path have the same places. */
const PLACES = OPERATIONS.filter(({ method }) => method !== 'PUT').flatMap((endpoint) =>
  listPlaces(endpoint).map(
    ([place, work, maxBytes]) => [`${endpoint.method} ${endpoint.path}`, place, work, maxBytes] as const,
  ),
)

/** Texts of ASCII that some code of headers could work long with. */
const HOSTILE_HEADERS = [
  ',',
  ';',
  '; q=',
  ', text/html;q=0.5',
  '=; ',
  'refresh_token=a; ',
  '"',
  '\\"',
  '%',
  '%25',
  'a ',
  ' a',
  'a/1 (',
  'Android ; ',
  '127.0.0.1, ',
  '::1,',
  '[',
  '.',
  '-',
].map((unit) => `x${unit.repeat(Math.floor(12_000 / unit.length))}x`)

/** The headers that the doors read, by their sources, so that the next one is in the list. */
function listReadHeaders(): string[] {
  const doors = new URL('../../src/doors/', import.meta.url)
  const files = readdirSync(doors, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  )
  const read = files.flatMap((name) => {
    const source = readFileSync(new URL(name, doors), 'utf8')
    return [...source.matchAll(/\b(?:headers|request)\.(?:get|has)\('([a-z-]+)'/g)].flatMap(
      ([, header]) => header ?? [],
    )
  })
  // The length is checked by Node, and a name of another source than a literal is not found.
  return [...new Set([...read, 'purpose'])].filter((name) => name !== 'content-length')
}

it('the headers that the server reads are found', () => {
  expect(listReadHeaders()).toEqual(
    expect.arrayContaining(['user-agent', 'cookie', 'authorization', 'accept', 'origin', 'x-forwarded-for']),
  )
})

describe('a hostile text costs no more than a plain one of its length', () => {
  it.each(PLACES)('%s: %s', async (_name, place, work, maxBytes) => {
    // A field over tRPC is the field over REST. The texts that were worst are enough there.
    const texts = place.endsWith('tRPC') ? Object.values(HOSTILE).slice(0, 3) : Object.values(HOSTILE)
    await expectSameWork(work, textsFor(maxBytes, texts))
  })

  it.each(listReadHeaders())('in the header %s', async (name) => {
    const work: Send = (text) =>
      call(`${server.url}/login/`, {
        json: { email: 'ada@example.com', password: 'x' },
        headers: { [name]: text },
      })
    await expectSameWork(work, HOSTILE_HEADERS)
  })

  it.each([
    ['form', 'application/x-www-form-urlencoded', 'email=', ''],
    [
      'multipart form',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n',
      '\r\n--x--\r\n',
    ],
    [
      'name in a multipart form',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: ',
      '"\r\n\r\n--x--',
    ],
    ['body of JSON', 'application/json', '', ''],
  ])('in a %s', async (_name, type, start, end) => {
    const headers = { 'content-type': type }
    const work: Send = (text) =>
      call(`${server.url}/login/`, { method: 'POST', body: start + text.toWellFormed() + end, headers })
    await expectSameWork(work, textsFor(60_000))
  })
})
