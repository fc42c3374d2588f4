import { type Person, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ZodObject, ZodOptional } from 'zod'
import type { Endpoint } from '../src/doors/rest/endpoints.ts'
import { type Answer, call, callTrpc } from './call.ts'
import { OPERATIONS, pathOf } from './operations.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let caller: Person
beforeAll(async () => {
  server = await startTestServer()
  caller = await signUp(server.ctx)
})
afterAll(() => server.close())

/** Bad values, for a field and for a whole body. */
const BAD_VALUES: [string, unknown][] = [
  ['"false"', 'false'],
  ['"12"', '12'],
  ['[]', []],
  ['"x"', 'x'],
  ['null', null],
  ['the empty text', ''],
  ['blanks', '   '],
  ['a number', 12],
  ['zero', 0],
  ['a fraction', 1.5],
  ['true', true],
  ['false', false],
  ['an object', {}],
  ['a nested object', { email: { email: 'x' } }],
  ['a list of texts', ['x']],
  ['a lone surrogate', '\ud800'],
  ['a NUL', 'a\0b'],
  ['too long a text', 'x'.repeat(300)],
]

const BODIES = OPERATIONS.filter(({ method }) => method !== 'GET')

/** The refusal of each door, in one shape. */
function readRefusal(answer: Answer) {
  const { error } = answer.body as { error?: { message: string; data: Record<string, unknown> } }
  if (error) {
    const { code, fields, messages } = error.data
    return fields
      ? { status: answer.status, fields }
      : { status: answer.status, code, detail: error.message, messages }
  }
  const { detail, code, messages } = answer.body as Record<string, unknown>
  if (typeof detail !== 'string') return { status: answer.status, fields: answer.body }
  return { status: answer.status, code, detail, messages }
}

/** Signs up a new caller, because a call that succeeded may have ended the session of the last one. */
async function callAs(send: (token: string) => Promise<Answer>): Promise<Answer> {
  const answer = await send(caller.tokens.access)
  if (answer.status < 300) caller = await signUp(server.ctx)
  return answer
}

async function expectParity(endpoint: Endpoint, input: unknown) {
  const procedure = { path: endpoint.procedurePath, type: endpoint.procedure._def.type }
  const { method } = endpoint
  const askTrpc = () => callAs((token) => callTrpc(server.url, procedure, { input, token }))
  const before = await askTrpc()
  const rest = await callAs((token) => call(server.url + pathOf(endpoint), { method, json: input, token }))
  const after = await askTrpc()
  if (rest.status < 300) {
    expect([before.status, after.status]).toEqual([200, 200])
    return
  }
  expect(readRefusal(rest)).toEqual(readRefusal(before))
  expect(after.text).toBe(before.text)
}

function fieldsOf(endpoint: Endpoint): string[] {
  const [input] = endpoint.procedure._def.inputs as unknown as (ZodObject | ZodOptional<ZodObject>)[]
  if (!input) return []
  return Object.keys('unwrap' in input ? input.unwrap().shape : input.shape)
}

/** The fields of the path, which tRPC reads from its input. They name nothing that exists. */
function fillParams({ params }: Endpoint): Record<string, string> {
  return Object.fromEntries(params.map((name) => [name, 'x']))
}

describe.each(BODIES.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
  '%s through tRPC, REST and tRPC again',
  (_name, endpoint) => {
    // A body cannot carry the fields of the path.
    const fields = fieldsOf(endpoint).filter((field) => !endpoint.params.includes(field))

    it.each(BAD_VALUES)('gives both doors the same answer to a body that is %s', async (_value, input) => {
      const isObject = typeof input === 'object' && input !== null && !Array.isArray(input)
      const sent = isObject ? { ...fillParams(endpoint), ...input } : input
      await expectParity(endpoint, sent)
    })

    it.each(BAD_VALUES)('gives both doors the same answer to fields that are %s', async (_value, value) => {
      const known = fillParams(endpoint)
      for (const field of fields) await expectParity(endpoint, { ...known, [field]: value })
      if (fields.length > 1) {
        await expectParity(endpoint, {
          ...known,
          ...Object.fromEntries(fields.map((field) => [field, value])),
        })
      }
    })
  },
)

it('a tRPC query succeeds with and without an input', async () => {
  const token = caller.tokens.access
  for (const path of ['user.get', 'sessions.list']) {
    expect((await callTrpc(server.url, { path, type: 'query' }, { token })).status).toBe(200)
    expect((await callTrpc(server.url, { path, type: 'query' }, { token, input: {} })).status).toBe(200)
  }
})
