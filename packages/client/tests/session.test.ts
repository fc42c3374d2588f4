import { describe, expect, test } from 'vitest'
import { createClient, type SessionState } from '../src/index.ts'
import { ADA, BASE_URL, BOB, countArrived, setUpClient, signIn } from './support/clients.ts'
import { createModelServer, json, readPayload, refuse } from './support/model-server.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()

const KEY = `latchkey:${BASE_URL}`

/** Reads the session and the generation from a storage. */
function stored(storage: { getItem(key: string): unknown }) {
  const text = storage.getItem(KEY)
  if (text === null) return null
  const { session, generation } = readPayload(JSON.parse(String(text)).refresh)
  return { session, generation }
}

describe('a refresh answer that comes too late', () => {
  test('after a sign-out is not stored', async () => {
    const { client, storage, deliveries } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    deliveries.set('/refresh/', [{ answerMilliseconds: 2_000 }])
    const request = client.user.get()
    await passSeconds(1)
    await settle(client.logout())
    await expect(settle(request)).rejects.toMatchObject({ code: 'not_authenticated' })
    await passSeconds(60)
    expect(stored(storage)).toBeNull()
    expect(client.session.state.status).toBe('signed_out')
  })

  test('after a sign-in as another user is not stored', async () => {
    const { client, storage, deliveries } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    deliveries.set('/refresh/', [{ answerMilliseconds: 2_000 }])
    const request = client.session.accessToken()
    await passSeconds(1)
    const bob = await settle(signIn(client, BOB))
    expect(readPayload(await settle(request)).user_id).toBe(BOB.email)
    await passSeconds(60)
    expect(stored(storage)).toEqual({ session: bob.sessionId, generation: 1 })
  })

  test('of an older generation is not stored over a newer one', async () => {
    const { client, storage, deliveries, openTab } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    // The answer to the first tab takes 50 seconds. The second tab refreshes twice in this time.
    deliveries.set('/refresh/', [{ answerMilliseconds: 50_000 }])
    const late = client.session.accessToken()
    const other = openTab()
    await passSeconds(1)
    await settle(other.session.accessToken())
    await settle(late)
    await passSeconds(32)
    storage.setItem(KEY, String(storage.getItem(KEY)).replace(/"sentAt":\d+/, '"sentAt":0'))
    await settle(other.session.accessToken())
    expect(stored(storage)).toMatchObject({ generation: 3 })
    await passSeconds(60)
    expect(stored(storage)).toMatchObject({ generation: 3 })
  })

  test('of an older generation that another tab wrote last is overwritten by the newer one', async () => {
    const { client, storage, openTab } = setUpClient()
    await settle(client.login(ADA))
    const other = openTab()
    await settle(other.session.refresh())
    const older = String(storage.getItem(KEY))
    await settle(client.session.refresh())
    expect(stored(storage)).toMatchObject({ generation: 2 })
    await passSeconds(31)
    await settle(client.session.refresh())
    expect(stored(storage)).toMatchObject({ generation: 3 })
    // Both tabs read at the same moment, and the older answer is written last.
    storage.setItem(KEY, older)
    await passSeconds(1)
    expect(stored(storage)).toMatchObject({ generation: 3 })
    storage.removeItem(KEY)
    await passSeconds(1)
    expect(stored(storage)).toBeNull()
    storage.setItem(KEY, older)
    await passSeconds(1)
    expect(stored(storage)).toMatchObject({ generation: 2 })
  })

  test('of a sign-in is not stored when the user has signed out meanwhile', async () => {
    const { client, storage, deliveries } = setUpClient()
    deliveries.set('/login/', [{ answerMilliseconds: 2_000 }])
    const login = client.login(ADA)
    await passSeconds(1)
    await settle(client.logout())
    await expect(settle(login)).rejects.toMatchObject({ code: 'not_authenticated' })
    expect(stored(storage)).toBeNull()
  })
})

describe('a refused refresh', () => {
  test('signs out', async () => {
    const { client, server, storage } = setUpClient()
    const { sessionId } = await settle(signIn(client, ADA))
    await passSeconds(1810)
    server.end(sessionId)
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'not_authenticated' })
    expect(stored(storage)).toBeNull()
  })

  test('does not remove the newer tokens of another tab', async () => {
    const { client, server, deliveries, openTab } = setUpClient()
    const { sessionId } = await settle(signIn(client, ADA))
    await passSeconds(1810)
    server.end(sessionId)
    deliveries.set('/refresh/', [{ answerMilliseconds: 2_000 }])
    const token = client.session.accessToken()
    await passSeconds(1)
    await settle(openTab().login(BOB))
    expect(readPayload(await settle(token)).user_id).toBe(BOB.email)
    expect(client.session.state.status).toBe('signed_in')
  })

  test.each([
    ['session_expired', refuse(401, 'session_expired', 'over')],
    ['a garbled token', json({ refresh: ['Not a valid string.'] }, { status: 400 })],
  ])('is final: %s', async (_name, answer) => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    server.override = (path) => (path === '/refresh/' ? answer.clone() : undefined)
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'not_authenticated' })
  })

  test('does not sign out while a change of password brings new tokens', async () => {
    const { client, storage, deliveries, server } = setUpClient()
    await settle(client.login(ADA))
    deliveries.set('/password/change/', [{ answerMilliseconds: 2_000 }])
    const change = client.password.change({ old_password: 'a', new_password1: 'b', new_password2: 'b' })
    await passSeconds(1)
    const other = client.user.get()
    expect(await settle(change)).toEqual({ detail: 'New password has been saved.' })
    await settle(other)
    expect(countArrived(server, 'POST /refresh/')).toBe(1)
    expect(stored(storage)).toEqual({ session: 'session-2', generation: 1 })
  })
})

