import { describe, expect, test, vi } from 'vitest'
import type { LatchkeyClient } from '../src/index.ts'
import { ADA, BOB, signIn } from './support/clients.ts'
import { readPayload } from './support/model-server.ts'
import { KEY, MODES, setUpClientInMode } from './support/modes.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()

const PASSWORDS = { old_password: 'a', new_password1: 'b', new_password2: 'b' }
const SLOW = { answerMilliseconds: 5_000 }

/** Reads the id of the session from a storage, in either format. */
function storedSession(storage: { getItem(key: string): unknown }): unknown {
  const text = storage.getItem(KEY)
  if (text === null || text === 'signed-out') return null
  return String(text).startsWith('{')
    ? readPayload(JSON.parse(String(text)).refresh).session
    : String(text).split(' ')[0]
}

/** Opens two tabs with a signed-in user, and collects every status that either tab reports from then on. */
async function setTabs(mode: (typeof MODES)[number]) {
  const setup = setUpClientInMode(mode)
  const { client } = setup
  const other = setup.openTab()
  const { sessionId } = await settle(signIn(client, ADA))
  await settle(other.user.get())
  const told: string[] = []
  for (const tab of [client, other]) tab.onChange(({ status }) => told.push(status))
  return { ...setup, other, sessionId, told }
}

const statusOf = ({ session }: LatchkeyClient) => session.state.status

