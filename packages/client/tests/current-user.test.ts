import {
  type OperationDefinition,
  operations,
  REFERENCE_SETTINGS,
  resolveOperation,
} from '@latchkey/contract'
import { describe, expect, test, vi } from 'vitest'
import type { LatchkeyClient } from '../src/index.ts'
import { verifyEmail } from '../src/links/index.ts'
import { currentUser, type UserSnapshot } from '../src/user/index.ts'
import { collectOperations } from './support/all-operations.ts'
import { ADA, BOB, countArrived, setUpClient, type TestSetup } from './support/clients.ts'
import { setUpClientInMode } from './support/modes.ts'

const LOADS = 'GET /user/'
const CHANGED = 'new@example.com'

/** Follows the user of a client; `shown` has the last state. */
function follow(client: LatchkeyClient) {
  const seen: UserSnapshot[] = []
  const stop = currentUser(client).onChange((state) => seen.push(state))
  return { seen, stop }
}

async function showsUser(client: LatchkeyClient, email: string): Promise<void> {
  await expect.poll(() => currentUser(client).state.user?.email).toBe(email)
}

/** Waits until all that was begun has ended. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 20))

describe('the details of the user', () => {
  test('are loaded once for all listeners, and not without one', async () => {
    const { client, server } = setUpClient()
    await client.login(ADA)
    await rest()
    expect(countArrived(server, LOADS)).toBe(0)
    const first = follow(client)
    follow(client)
    first.stop()
    follow(client)
    await showsUser(client, ADA.email)
    await rest()
    expect(countArrived(server, LOADS)).toBe(1)
  })

  test('are never those of another session', async () => {
    const { client } = setUpClient()
    const { seen } = follow(client)
    await client.login(ADA)
    await showsUser(client, ADA.email)
    seen.length = 0
    await client.login(BOB)
    expect(currentUser(client).state.user).toBeNull()
    await showsUser(client, BOB.email)
    await client.logout()
    expect(currentUser(client).state).toEqual({ user: null, isLoading: false, error: null })
    expect(seen.map(({ user }) => user?.email)).not.toContain(ADA.email)
  })

  test('of an answer that was overtaken by a change are not shown', async () => {
    const { client, deliveries, server } = setUpClient()
    await client.login(ADA)
    follow(client)
    await showsUser(client, ADA.email)
    deliveries.set('/user/', [{ answerMilliseconds: 200 }, {}])
    const late = client.user.get()
    server.override = (path) =>
      path === '/user/' ? Response.json({ email: ADA.email, first_name: 'New', last_name: '' }) : undefined
    await client.user.update({ first_name: 'New' })
    expect(currentUser(client).state.user?.first_name).toBe('New')
    await late
    expect(currentUser(client).state.user?.first_name).toBe('New')
  })

  test('stay during a later load that fails, unless the load was asked for', async () => {
    const { client, deliveries } = setUpClient()
    await client.login(ADA)
    deliveries.set('/user/', [{ lost: 'request' }])
    const { seen } = follow(client)
    await expect.poll(() => currentUser(client).state.error?.code).toBe('network_error')
    await currentUser(client).reload()
    expect(currentUser(client).state).toMatchObject({ user: { email: ADA.email }, error: null })
    seen.length = 0
    deliveries.set('/user/', [{ lost: 'request' }])
    await currentUser(client).reload()
    expect(currentUser(client).state).toMatchObject({
      user: { email: ADA.email },
      error: { code: 'network_error' },
    })
    expect(seen.some(({ isLoading }) => isLoading)).toBe(false)
  })

  test('are kept from any call that answers them, also while there is no listener', async () => {
    const { client, server } = setUpClient()
    currentUser(client)
    await client.login(ADA)
    await client.user.get()
    follow(client)
    await rest()
    expect(currentUser(client).state.user?.email).toBe(ADA.email)
    expect(countArrived(server, LOADS)).toBe(1)
  })
})

/** Every operation of the contract that the client offers to a program. */
const CONTRACT: [string, OperationDefinition][] = Object.entries(operations)
const CALLED = CONTRACT.filter(([, { client }]) => client !== null)
const changesUser = (definition: OperationDefinition) =>
  resolveOperation(definition, REFERENCE_SETTINGS).changesUser
