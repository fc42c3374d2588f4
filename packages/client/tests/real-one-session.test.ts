import { newEmail } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { createClient, memoryStorage } from '../src/index.ts'
import { createTrpcClient } from '../src/trpc/index.ts'
import { tokensOf } from './support/clients.ts'
import { createCookieJar } from './support/cookie-jar.ts'
import { MODES, modeOf } from './support/modes.ts'

const PASSWORD = 'a long enough phrase'
const servers = {} as Record<(typeof MODES)[number], TestServer>

beforeAll(async () => {
  const refreshCookie = { secure: false, sameSite: 'Lax', path: '/' } as const
  servers.token = await startTestServer()
  servers.cookie = await startTestServer({ app: { refreshCookie } })
})

afterAll(() => Promise.all(Object.values(servers).map((server) => server.close())))

describe.each(MODES)('the rows of sessions, in %s mode', (mode) => {
  /** Opens a browser, and the credentials of two users who have no session. */
  async function setUpBrowser() {
    const server = servers[mode]
    const jar = createCookieJar()
    const storage = memoryStorage()
    const openTab = () => createClient({ baseUrl: server.url, mode: modeOf(mode), storage, fetch: jar.fetch })
    const signUp = async () => {
      const email = newEmail()
      const names = { first_name: 'Ada', last_name: 'Lovelace' }
      await openTab().register({ email, password1: PASSWORD, password2: PASSWORD, ...names })
      return { email, password: PASSWORD }
    }
    const [ada, bob] = [await signUp(), await signUp()]
    await openTab().logout()
    const count = async () => {
      const rows = await server.database.sql`
        select count(*)::int as count from sessions join users on users.id = sessions.user_id
        where email in (${ada.email}, ${bob.email})`
      return rows[0]?.count
    }
    return { server, ada, bob, openTab, count, client: openTab() }
  }

  test('a double click on the sign-in leaves one, and the user stays signed in', async () => {
    const { client, ada, count } = await setUpBrowser()
    await Promise.all([client.login(ada), client.login(ada)])
    await expect.poll(count).toBe(1)
    expect(await client.user.get()).toMatchObject({ email: ada.email })
    await client.session.refresh()
    expect(await client.user.get()).toMatchObject({ email: ada.email })
  })

  test('a sign-in of the same or of another user ends the former one', async () => {
    const { server, client, ada, bob, count, openTab } = await setUpBrowser()
    for (const person of [ada, ada, bob]) {
      await client.login(person)
      await expect.poll(count).toBe(1)
    }
    server.clock.seconds += 3600
    const reloaded = openTab()
    await reloaded.session.refresh()
    await reloaded.login(ada)
    await expect.poll(count).toBe(1)
    expect(await reloaded.user.get()).toMatchObject({ email: ada.email })
  })

  test('tokens of the raw tRPC client end the former one', async () => {
    const { client, ada, bob, count } = await setUpBrowser()
    await client.login(ada)
    await client.session.adopt(tokensOf(await createTrpcClient(client).auth.login.mutate(bob)))
    await expect.poll(count).toBe(1)
    expect(await client.user.get()).toMatchObject({ email: bob.email })
  })
})
