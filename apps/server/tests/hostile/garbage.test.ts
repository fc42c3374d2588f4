import { signUp } from '@latchkey/testkit'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ZodObject, ZodOptional } from 'zod'
import type { Endpoint } from '../../src/doors/rest/endpoints.ts'
import { type Answer, call, callTrpc } from '../call.ts'
import { OPERATIONS } from '../operations.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

/** The number of inputs per operation. Each input is sent through both doors. */
const RUNS = 60
const RAW_RUNS = 300
const SEED = Number(process.env.LATCHKEY_TEST_SEED ?? 20_250_101)

let server: TestServer
let token: string
let sent = 0
const rejections: unknown[] = []
const note = (reason: unknown) => void rejections.push(reason)
beforeAll(async () => {
  process.on('unhandledRejection', note)
  server = await startTestServer()
})
beforeEach(async () => {
  token = (await signUp(server.ctx)).tokens.access
})
afterEach(() => expect(rejections).toEqual([]))
afterAll(async () => {
  process.off('unhandledRejection', note)
  await server.close()
})

/** Traces of a stack, a statement or a library. */
const LEAK =
  /\bat (?:async )?[\w.<>]+ \(|node_modules|\.[jt]s:\d+|\b(?:insert into|delete from|returning)\b|\bselect .+ from\b|drizzle|ZodError|TypeError|PostgresError|\$argon2/i

function expectHarmless(answer: Answer): void {
  sent++
  expect(answer.status, answer.text).toBeLessThan(500)
  expect(answer.text).not.toMatch(LEAK)
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\ud800',
    "' or 1=1 --",
    '"; drop table users',
    '{{7*7}}',
    '../..',
    'x'.repeat(9000),
  ),
  fc.emailAddress(),
  fc.uuid(),
)
const value = fc.oneof(text, fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(null, -0, 1e308, [], {}, true))

function fieldsOf({ procedure }: Endpoint): string[] {
  const [input] = procedure._def.inputs as unknown as (ZodObject | ZodOptional<ZodObject>)[]
  if (!input) return []
  return Object.keys('unwrap' in input ? input.unwrap().shape : input.shape)
}

/** Makes objects with the right names and odd values, and sometimes any JSON value. */
function inputOf(endpoint: Endpoint): fc.Arbitrary<unknown> {
  const named = fieldsOf(endpoint).map((name) => [name, value] as const)
  const object = fc.record(Object.fromEntries(named), { requiredKeys: [] })
  return fc.oneof({ weight: 4, arbitrary: object }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) })
}

describe.each(OPERATIONS.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
  '%s answers garbage without a fault',
  (_name, endpoint) => {
    it(`${RUNS} inputs through both doors`, async () => {
      const { type } = endpoint.procedure._def
      const send = async (input: unknown, id: string) => {
        const path = endpoint.path.replace(/\{\w+\}/, encodeURIComponent(id.toWellFormed()) || 'x')
        const json = ['GET', 'DELETE'].includes(endpoint.method) ? undefined : input
        expectHarmless(await call(server.url + path, { method: endpoint.method, json, token }))
        expectHarmless(await callTrpc(server.url, { path: endpoint.procedurePath, type }, { input, token }))
      }
      await fc.assert(fc.asyncProperty(inputOf(endpoint), text, send), { numRuns: RUNS, seed: SEED })
    })
  },
)

describe('random requests', () => {
  const types = [
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    '',
  ]
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND')
  const known = OPERATIONS.map(({ path }) => path)
  const path = fc.oneof(
    fc.constantFrom(
      ...known,
      '/trpc/auth.login',
      '/trpc/user.get,auth.login?batch=1',
      '/docs',
      '/openapi.json',
      '/',
    ),
    fc.webPath(),
    fc
      .string({ maxLength: 30 })
      .map((word) => `/trpc/user.get?input=${encodeURIComponent(word.toWellFormed())}`),
  )
  const headerText = fc.string({ maxLength: 30 }).map((word) => word.replaceAll(/[^\x20-\x7e]/g, '~'))
  const headers = fc.record(
    {
      authorization: headerText,
      cookie: headerText,
      origin: headerText,
      accept: headerText,
      'x-request-id': headerText,
    },
    { requiredKeys: [] },
  )
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((json) => new TextEncoder().encode(json)),
  )

  it(`${RAW_RUNS} random requests are answered without a fault`, async () => {
    const request = fc.tuple(method, path, headers, fc.constantFrom(...types), body)
    const send = async ([verb, to, more, type, bytes]: [
      string,
      string,
      Record<string, string>,
      string,
      Uint8Array,
    ]) => {
      const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(verb)
      const content = type === '' ? undefined : { 'content-type': type }
      const options = {
        method: verb,
        body: hasBody ? Buffer.from(bytes) : undefined,
        headers: { ...content, ...more },
      }
      expectHarmless(await call(server.url + to, options))
    }
    await fc.assert(fc.asyncProperty(request, send), { numRuns: RAW_RUNS, seed: SEED })
  })

  it('at least 2,000 inputs were sent, and the log has no fault', () => {
    expect(sent).toBeGreaterThan(2000)
    expect(server.logLines.filter((line) => line.includes('a request failed'))).toEqual([])
  })
})