describe.each(MODES)(
  'during a handover, while the answer with the new tokens is on its way, in %s mode',
  (mode) => {
    test.each(['password.change', 'password.setNew'])(
      'a refused refresh in another tab signs out no tab: %s',
      async (operation) => {
        const { client, other, deliveries, storage, told } = await setTabs(mode)
        deliveries.set('/password/change/', [SLOW])
        deliveries.set('/password/reset/set-new/', [SLOW])
        const { change, setNew } = client.password
        const answer: Promise<unknown> =
          operation === 'password.change' ? change(PASSWORDS) : setNew({ ...PASSWORDS, token: ADA.email })
        await passSeconds(1)
        expect(await settle(other.user.get())).toMatchObject({ first_name: 'session-2' })
        await settle(answer)
        expect(await settle(client.user.get())).toMatchObject({ first_name: 'session-2' })
        expect(told).not.toContain('signed_out')
        expect(storedSession(storage)).toBe('session-2')
        expect(storage.getItem(`${KEY}.handover`)).toBeNull()
      },
    )

    test('a refresh refused before the answer loses no tokens', async () => {
      const { client, other, deliveries, storage } = await setTabs(mode)
      deliveries.set('/password/change/', [SLOW])
      const change = client.password.change(PASSWORDS)
      await passSeconds(1)
      // The tab of the call is frozen, and the other tabs find that the call takes too long.
      vi.setSystemTime(Date.now() + 60_000)
      const refused = expect(other.user.get()).rejects.toMatchObject({ status: 401 })
      await passSeconds(1)
      await refused
      expect(storedSession(storage)).toBeNull()
      expect(await settle(change)).toEqual({ detail: 'New password has been saved.' })
      await passSeconds(1)
      expect(storedSession(storage)).toBe('session-2')
      expect(await settle(other.user.get())).toMatchObject({ first_name: 'session-2' })
      expect([client, other].map(statusOf)).toEqual(['signed_in', 'signed_in'])
    })

    test.each(['the same tab', 'another tab'])(
      'a sign-out in %s signs out every tab, and ends the new session',
      async (where) => {
        const { client, other, deliveries, storage, server } = await setTabs(mode)
        deliveries.set('/password/change/', [SLOW])
        const change = client.password.change(PASSWORDS)
        await passSeconds(1)
        await settle((where === 'the same tab' ? client : other).logout())
        await settle(change)
        await passSeconds(1)
        expect(storedSession(storage)).toBeNull()
        expect([client, other].map(statusOf)).toEqual(['signed_out', 'signed_out'])
        expect(server.isAlive('session-2')).toBe(false)
      },
    )

    test('a sign-out after a refused refresh ends the new session too', async () => {
      const { client, other, deliveries, storage, server } = await setTabs(mode)
      deliveries.set('/password/change/', [SLOW])
      const change = client.password.change(PASSWORDS)
      await passSeconds(1)
      vi.setSystemTime(Date.now() + 60_000)
      const refused = expect(other.user.get()).rejects.toMatchObject({ status: 401 })
      await passSeconds(1)
      await refused
      await settle(other.logout())
      await settle(change)
      await passSeconds(1)
      expect(storedSession(storage)).toBeNull()
      expect(server.isAlive('session-2')).toBe(false)
    })

    test('a sign-in as another user in another tab stays', async () => {
      const { client, other, deliveries, server } = await setTabs(mode)
      deliveries.set('/password/change/', [{ requestMilliseconds: 0, answerMilliseconds: 2_000 }])
      const change = client.password.change(PASSWORDS)
      await passSeconds(1)
      await settle(other.login(BOB))
      await settle(change)
      await passSeconds(1)
      expect(server.isAlive('session-2')).toBe(false)
      expect(other.session.state).toMatchObject({ sessionId: 'session-3' })
    })

    test('a running sign-in does not undo a sign-out in another tab', async () => {
      const { client, other, deliveries, storage, server } = await setTabs(mode)
      deliveries.set('/login/', [SLOW])
      const login = client.login(BOB)
      login.catch(() => {})
      await passSeconds(1)
      await settle(other.logout())
      await expect(settle(login)).rejects.toMatchObject({ code: 'not_authenticated' })
      await passSeconds(1)
      expect(storedSession(storage)).toBeNull()
      expect(server.isAlive('session-2')).toBe(false)
    })

    test('a lost answer delays the sign-out until its timeout', async () => {
      const { client, other, deliveries, sessionId, server } = await setTabs(mode)
      deliveries.set('/password/change/', [{ lost: 'answer silently' }])
      client.password.change(PASSWORDS).catch(() => {})
      await passSeconds(1)
      expect(server.isAlive(sessionId)).toBe(false)
      const request = other.user.get()
      request.catch(() => {})
      await passSeconds(5)
      expect(statusOf(other)).toBe('signed_in')
      await passSeconds(20)
      expect(statusOf(other)).toBe('signed_out')
    })

    test('a refused change of password delays no other tab', async () => {
      const { client, other, sessionId, server } = await setTabs(mode)
      server.override = (path) =>
        path === '/password/change/' ? new Response('{"old_password":["wrong"]}', { status: 400 }) : undefined
      await expect(settle(client.password.change(PASSWORDS))).rejects.toMatchObject({ code: 'invalid' })
      server.end(sessionId)
      const request = other.user.get()
      request.catch(() => {})
      await passSeconds(0.1)
      expect(statusOf(other)).toBe('signed_out')
    })
  },
)

/** Creates a storage as slow as a keychain. */
function slowStorage() {
  const items = new Map<string, string>()
  const wait = () => new Promise((resolve) => setTimeout(resolve, 10))
  return {
    items,
    getItem: (key: string) => wait().then(() => items.get(key) ?? null),
    setItem: (key: string, value: string) => wait().then(() => void items.set(key, value)),
    removeItem: (key: string) => wait().then(() => void items.delete(key)),
  }
}

test('a sign-out at any moment of a change of password signs out, also with a slow storage', async () => {
  for (let milliseconds = 0; milliseconds < 120; milliseconds += 5) {
    const storage = slowStorage()
    const { client, deliveries } = setUpClientInMode('token', storage)
    await settle(client.login(ADA))
    deliveries.set('/password/change/', [{ answerMilliseconds: 50 }])
    const change = client.password.change(PASSWORDS).catch(() => {})
    await passSeconds(milliseconds / 1000)
    await settle(client.logout())
    await settle(change)
    await passSeconds(1)
    expect([...storage.items], `after ${milliseconds} ms`).toEqual([])
  }
})
