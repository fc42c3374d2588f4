import { newEmail } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { createClient, memoryStorage } from '../src/index.ts'
import { createCookieJar } from './support/cookie-jar.ts'
import { modeOf } from './support/modes.ts'

const PASSWORD = 'a long enough phrase'
/** A long time, because a test may only fail when the server never does what it waits for. */
const PATIENT = { timeout: 60_000 }
const PASSWORDS = { old_password: PASSWORD, new_password1: 'another phrase', new_password2: 'another phrase' }

/** Creates a network that holds the answer to a change of password until `open` is called. */
function createGate() {
  const reached = Promise.withResolvers<void>()
  const open = Promise.withResolvers<void>()
  const network: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    if (!String(input).endsWith('/password/change/')) return response
    reached.resolve()
    await open.promise
    return response
  }
  return { network, reached: reached.promise, open: open.resolve }
}

describe.each([
  ['token', null],
  ['cookie', { secure: false, sameSite: 'Lax', path: '/' } as const],
] as const)('a change of password whose answer takes its time, in %s mode', (mode, refreshCookie) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ settings: { refreshCookie } })
  })
  afterAll(() => server?.close())

  /** Opens two tabs of a browser and changes the password. The server has changed it, and its answer is held. */
  async function changePassword() {
    const gate = createGate()
    const { fetch } = createCookieJar(gate.network)
    const storage = memoryStorage()
    const [client, other] = [0, 1].map(() =>
      createClient({ baseUrl: server.url, mode: modeOf(mode), storage, fetch }),
    ) as [ReturnType<typeof createClient>, ReturnType<typeof createClient>]
    const email = newEmail()
    const names = { first_name: 'Ada', last_name: 'Lovelace' }
    await client.register({ email, password1: PASSWORD, password2: PASSWORD, ...names })
    await other.user.get()
    const told: string[] = []
    for (const tab of [client, other]) tab.onChange(({ status }) => told.push(status))
    const change = client.password.change(PASSWORDS)
    await gate.reached
    return { gate, client, other, email, change, told }
  }

  test('signs out no tab: a refused refresh of another tab waits for the answer', async () => {
    const { gate, client, other, email, change, told } = await changePassword()
    const request = other.user.get()
    const own = client.user.get()
    // By then the server has refused both refreshes.
    await expect
      .poll(() => server.logLines.filter((line) => /refresh.*401/.test(line)).length, PATIENT)
      .toBe(2)
    gate.open()
    expect(await change).toEqual({ detail: 'New password has been saved.' })
    expect([await request, await own]).toMatchObject([{ email }, { email }])
    expect(told).not.toContain('signed_out')
    await client.session.refresh()
    expect(await other.user.get()).toMatchObject({ email })
  })

  test('is discarded after a sign-out in another tab, and its session is ended', async () => {
    const { gate, client, other, email, change } = await changePassword()
    await other.logout()
    gate.open()
    await change
    expect([client.session.state.status, other.session.state.status]).toEqual(['signed_out', 'signed_out'])
    await expect(client.user.get()).rejects.toMatchObject({ code: 'not_authenticated' })
    const elsewhere = createClient({
      baseUrl: server.url,
      mode: modeOf(mode),
      fetch: createCookieJar().fetch,
    })
    await elsewhere.login({ email, password: PASSWORDS.new_password1 })
    await expect.poll(async () => (await elsewhere.sessions.list()).sessions.length, PATIENT).toBe(1)
  })
})
