import { createTRPCClient, httpLink } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AppRouter as ServerRouter } from '../../../apps/server/src/procedures/router.ts'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { createClient, type LatchkeyClient, memoryStorage } from '../src/index.ts'
import { createVerifier } from '../src/server/index.ts'
import { createTrpcClient } from '../src/trpc/index.ts'
import { tokensOf } from './support/clients.ts'
import { createRandom, createUnreliableNetwork } from './support/unreliable-network.ts'

const PASSWORD = 'a long enough phrase'
let server: TestServer
/** A server whose access tokens live for seconds: a test waits for their end, and a slow test would meet it. */
let brief: TestServer
let people = 0

beforeAll(async () => {
  server = await startTestServer()
  brief = await startTestServer({ core: { config: { accessTokenLifetimeSeconds: 3 } } })
})

afterAll(async () => {
  await server?.close()
  await brief?.close()
})

function newPerson() {
  people += 1
  const email = `person${people}@example.com`
  return { email, password1: PASSWORD, password2: PASSWORD, first_name: 'Ada', last_name: 'Lovelace' }
}

/** Signs a new user up, in one or more tabs of a browser. */
async function signUp(options: { at?: TestServer; fetch?: typeof fetch; tabs?: number } = {}) {
  const { at = server, fetch, tabs: count = 1 } = options
  const storage = memoryStorage()
  const tabs = Array.from({ length: count }, () => createClient({ baseUrl: at.url, storage, fetch }))
  const [client] = tabs as [LatchkeyClient]
  const person = newPerson()
  expect(await client.register(person)).toMatchObject({ status: 'signed_in', acr: 'aal1' })
  return { client, tabs, person, storage }
}

/** Reads the refresh token from the storage. */
function readRefresh(storage: ReturnType<typeof memoryStorage>): string {
  return JSON.parse(String(storage.getItem(`latchkey:${brief.url}`))).refresh
}

describe('every operation', () => {
  test('works over the whole life of a user', async () => {
    const { client, person } = await signUp()
    expect(await client.user.get()).toEqual({
      ...{ email: person.email, first_name: 'Ada', last_name: 'Lovelace' },
      language: null,
      has_usable_password: true,
    })
    expect(await client.user.update({ first_name: 'Augusta' })).toMatchObject({ first_name: 'Augusta' })
    const elsewhere = createClient({ baseUrl: server.url })
    await elsewhere.login({ email: person.email, password: PASSWORD })
    const { sessions } = await client.sessions.list()
    expect(sessions.map(({ current }) => current).toSorted()).toEqual([false, true])
    await client.sessions.revoke({ id: sessions.find(({ current }) => !current)?.id ?? '' })
    await expect(elsewhere.user.get()).rejects.toMatchObject({ code: 'token_not_valid' })
    expect(elsewhere.session.state.status).toBe('signed_out')
    const passwords = {
      old_password: PASSWORD,
      new_password1: 'another phrase',
      new_password2: 'another phrase',
    }
    expect(await client.password.change(passwords)).toEqual({ detail: 'New password has been saved.' })
    expect(await client.user.get()).toMatchObject({ email: person.email })
    await client.logout()
    expect(client.session.state.status).toBe('signed_out')
    await client.login({ email: person.email, password: 'another phrase' })
    await client.logoutAll()
    await client.login({ email: person.email, password: 'another phrase' })
    await client.user.delete({ password: 'another phrase' })
    expect(client.session.state.status).toBe('signed_out')
  })

  test('rejects with a typed error', async () => {
    const { client, person } = await signUp()
    await expect(client.register({ ...person, password2: 'x' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(client.register(person)).rejects.toMatchObject({
      fields: { email: ['A user is already registered with this e-mail address.'] },
    })
    await expect(client.login({ email: person.email, password: 'wrong' })).rejects.toMatchObject({
      code: 'incorrect_credentials',
      status: 401,
      message: 'Incorrect credentials',
    })
    await expect(client.sessions.revoke({ id: 'nobody' })).rejects.toMatchObject({ code: 'not_found' })
    expect(client.session.state.status).toBe('signed_in')
  })
})

describe('behind an unreliable network', () => {
  test('ten tabs stay signed in; a stolen refresh token used after the grace signs out every tab', async () => {
    const random = createRandom(7)
    const network = createUnreliableNetwork(fetch, (path) => {
      if (path !== '/refresh/' || random() < 0.5) return {}
      return random() < 0.5 ? { lost: 'answer' } : { answerMilliseconds: random() * 3_000 }
    })
    const { tabs, storage } = await signUp({ at: brief, fetch: network, tabs: 10 })
    const stolen = readRefresh(storage)
    const until = Date.now() + 12_000
    const browsing = tabs.map(async (tab) => {
      while (Date.now() < until) {
        await tab.user.get().catch(() => {})
        await new Promise((resolve) => setTimeout(resolve, random() * 500))
      }
    })
    await Promise.all(browsing)
    expect(tabs.map(({ session }) => session.state.status)).toEqual(Array(10).fill('signed_in'))

    brief.clock.seconds += 60
    await tabs[0]?.session.accessToken()
    brief.clock.seconds += 60
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify({ refresh: stolen })
    const theft = await fetch(`${brief.url}/refresh/`, { method: 'POST', headers, body })
    expect(theft.status).toBe(401)
    await Promise.allSettled(tabs.map((tab) => tab.user.get()))
    expect(tabs.map(({ session }) => session.state.status)).toEqual(Array(10).fill('signed_out'))
  })
})

describe('the raw tRPC client', () => {
  test('sends the access token, and its tokens can be adopted', async () => {
    const { client, person } = await signUp({ at: brief })
    const trpc = createTrpcClient(client)
    expect(await trpc.user.get.query()).toMatchObject({ email: person.email })
    await new Promise((resolve) => setTimeout(resolve, 3_100))
    expect((await trpc.sessions.list.query()).sessions.length).toBe(1)
    const other = createClient({ baseUrl: brief.url })
    const tokens = await createTrpcClient(other).auth.login.mutate({
      email: person.email,
      password: PASSWORD,
    })
    await other.session.adopt(tokensOf(tokens))
    expect(await other.user.get()).toMatchObject({ email: person.email })
    const wrong = trpc.auth.login.mutate({ email: person.email, password: 'wrong' })
    await expect(wrong).rejects.toMatchObject({ data: { code: 'incorrect_credentials', httpStatus: 401 } })
  })

  test('the router of the server itself can type a client of tRPC', () => {
    createTRPCClient<ServerRouter>({ links: [httpLink({ url: server.url })] })
  })
})

test('another service verifies the access token from the published keys', async () => {
  const { client, person } = await signUp()
  const jwksUrl = `${server.url}/.well-known/jwks.json`
  const verifier = createVerifier({ issuer: 'http://localhost:3000', jwksUrl })
  const identity = await verifier.verify((await client.session.accessToken()) ?? '')
  expect(client.session.state).toMatchObject({ userId: identity.userId, sessionId: identity.sessionId })
  expect(identity.role).toBe(0)
  expect(person.email).toContain('@')
})
