import {
  createTRPCClient,
  createTRPCUntypedClient,
  httpBatchLink,
  httpBatchStreamLink,
  httpLink,
  splitLink,
  type TRPCLink,
} from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { createFetch } from '../src/fetch/index.ts'
import { createClient, type LatchkeyClient } from '../src/index.ts'
import { type AppRouter, createTrpcClient, sessionLink } from '../src/trpc/index.ts'

const PASSWORD = 'a long enough phrase'
let server: TestServer
let people = 0

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
afterEach(() => vi.useRealTimers())

/** What the server got, as `POST /refresh/`; the procedures of a batch are joined by commas. */
interface Sent {
  request: string
  token: string | null
  status: number
}

/** Signs a new user up. The server may refuse tokens that the client takes for good. */
async function signUp({ refuses = 'none' }: { refuses?: 'none' | 'first' | 'all' } = {}) {
  const sent: Sent[] = []
  let first: string | undefined
  const network: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const { pathname } = new URL(request.url)
    const token = request.headers.get('authorization')
    const isRefused = refuses === 'all' || (refuses === 'first' && token === first)
    if (isRefused && pathname.startsWith('/trpc/')) request.headers.set('authorization', `${token}x`)
    const response = await fetch(request)
    sent.push({ request: `${request.method} ${pathname}`, token, status: response.status })
    return response
  }
  const client = createClient({ baseUrl: server.url, fetch: network })
  const email = `trpc${++people}@example.com`
  await client.register({
    email,
    password1: PASSWORD,
    password2: PASSWORD,
    first_name: 'Ada',
    last_name: 'L',
  })
  first = `Bearer ${await client.session.accessToken()}`
  sent.length = 0
  const isRenewed = async () => `Bearer ${await client.session.accessToken()}` !== first
  return { client, email, sent, isRenewed }
}

const url = () => `${server.url}/trpc`
const open = (...links: TRPCLink<AppRouter>[]) => createTRPCClient<AppRouter>({ links })
const requests = (sent: Sent[]) => sent.map(({ request }) => request)
const countRefreshes = (sent: Sent[]) =>
  requests(sent).filter((request) => request === 'POST /refresh/').length
