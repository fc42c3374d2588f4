import { newEmail } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { cookieMode } from '../src/cookie/index.ts'
import { type ClientOptions, createClient, memoryStorage } from '../src/index.ts'
import { createCookieJar } from './support/cookie-jar.ts'
import { createDeviceKeys } from './support/device-keys.ts'

const PASSWORD = 'a long enough phrase'
const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }
// Without a grace each repeated refresh is late.
const core = { config: { refreshGraceSeconds: 0 } }
const servers: Record<'token' | 'cookie', TestServer> = {} as never

beforeAll(async () => {
  servers.token = await startTestServer({ core })
  const refreshCookie = { secure: false, sameSite: 'Lax' as const, path: '/' }
  servers.cookie = await startTestServer({ core, app: { refreshCookie } })
})

afterAll(async () => {
  await servers.token.close()
  await servers.cookie.close()
})

/** Signs a new user up on a new device, whose storage and cookies a test can roll back. */
async function signUp(mode: 'token' | 'cookie', options: Partial<ClientOptions> = {}) {
  const server = servers[mode]
  const jar = createCookieJar()
  const keyStore = createDeviceKeys()
  const storage = memoryStorage()
  const storageKey = 'session'
  let lost = 0
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await (mode === 'cookie' ? jar.fetch : globalThis.fetch)(input, init)
    if (String(input).endsWith('/refresh/') && answer.ok && lost-- > 0) throw new TypeError('fetch failed')
    return answer
  }
  const open = (further: Partial<ClientOptions> = {}) =>
    createClient({
      baseUrl: server.url,
      storage,
      storageKey,
      fetch,
      keyStore,
      ...(mode === 'cookie' && { mode: cookieMode }),
      ...options,
      ...further,
    })
  const client = open()
  const email = newEmail()
  const result = await client.register({ email, password1: PASSWORD, password2: PASSWORD, ...NAMES })
  /** Does some work, and puts storage and cookies back as they were: a browser was killed. */
  async function rollBack(work: () => Promise<unknown>): Promise<void> {
    const item = storage.getItem(storageKey) as string
    const cookies = new Map(jar.cookies)
    await work()
    client.close()
    await storage.setItem(storageKey, item)
    jar.cookies.clear()
    for (const [name, value] of cookies) jar.cookies.set(name, value)
  }
  const lose = (count: number) => {
    lost = count
  }
  return { server, client, open, email, result, rollBack, lose, keyStore, storage }
}

describe.each(['token', 'cookie'] as const)('a bound session of a real server, in %s mode', (mode) => {
  /** Answers with the status of a call that carries an access token. */
  async function callWith(access: string | null): Promise<number> {
    const headers = { Authorization: `Bearer ${access}` }
    return (await fetch(`${servers[mode].url}/user/`, { headers })).status
  }

  test('is bound from the sign-up on, over refreshes and a change of password', async () => {
    const { client, result, email } = await signUp(mode)
    expect(result).toMatchObject({ status: 'signed_in', bound: true })
    expect(await client.session.refresh()).toMatchObject({ bound: true })
    const passwords = { new_password1: 'another phrase', new_password2: 'another phrase' }
    await client.password.change({ old_password: PASSWORD, ...passwords })
    expect(client.session.state).toMatchObject({ bound: true })
    expect(await client.session.refresh()).toMatchObject({ bound: true })
    await client.logout()
    const again = await client.login({ email, password: 'another phrase' })
    expect(again).toMatchObject({ status: 'signed_in', bound: true })
  })

  test('goes on after its storage and cookies were rolled back by two rotations', async () => {
    const { client, open, email, rollBack } = await signUp(mode)
    await rollBack(async () => {
      await client.session.refresh()
      await client.session.refresh()
    })
    const restarted = open()
    await restarted.session.ready()
    expect(await restarted.session.refresh()).toMatchObject({ status: 'signed_in', bound: true })
    expect(await restarted.user.get()).toMatchObject({ email })
  })

  test('goes on when the answers to its refreshes are lost', async () => {
    const { client, email, lose } = await signUp(mode)
    lose(2)
    expect(await client.session.refresh()).toMatchObject({ status: 'signed_in' })
    expect(await client.user.get()).toMatchObject({ email })
  })

  test('ends here when its key is gone, and not at the server', async () => {
    const { client, keyStore } = await signUp(mode)
    const access = await client.session.accessToken()
    keyStore.keys.clear()
    expect(await client.session.refresh()).toEqual({ status: 'signed_out', reason: 'key_lost' })
    expect(await callWith(access)).toBe(200)
  })

  test('can be signed out without its key', async () => {
    const { client, keyStore } = await signUp(mode)
    const access = await client.session.accessToken()
    keyStore.keys.clear()
    await client.logout()
    expect(await callWith(access)).toBe(401)
  })
})

describe('a session of a real server that is not bound', () => {
  const unbound = { bound: false }

  test('goes on with its key when the answers to its refreshes are lost, without any grace', async () => {
    const { client, email, lose } = await signUp('token', unbound)
    expect(client.session.state).toMatchObject({ bound: false })
    lose(2)
    expect(await client.session.refresh()).toMatchObject({ status: 'signed_in', bound: false })
    expect(await client.user.get()).toMatchObject({ email })
    expect(await client.session.refresh()).toMatchObject({ status: 'signed_in' })
  })

  test('goes on with its key after a restart of the program before the answer', async () => {
    const { client, open, email, lose } = await signUp('token', unbound)
    lose(60)
    const waiting = client.session.refresh().catch(() => {})
    await expect.poll(() => open().session.state.status).toBe('signed_in')
    await new Promise((resolve) => setTimeout(resolve, 300))
    lose(0)
    const restarted = open()
    expect(await restarted.session.refresh()).toMatchObject({ status: 'signed_in' })
    expect(await restarted.user.get()).toMatchObject({ email })
    await waiting
    expect(client.session.state.status).toBe('signed_in')
  })

  test('is ended as a theft when its former token comes without a key', async () => {
    const { client, open, rollBack, storage } = await signUp('token', unbound)
    await rollBack(() => client.session.refresh())
    const plain = { ...storage, lifetime: 'request' as const }
    expect(await open({ storage: plain }).session.refresh()).toMatchObject({ status: 'signed_out' })
  })
})
