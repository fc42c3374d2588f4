import { newEmail } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { cookieMode } from '../src/cookie/index.ts'
import { createClient, type LatchkeyClient, memoryStorage } from '../src/index.ts'
import { createTrpcClient } from '../src/trpc/index.ts'
import { tokensOf } from './support/clients.ts'
import { createCookieJar } from './support/cookie-jar.ts'
import { createRandom, createUnreliableNetwork } from './support/unreliable-network.ts'

const PASSWORD = 'a long enough phrase'
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({
    core: { config: { accessTokenLifetimeSeconds: 3 } },
    app: { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } },
  })
})

afterAll(() => server.close())

/** Signs a new user up in a new browser. */
async function signUp() {
  const jar = createCookieJar()
  const storage = memoryStorage()
  const openTab = (fetch = jar.fetch) =>
    createClient({ baseUrl: server.url, mode: cookieMode, storage, fetch })
  const client = openTab()
  const email = newEmail()
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  await client.register({ email, password1: PASSWORD, password2: PASSWORD, ...names })
  return { jar, client, email, openTab }
}

describe('a server that keeps the refresh token in a cookie', () => {
  test('signs in, renews, changes the password and signs out', async () => {
    const { jar, client, email, openTab } = await signUp()
    const first = jar.cookies.get('refresh_token')
    await new Promise((resolve) => setTimeout(resolve, 3_100))
    expect(await client.user.get()).toMatchObject({ email })
    expect(jar.cookies.get('refresh_token')).not.toBe(first)
    const passwords = { new_password1: 'another phrase', new_password2: 'another phrase' }
    await client.password.change({ old_password: PASSWORD, ...passwords })
    expect(await client.user.get()).toMatchObject({ email })
    const reloaded = openTab()
    expect(await reloaded.session.ready()).toMatchObject({ status: 'signed_in' })
    await openTab().logout()
    expect(jar.cookies.has('refresh_token')).toBe(false)
    expect(await openTab().session.ready()).toEqual({ status: 'signed_out' })
  })

  test('is signed_out for a visitor without a cookie, without a refusal that a console would show in red', async () => {
    const jar = createCookieJar()
    const statuses: number[] = []
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await jar.fetch(input, init)
      statuses.push(answer.status)
      return answer
    }
    const client = createClient({ baseUrl: server.url, mode: cookieMode, fetch })
    expect(await client.session.ready()).toEqual({ status: 'signed_out' })
    expect(statuses).toEqual([204])
  })

  test('signs in through the raw tRPC client', async () => {
    const { client, email } = await signUp()
    await client.logout()
    await client.session.adopt(
      tokensOf(await createTrpcClient(client).auth.login.mutate({ email, password: PASSWORD })),
    )
    await new Promise((resolve) => setTimeout(resolve, 3_100))
    expect(await client.user.get()).toMatchObject({ email })
  })

  test('keeps ten tabs signed in behind an unreliable network', async () => {
    const random = createRandom(11)
    const { jar, client, openTab } = await signUp()
    const network = createUnreliableNetwork(jar.fetch, (path) => {
      if (path !== '/refresh/' || random() < 0.5) return {}
      return random() < 0.5 ? { lost: 'answer' } : { answerMilliseconds: random() * 3_000 }
    })
    const tabs: LatchkeyClient[] = Array.from({ length: 10 }, () => openTab(network))
    const until = Date.now() + 10_000
    const browsing = tabs.map(async (tab) => {
      while (Date.now() < until) {
        await tab.user.get().catch(() => {})
        await new Promise((resolve) => setTimeout(resolve, random() * 500))
      }
    })
    await Promise.all(browsing)
    expect(tabs.map(({ session }) => session.state.status)).toEqual(Array(10).fill('signed_in'))
    await client.logoutAll()
    await Promise.allSettled(tabs.map((tab) => tab.user.get()))
    expect(tabs.map(({ session }) => session.state.status)).toEqual(Array(10).fill('signed_out'))
  })
})