/** The names of all procedures that were called, also in batches. */
const procedures = (sent: Sent[]) =>
  requests(sent)
    .filter((request) => request.includes(' /trpc/'))
    .flatMap((request) => request.replace(/^.*\/trpc\//, '').split(','))

/** Every link of tRPC that sends, over `createFetch`; a streamed batch needs the link of the session before it. */
const LINKS: Record<string, (client: LatchkeyClient) => TRPCLink<AppRouter>[]> = {
  httpLink: (client) => [httpLink({ url: url(), fetch: createFetch(client) })],
  httpBatchLink: (client) => [httpBatchLink({ url: url(), fetch: createFetch(client) })],
  httpBatchStreamLink: (client) => [
    sessionLink(client),
    httpBatchStreamLink({ url: url(), fetch: createFetch(client) }),
  ],
  splitLink: (client) => {
    const fetch = createFetch(client)
    return [
      splitLink({
        condition: ({ type }) => type === 'query',
        true: httpBatchLink({ url: url(), fetch }),
        false: httpLink({ url: url(), fetch }),
      }),
    ]
  },
}
const links = Object.entries(LINKS)

describe.each(links)('over %s', (_name, makeLink) => {
  test('each call is sent once, and a token that expires soon is renewed before', async () => {
    const { client, email, sent } = await signUp()
    const trpc = open(...makeLink(client))
    const [user, { sessions }] = await Promise.all([trpc.user.get.query(), trpc.sessions.list.query()])
    expect([user.email, sessions.length]).toEqual([email, 1])
    expect(procedures(sent).toSorted()).toEqual(['sessions.list', 'user.get'])
    expect(countRefreshes(sent)).toBe(0)
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() + 3_600_000 })
    vi.advanceTimersByTime(3_600_000)
    await trpc.user.update.mutate({ first_name: 'Augusta' })
    expect(requests(sent).slice(-2)).toEqual(['POST /refresh/', 'POST /trpc/user.update'])
  })

  test('a wrong password is tried once, also beside a call whose token is refused', async () => {
    const { client, email, sent, isRenewed } = await signUp({ refuses: 'first' })
    const trpc = open(...makeLink(client))
    const results = await Promise.allSettled([
      trpc.auth.login.mutate({ email, password: 'wrong' }),
      trpc.user.update.mutate({ first_name: 'Augusta' }),
    ])
    expect(results).toMatchObject([
      { status: 'rejected', reason: { data: { code: 'incorrect_credentials' } } },
      { status: 'rejected', reason: { data: { code: 'token_not_valid' } } },
    ])
    await expect.poll(isRenewed).toBe(true)
    expect(procedures(sent).toSorted()).toEqual(['auth.login', 'user.update'])
  })

  test('a mutation that is refused beside one that succeeds is not sent again, and the next call has a new token', async () => {
    const { client, email, sent, isRenewed } = await signUp({ refuses: 'first' })
    const trpc = open(...makeLink(client))
    const update = () => trpc.user.update.mutate({ first_name: 'Augusta' })
    const results = await Promise.allSettled([
      trpc.auth.login.mutate({ email, password: PASSWORD }),
      update(),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await expect.poll(isRenewed).toBe(true)
    expect(await update()).toMatchObject({ first_name: 'Augusta' })
    expect(procedures(sent).toSorted()).toEqual(['auth.login', 'user.update', 'user.update'])
    expect(countRefreshes(sent)).toBe(1)
  })

  test('a session that ended elsewhere is signed out by the first refused batch', async () => {
    const { client, email } = await signUp()
    const elsewhere = createClient({ baseUrl: server.url })
    await elsewhere.login({ email, password: PASSWORD })
    await elsewhere.logoutAll()
    const trpc = open(...makeLink(client))
    const calls = [trpc.user.get.query(), trpc.sessions.list.query()]
    for (const call of calls) await expect(call).rejects.toMatchObject({ data: { code: 'token_not_valid' } })
    await expect.poll(() => client.session.state.status).toBe('signed_out')
  })
})

describe('queries whose token is refused', () => {
  const whole = links.filter(([name]) => name !== 'httpBatchStreamLink')

  test.each(whole)('are sent again with a new token, over %s', async (_name, makeLink) => {
    const { client, email, sent } = await signUp({ refuses: 'first' })
    const trpc = open(...makeLink(client))
    const [user, { sessions }] = await Promise.all([trpc.user.get.query(), trpc.sessions.list.query()])
    expect([user.email, sessions.length]).toEqual([email, 1])
    expect(procedures(sent).toSorted()).toEqual(['sessions.list', 'sessions.list', 'user.get', 'user.get'])
    expect(countRefreshes(sent)).toBe(1)
  })

  test('in a batch with another refusal (207) are sent again too', async () => {
    const { client, email, sent } = await signUp({ refuses: 'first' })
    const trpc = createTRPCUntypedClient({ links: LINKS.httpBatchLink?.(client) as TRPCLink<AnyRouter>[] })
    const [user, unknown] = await Promise.allSettled([trpc.query('user.get'), trpc.query('user.nowhere')])
    expect(sent.map(({ status }) => status)).toEqual([207, 200, 207])
    expect(user).toMatchObject({ status: 'fulfilled', value: { email } })
    expect(unknown).toMatchObject({ status: 'rejected', reason: { data: { code: 'not_found' } } })
  })

  test('in a streamed batch are sent again by the link of the session', async () => {
    const { client, email, sent } = await signUp({ refuses: 'first' })
    const trpc = open(sessionLink(client), httpBatchStreamLink({ url: url(), fetch: createFetch(client) }))
    const [user, { sessions }] = await Promise.all([trpc.user.get.query(), trpc.sessions.list.query()])
    expect([user.email, sessions.length]).toEqual([email, 1])
    expect(countRefreshes(sent)).toBe(1)
    const update = () => trpc.user.update.mutate({ first_name: 'Augusta' })
    expect(await update()).toMatchObject({ first_name: 'Augusta' })
    const mutated = procedures(sent).filter((name) => name === 'user.update')
    expect(mutated).toHaveLength(1)
  })

  test.each(links)(
    'and go on being refused, are sent twice and refreshed once, over %s',
    async (_name, makeLink) => {
      const { client, sent } = await signUp({ refuses: 'all' })
      const own = makeLink(client)
      const trpc = open(...(own.length > 1 ? own : [sessionLink(client), ...own]))
      for (let round = 0; round < 3; round++)
        await expect(trpc.user.get.query()).rejects.toMatchObject({ data: { code: 'token_not_valid' } })
      expect([countRefreshes(sent), procedures(sent).length]).toEqual([1, 4])
    },
  )
})

describe('the tRPC client of the package', () => {
  test('sends a refused query again, and a refused mutation once', async () => {
    const { client, email, sent, isRenewed } = await signUp({ refuses: 'first' })
    const trpc = createTrpcClient(client)
    const update = trpc.user.update.mutate({ first_name: 'Augusta' })
    await expect(update).rejects.toMatchObject({ data: { code: 'token_not_valid' } })
    await expect.poll(isRenewed).toBe(true)
    expect(requests(sent)).toEqual(['POST /trpc/user.update', 'POST /refresh/'])
    const second = await signUp({ refuses: 'first' })
    expect(await createTrpcClient(second.client).user.get.query()).toMatchObject({ email: second.email })
    expect(requests(second.sent)).toEqual(['GET /trpc/user.get', 'POST /refresh/', 'GET /trpc/user.get'])
    expect(email).not.toBe(second.email)
  })
})
