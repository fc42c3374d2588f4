import { describe, expect, test, vi } from 'vitest'
import { createClient, type LatchkeyClient, memoryStorage, type TokenStorage } from '../src/index.ts'
import { ADA, BASE_URL, BOB, signIn } from './support/clients.ts'
import { createModelServer, refuse } from './support/model-server.ts'
import { KEY, MODES, setUpClientInMode } from './support/modes.ts'

const TOKEN_EXPIRED = 'Token is expired'

/** Expects a reason in every tab, in a tab that is opened later, and in none after the next sign-in and sign-out. */
async function expectReason(tabs: LatchkeyClient[], reason: string): Promise<void> {
  for (const tab of tabs) await expect.poll(() => tab.session.state).toEqual({ status: 'signed_out', reason })
}

describe.each(MODES)('with the refresh token in a %s', (mode) => {
  /** Signs in in one tab, and opens another tab. */
  async function signInInTwoTabs() {
    const setup = setUpClientInMode(mode)
    const { sessionId } = await signIn(setup.client, ADA)
    const other = setup.openTab()
    await other.session.ready()
    return { ...setup, sessionId, tabs: [setup.client, other] }
  }

  test('a visitor that never signed in has no reason', async () => {
    const { client } = setUpClientInMode(mode)
    expect(await client.session.ready()).toEqual({ status: 'signed_out' })
  })

  test.each([
    ['logout', (client: LatchkeyClient) => client.logout()],
    ['logoutAll', (client: LatchkeyClient) => client.logoutAll()],
    [
      'sessions.revoke of the own session',
      async (client: LatchkeyClient) => {
        const { state } = client.session
        await client.sessions.revoke({ id: state.status === 'signed_in' ? state.sessionId : '' })
      },
    ],
  ])('%s is signed_out in every tab, and nothing is left of it', async (_name, act) => {
    const { client, tabs, openTab } = await signInInTwoTabs()
    await act(client)
    await expectReason(tabs, 'signed_out')
    expect(await openTab().session.ready()).toEqual({ status: 'signed_out' })
  })

  test('user.delete is account_gone in every tab', async () => {
    const { client, tabs } = await signInInTwoTabs()
    await client.user.delete({ password: 'x' })
    await expectReason(tabs, 'account_gone')
  })

  test.each([
    ['session_ended', refuse(401, 'token_not_valid', 'Token is invalid or expired')],
    ['expired', refuse(401, 'token_not_valid', TOKEN_EXPIRED)],
    ['expired', refuse(401, 'session_expired', 'The session has expired, please sign in again.')],
  ])(
    'the reason is %s in every tab, also after a reload, until the next sign-in',
    async (reason, refusal) => {
      const { client, server, tabs, openTab } = await signInInTwoTabs()
      server.override = () => refusal.clone()
      await client.session.refresh()
      await expectReason(tabs, reason)
      await expectReason([openTab()], reason)
      server.override = null
      await client.login(BOB)
      await client.logout()
      await expectReason(tabs, 'signed_out')
      expect(await openTab().session.ready()).toEqual({ status: 'signed_out' })
    },
  )

  test.each(['user_inactive', 'user_not_found'])('%s for an access token is account_gone', async (code) => {
    const { client, server, tabs, openTab } = await signInInTwoTabs()
    server.override = (path) =>
      path === '/refresh/'
        ? refuse(401, 'token_not_valid', 'Token is invalid or expired')
        : refuse(401, code, 'Gone.')
    await expect(client.user.get()).rejects.toMatchObject({ code })
    await expectReason(tabs, 'account_gone')
    await expectReason([openTab()], 'account_gone')
  })

  test('a refusal for one session says nothing about the next one', async () => {
    const { client, server, tabs, sessionId } = await signInInTwoTabs()
    server.end(sessionId)
    await client.session.refresh()
    await expectReason(tabs, 'session_ended')
    await client.login(BOB)
    await client.logout()
    await expectReason(tabs, 'signed_out')
  })
})

test('a session whose tokens another program removed is signed_out', async () => {
  const { client, storage, openTab } = setUpClientInMode('token')
  await client.login(ADA)
  const other = openTab()
  await storage.removeItem(KEY)
  await expectReason([client, other], 'signed_out')
})

test('a storage that keeps no note loses no sign-out', async () => {
  const storage = memoryStorage()
  const failing: TokenStorage = {
    ...storage,
    setItem: (key, value) => {
      if (key !== KEY) throw new Error('full')
      storage.setItem(key, value)
    },
    removeItem: (key) => {
      if (key !== KEY) throw new Error('full')
      storage.removeItem(key)
    },
  }
  const server = createModelServer()
  const client = createClient({ baseUrl: BASE_URL, storage: failing, fetch: server.fetch })
  const { sessionId } = await signIn(client, ADA)
  server.end(sessionId)
  await client.session.refresh()
  await expectReason([client], 'session_ended')
  await client.login(ADA)
  await client.logout()
  await expectReason([client], 'signed_out')
})

test('a storage without tabs gets no note', async () => {
  const { subscribe: _, ...storage } = memoryStorage()
  const written = vi.spyOn(storage, 'setItem')
  const server = createModelServer()
  const client = createClient({ baseUrl: BASE_URL, storage, fetch: server.fetch })
  const { sessionId } = await signIn(client, ADA)
  server.end(sessionId)
  await client.session.refresh()
  await expectReason([client], 'session_ended')
  expect(new Set(written.mock.calls.map(([key]) => key))).toEqual(new Set([KEY]))
})
