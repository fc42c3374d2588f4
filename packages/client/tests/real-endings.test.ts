import { PASSWORD, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { createClient, type LatchkeyClient, memoryStorage, type SignedOutReason } from '../src/index.ts'
import { createStaffOperations, type StaffOperations } from '../src/staff/index.ts'
import { createCookieJar } from './support/cookie-jar.ts'
import { MODES, modeOf } from './support/modes.ts'

const DAY_SECONDS = 86_400

/** A user with a browser that has two tabs, and another device. */
interface World {
  server: TestServer
  client: LatchkeyClient
  tabs: LatchkeyClient[]
  elsewhere: LatchkeyClient
  userId: string
  staff: StaffOperations
}

/** What ends a session, and the reason that every tab then shows. */
const ENDINGS: [string, SignedOutReason, (world: World) => unknown][] = [
  ['a sign-out', 'signed_out', ({ client }) => client.logout()],
  ['a sign-out of every session', 'signed_out', ({ client }) => client.logoutAll()],
  [
    'a sign-out of every session on another device',
    'session_ended',
    ({ elsewhere }) => elsewhere.logoutAll(),
  ],
  [
    'another device that ends the session',
    'session_ended',
    async ({ elsewhere }) => {
      const { sessions } = await elsewhere.sessions.list()
      await elsewhere.sessions.revoke({ id: sessions.find(({ current }) => !current)?.id ?? '' })
    },
  ],
  [
    'a change of password on another device',
    'session_ended',
    ({ elsewhere }) =>
      elsewhere.password.change({ old_password: PASSWORD, new_password1: NEXT, new_password2: NEXT }),
  ],
  [
    'staff that end the session',
    'session_ended',
    ({ staff, userId }) => staff.sessions.endAll({ id: userId }),
  ],
  ['another role', 'session_ended', ({ staff, userId }) => staff.users.setRole({ id: userId, role: 5 })],
  [
    'no refresh for longer than REFRESH_TOKEN_LIFETIME',
    'expired',
    ({ server }) => {
      server.clock.seconds += 15 * DAY_SECONDS
    },
  ],
  ['a deletion by the user', 'account_gone', ({ client }) => client.user.delete({ password: PASSWORD })],
  [
    'a deletion by the user on another device',
    'account_gone',
    ({ elsewhere }) => elsewhere.user.delete({ password: PASSWORD }),
  ],
  ['a deletion by staff', 'account_gone', ({ staff, userId }) => staff.users.delete({ id: userId })],
  ['a deactivation', 'account_gone', ({ staff, userId }) => staff.users.deactivate({ id: userId })],
]
const NEXT = 'another long phrase'

describe.each(MODES)('the reason after a session that ended, with the refresh token in a %s:', (mode) => {
  let server: TestServer
  beforeAll(async () => {
    const refreshCookie = mode === 'cookie' ? ({ secure: false, sameSite: 'Lax', path: '/' } as const) : null
    server = await startTestServer({ settings: { refreshCookie } })
  })
  afterAll(() => server?.close())

  async function signIn(email: string) {
    const { fetch } = createCookieJar()
    const storage = memoryStorage()
    const openTab = () => createClient({ baseUrl: server.url, mode: modeOf(mode), storage, fetch })
    const client = openTab()
    await client.login({ email, password: PASSWORD })
    return { client, openTab }
  }

  async function openWorld(): Promise<World> {
    const { email, userId } = await signUp(server.ctx)
    const boss = await signUp(server.ctx)
    await server.database.sql`update users set role = 900 where id = ${boss.userId}`
    const { client, openTab } = await signIn(email)
    const other = openTab()
    await other.session.ready()
    const { client: elsewhere } = await signIn(email)
    const staff = createStaffOperations((await signIn(boss.email)).client)
    return { server, client, tabs: [client, other], elsewhere, userId, staff }
  }

  test.each(ENDINGS)('%s is %s', async (_name, reason, end) => {
    const world = await openWorld()
    await end(world)
    // A tab notices the end at its next call.
    await Promise.allSettled(world.tabs.map((tab) => tab.user.get()))
    for (const tab of world.tabs) {
      await expect.poll(() => tab.session.state).toEqual({ status: 'signed_out', reason })
    }
  })
})

test('the reason after SESSION_LIFETIME is expired', async () => {
  const server = await startTestServer({ core: { config: { sessionLifetimeSeconds: DAY_SECONDS } } })
  const { email } = await signUp(server.ctx)
  const client = createClient({ baseUrl: server.url, storage: memoryStorage() })
  await client.login({ email, password: PASSWORD })
  server.clock.seconds += DAY_SECONDS + 1
  await client.user.get().catch(() => {})
  expect(client.session.state).toEqual({ status: 'signed_out', reason: 'expired' })
  await server.close()
})