describe('signing out', () => {
  test('ends the session at the server and in every tab', async () => {
    const { client, server, openTab } = setUpClient()
    const other = openTab()
    const seen: SessionState[] = []
    other.onChange((state) => seen.push(state))
    const { sessionId } = await settle(signIn(client, ADA))
    await settle(client.logout())
    await passSeconds(1)
    expect(server.isAlive(sessionId)).toBe(false)
    expect(seen.map(({ status }) => status)).toEqual(['signed_in', 'signed_out'])
  })

  test('works with an expired access token, and twice', async () => {
    const { client, server } = setUpClient()
    const { sessionId } = await settle(signIn(client, ADA))
    await passSeconds(4000)
    await settle(client.logout())
    await settle(client.logout())
    expect(server.isAlive(sessionId)).toBe(false)
    expect(countArrived(server, 'POST /logout/')).toBe(1)
  })

  test('forgets the session and rejects when the server cannot be reached', async () => {
    const { client, storage, deliveries } = setUpClient()
    await settle(client.login(ADA))
    deliveries.set('/logout/', [{ lost: 'request' }])
    await expect(settle(client.logout())).rejects.toMatchObject({ code: 'network_error' })
    expect(stored(storage)).toBeNull()
  })

  test('succeeds when the session has ended already', async () => {
    const { client, server } = setUpClient()
    const { sessionId } = await settle(signIn(client, ADA))
    server.end(sessionId)
    await settle(client.logout())
    expect(client.session.state.status).toBe('signed_out')
  })
})

describe('onChange', () => {
  test('calls the listener once per change, but not for a refresh and not after its removal', async () => {
    const { client } = setUpClient()
    const seen: string[] = []
    const stop = client.onChange(({ status }) => seen.push(status))
    await settle(client.login(ADA))
    await passSeconds(1810)
    await settle(client.user.get())
    stop()
    await settle(client.logout())
    expect(seen).toEqual(['signed_in'])
  })

  test('calls a listener that was given twice, until both were removed', async () => {
    const { client } = setUpClient()
    const seen: string[] = []
    const listener = ({ status }: SessionState) => void seen.push(status)
    const stops = [client.onChange(listener), client.onChange(listener)]
    await settle(client.login(ADA))
    stops[0]?.()
    stops[0]?.()
    await settle(client.logout())
    stops[1]?.()
    await settle(client.login(ADA))
    expect(seen).toEqual(['signed_in', 'signed_in', 'signed_out'])
  })

  test('keeps the same state object until something changes', async () => {
    const { client } = setUpClient()
    const { state } = client.session
    expect(client.session.state).toBe(state)
    await settle(client.login(ADA))
    const signedIn = client.session.state
    await passSeconds(1810)
    await settle(client.user.get())
    expect(client.session.state).toBe(signedIn)
  })
})

describe('at the start', () => {
  test('a stored session is known at once', async () => {
    const { client, openTab } = setUpClient()
    await settle(client.login(ADA))
    expect(openTab().session.state).toMatchObject({ status: 'signed_in', userId: ADA.email })
  })

  test('an asynchronous storage leaves the state loading until it answers', async () => {
    const items = new Map<string, string>()
    const storage = {
      getItem: async (key: string) => items.get(key) ?? null,
      setItem: async (key: string, value: string) => void items.set(key, value),
      removeItem: async (key: string) => void items.delete(key),
    }
    const server = createModelServer()
    const open = () => createClient({ baseUrl: BASE_URL, storage, fetch: server.fetch })
    const first = open()
    expect(first.session.state.status).toBe('loading')
    expect(await settle(first.session.ready())).toEqual({ status: 'signed_out' })
    await settle(first.login(ADA))
    expect(await settle(open().session.ready())).toMatchObject({ userId: ADA.email })
  })

  test.each(['{', 'null', '{"access":1}', '{"access":"a","refresh":"b","sentAt":1}'])(
    'an invalid item in the storage means signed out: %s',
    async (text) => {
      const { storage, openTab } = setUpClient()
      storage.setItem(KEY, text)
      expect(openTab().session.state.status).toBe('signed_out')
    },
  )
})

test('tokens from elsewhere are adopted', async () => {
  const { client, server } = setUpClient()
  const answer = await server.fetch(`${BASE_URL}/login/`, { method: 'POST', body: JSON.stringify(ADA) })
  await settle(client.session.adopt(await answer.json()))
  expect(client.session.state).toMatchObject({ userId: ADA.email })
})

describe('session.refresh', () => {
  test('requests new tokens while the old ones are fresh', async () => {
    const { client, storage, server } = setUpClient()
    await settle(client.login(ADA))
    expect(await settle(client.session.refresh())).toMatchObject({ status: 'signed_in' })
    expect(stored(storage)).toMatchObject({ generation: 2 })
    expect(countArrived(server, 'POST /refresh/')).toBe(1)
  })

  test('sends nothing when no user is signed in', async () => {
    const { client, server } = setUpClient()
    expect(await settle(client.session.refresh())).toEqual({ status: 'signed_out' })
    expect(countArrived(server, 'POST /refresh/')).toBe(0)
  })
})

test('a listener that is removed during a change is not called for this change', async () => {
  const { client } = setUpClient()
  const heard: string[] = []
  client.onChange(() => stop())
  const stop = client.onChange(({ status }) => heard.push(status))
  await settle(client.login(ADA))
  expect(client.session.state.status).toBe('signed_in')
  expect(heard).toEqual([])
})