const CHANGING = CALLED.filter(([, definition]) => changesUser(definition))
const KEEPING = CALLED.filter(
  ([name, definition]) =>
    definition.access !== 'anonymous' &&
    definition.refreshCookie === undefined &&
    name !== 'getOwnUser' &&
    !changesUser(definition),
)

async function call(client: LatchkeyClient, { procedure, client: own }: OperationDefinition): Promise<void> {
  const operation = (own ?? procedure)
    .split('.')
    .reduce<unknown>((part, name) => Object(part)[name], collectOperations(client)) as (
    input: object,
  ) => Promise<unknown>
  const input = { key: 'a-key', id: 'an-id', session_id: 'an-id', password: 'x', first_name: 'x' }
  // The model server knows few operations. Some of the others refuse its answer after they have sent their request.
  await operation(input).catch(() => {})
}

/** Answers the user, and a redirect to whoever follows a mailed link. */
function answerChanged(path: string): Response | undefined {
  if (path.includes('a-key')) return new Response(null, { status: 302, headers: { Location: '/done' } })
  return path === '/user/' ? Response.json({ email: CHANGED, first_name: 'New', last_name: '' }) : undefined
}

async function openTwoTabs(): Promise<TestSetup & { other: LatchkeyClient }> {
  const setup = setUpClient()
  await setup.client.login(ADA)
  const other = setup.openTab()
  for (const tab of [setup.client, other]) {
    follow(tab)
    await showsUser(tab, ADA.email)
  }
  await rest()
  setup.server.arrived.length = 0
  return { ...setup, other }
}

describe('in two tabs', () => {
  test('there are operations that change the user, and others', () => {
    expect(CHANGING.map(([name]) => name)).toEqual(
      expect.arrayContaining(['updateOwnUser', 'verifyEmail', 'confirmEmailChange', 'deleteOwnUser']),
    )
    expect(KEEPING.map(([name]) => name)).toEqual(
      expect.arrayContaining(['requestEmailChange', 'listSessions', 'setUserRole']),
    )
  })

  test.each(CHANGING)('%s is seen by both', async (_name, definition) => {
    const { client, other, server } = await openTwoTabs()
    server.override = answerChanged
    await call(client, definition)
    for (const tab of [client, other]) {
      await expect
        .poll(() => currentUser(tab).state.user?.email ?? tab.session.state.status)
        .toBe(definition === operations.deleteOwnUser ? 'signed_out' : CHANGED)
    }
  })

  test.each(KEEPING)('%s loads the user in neither', async (_name, definition) => {
    const { client, server } = await openTwoTabs()
    await call(client, definition)
    await rest()
    expect(countArrived(server, LOADS)).toBe(0)
  })

  test('a user that is loaded again is shown without a moment of loading', async () => {
    const { client, other, server } = await openTwoTabs()
    const { seen } = follow(other)
    server.override = answerChanged
    await verifyEmail(client, { key: 'a-key' })
    await showsUser(other, CHANGED)
    expect(seen.some(({ isLoading }) => isLoading)).toBe(false)
  })

  test('nothing about the user is told to the storage', async () => {
    const { client, storage } = await openTwoTabs()
    const told = vi.spyOn(storage, 'setItem')
    await client.user.update({ first_name: 'Secret' })
    expect(told.mock.calls.map(([, text]) => text)).toEqual([expect.stringMatching(/^details 0\.\d+$/)])
  })
})

test.each(['token', 'cookie'] as const)(
  'a confirmed address is in the session of every tab, with the refresh token in a %s',
  async (mode) => {
    const { client, server, openTab } = setUpClientInMode(mode)
    server.emailVerified = false
    await client.login(ADA)
    const other = openTab()
    for (const tab of [client, other]) follow(tab)
    await other.session.ready()
    expect(other.session.state).toMatchObject({ emailVerified: false })
    server.emailVerified = true
    server.override = answerChanged
    await verifyEmail(client, { key: 'a-key' })
    for (const tab of [client, other])
      await expect.poll(() => tab.session.state).toMatchObject({ emailVerified: true })
    await rest()
    expect(countArrived(server, 'POST /refresh/')).toBeLessThanOrEqual(mode === 'cookie' ? 3 : 1)
  },
)
