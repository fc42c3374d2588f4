import { PASSWORD, type Person, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call, callTrpc } from '../call.ts'
import { operationsOf, pathOf } from '../operations.ts'
import type { TestServer } from '../test-server.ts'
import { from, perHour, startThrottledServer } from './throttled-server.ts'

let server: TestServer
let owner: Person
beforeAll(async () => {
  server = await startThrottledServer({ user: perHour(2) })
  owner = await signUp(server.ctx)
})
afterAll(() => server.close())

type Client = ReturnType<typeof from>

let networks = 0
const newNetwork = () => from(`203.0.113.${networks++}`)

/** Reads the caller's details through one door. */
function read(token: string | undefined, client: Client, door: 'rest' | 'trpc' = 'rest'): Promise<Answer> {
  if (door === 'rest') return call(`${server.url}/user/`, { token, ...client })
  return callTrpc(server.url, { path: 'user.get', type: 'query' }, { token, ...client })
}

/** Every token that is refused, of a user of its own. */
const REFUSED: Record<string, (person: Person) => Promise<string | undefined>> = {
  none: async () => undefined,
  garbage: async () => 'a.b.c',
  'a refresh token': async ({ tokens }) => tokens.refresh,
  'an expired token': async ({ tokens }) => {
    server.clock.seconds += 86_400
    return tokens.access
  },
  'the token of an ended session': async ({ sessionId, tokens }) => {
    await server.database.sql`delete from sessions where id = ${sessionId}`
    return tokens.access
  },
  'the token of a deleted user': async ({ userId, tokens }) => {
    await server.database.sql`delete from users where id = ${userId}`
    return tokens.access
  },
  'the token of a deactivated user': async ({ userId, tokens }) => {
    await server.database.sql`update users set is_active = false where id = ${userId}`
    return tokens.access
  },
}

describe.each(Object.entries(REFUSED))('a refused token: %s', (_name, make) => {
  it('counts by its client, and stops no other client and no good token', async () => {
    const token = await make(await signUp(server.ctx))
    const [home, elsewhere] = [newNetwork(), newNetwork()]
    const answers = [await read(token, home), await read(token, home, 'trpc'), await read(token, home)]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 429])
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(3000)
    expect((await read(token, home, 'trpc')).status).toBe(429)
    expect((await read(token, elsewhere)).status).toBe(401)
    const { tokens } = await signUp(server.ctx)
    expect((await read(tokens.access, home)).status).toBe(200)
  })
})

it('an expired token is told so in a network that is full of refused tokens, so that its client refreshes', async () => {
  const home = newNetwork()
  const { email } = owner
  const { body } = await call(`${server.url}/login/`, { json: { email, password: PASSWORD }, ...home })
  server.clock.seconds += 86_400
  for (let i = 0; i < 3; i++) await read('a.b.c', home)
  expect((await read('a.b.c', home)).status).toBe(429)
  const answer = await read((body as Person['tokens']).access, home)
  expect(answer).toMatchObject({ status: 401, body: { messages: [{ message: 'Token is expired' }] } })
})

it.each(operationsOf('authenticated', 'setup', 'logout', 'staff', 'superuser'))(
  '%s counts a refused token, through both doors together',
  async (_name, endpoint) => {
    const client = { token: 'a.b.c', ...newNetwork() }
    const rest = () => call(server.url + pathOf(endpoint), { method: endpoint.method, ...client })
    const { type } = endpoint.procedure._def
    const trpc = () => callTrpc(server.url, { path: endpoint.procedurePath, type }, client)
    const statuses = [await rest(), await trpc(), await rest(), await trpc()].map(({ status }) => status)
    expect(statuses).toEqual([401, 401, 429, 429])
  },
)
