import { afterEach, describe, expect, test, vi } from 'vitest'
import { ADA, BOB, countArrived, signIn } from './support/clients.ts'
import { createKeychain } from './support/keychain.ts'
import { KEY, MODES, setUpClientInMode } from './support/modes.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()
afterEach(() => vi.unstubAllGlobals())

const FAULTS = ['hangs', 'rejects', 'throws'] as const
const METHODS = ['getItem', 'setItem', 'removeItem'] as const

/** Opens an app whose keychain has the session of a user already. */
async function setUpApp(mode: (typeof MODES)[number] = 'token') {
  const keychain = createKeychain()
  const setup = setUpClientInMode(mode, keychain)
  const { sessionId } = await settle(signIn(setup.client, ADA))
  return { ...setup, keychain, sessionId }
}

/** Waits for the outcome of a call, and fails when it takes longer than `timeoutSeconds` for each of its parts. */
async function settleInTime(call: Promise<unknown>): Promise<unknown> {
  const started = Date.now()
  const outcome = await settle(call.catch((error: unknown) => error))
  expect(Date.now() - started).toBeLessThanOrEqual(21_000)
  return outcome
}

describe.each(FAULTS)('a storage whose first read %s', (fault) => {
  test('leaves the state loading, and no user is signed out', async () => {
    const { keychain, openTab, server, sessionId } = await setUpApp()
    keychain.behaviour.getItem = fault
    const client = openTab()
    const calls = [
      client.session.ready(),
      client.user.get(),
      client.session.refresh(),
      client.session.ready(),
    ]
    for (const outcome of await Promise.all(calls.map(settleInTime)))
      expect(outcome).toMatchObject({ code: 'storage_unavailable' })
    expect(client.session.state.status).toBe('loading')
    expect(server.isAlive(sessionId)).toBe(true)
    keychain.behaviour = {}
    await passSeconds(10)
    expect(await settle(client.session.ready())).toMatchObject({ userId: ADA.email })
  })

  test('does not prevent a sign-in, which is written when the storage works', async () => {
    const { keychain, openTab } = await setUpApp()
    for (const method of METHODS) keychain.behaviour[method] = fault
    const client = openTab()
    expect(await settleInTime(client.login(BOB))).toMatchObject({ userId: BOB.email })
    expect(await settleInTime(client.user.get())).toMatchObject({ email: BOB.email })
    keychain.behaviour = {}
    await passSeconds(10)
    await settle(client.user.get())
    expect(await settle(openTab().session.ready())).toMatchObject({ userId: BOB.email })
  })

  test('does not prevent a sign-out, which is written when the storage works', async () => {
    const { keychain, openTab } = await setUpApp()
    keychain.behaviour.getItem = fault
    keychain.behaviour.removeItem = fault
    const client = openTab()
    await settleInTime(client.logout())
    expect(client.session.state.status).toBe('signed_out')
    keychain.behaviour = {}
    await passSeconds(10)
    expect(await settle(client.session.ready())).toEqual({ status: 'signed_out' })
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'not_authenticated' })
    expect(keychain.items.has(KEY)).toBe(false)
  })
})

describe.each(MODES)('a storage that fails after it was read, in %s mode', (mode) => {
  test.each(FAULTS)('keeps the user signed in, with what is in memory: it %s', async (fault) => {
    const { client, keychain, server } = await setUpApp(mode)
    for (const method of METHODS) keychain.behaviour[method] = fault
    for (let round = 0; round < 3; round++) {
      await passSeconds(1810)
      expect(await settleInTime(client.user.get())).toMatchObject({ email: ADA.email })
    }
    expect(client.session.state.status).toBe('signed_in')
    expect(countArrived(server, 'POST /refresh/')).toBe(3)
  })

  test('gets the newest tokens at the first call after it works again', async () => {
    const { client, keychain, openTab } = await setUpApp(mode)
    keychain.behaviour.setItem = 'rejects'
    await passSeconds(1810)
    await settle(client.user.get())
    keychain.behaviour = {}
    await settle(client.user.get())
    // Beyond the grace the token that was spent would look like theft.
    await passSeconds(60)
    expect(await settle(openTab().user.get())).toMatchObject({ email: ADA.email })
    expect(client.session.state.status).toBe('signed_in')
  })
})

test('many calls at once wait for a storage that hangs once, not one after the other', async () => {
  const { keychain, openTab } = await setUpApp()
  keychain.behaviour.getItem = 'hangs'
  const client = openTab()
  const started = Date.now()
  await settle(Promise.allSettled(Array.from({ length: 20 }, () => client.user.get())))
  expect(Date.now() - started).toBeLessThanOrEqual(11_000)
})

test('a late answer of the storage is used without a call', async () => {
  const { keychain, openTab } = await setUpApp()
  keychain.behaviour.getItem = 'hangs'
  const client = openTab()
  await settleInTime(client.session.ready())
  keychain.behaviour = {}
  keychain.release()
  await passSeconds(1)
  expect(client.session.state).toMatchObject({ userId: ADA.email })
})

describe.each(['online', 'focus', 'pageshow'])('the event %s', (event) => {
  test('reads a storage again that could not be read at the start', async () => {
    const { keychain, openTab } = await setUpApp()
    const page = stubPage()
    keychain.behaviour.getItem = 'rejects'
    const client = openTab()
    await expect(settle(client.session.ready())).rejects.toMatchObject({ code: 'storage_unavailable' })
    keychain.behaviour = {}
    page.dispatchEvent(new Event(event))
    await passSeconds(1)
    expect(client.session.state).toMatchObject({ userId: ADA.email })
  })

  test('lets cookie mode leave the state loading, where it has started without network', async () => {
    const { client, openTab, deliveries } = setUpClientInMode('cookie')
    await settle(client.login(ADA))
    const page = stubPage()
    vi.stubGlobal('navigator', { onLine: false })
    deliveries.set('/refresh/', [{ lost: 'request' }])
    const reloaded = openTab()
    await expect(settle(reloaded.session.ready())).rejects.toMatchObject({ code: 'network_error' })
    expect(reloaded.session.state.status).toBe('loading')
    vi.stubGlobal('navigator', { onLine: true })
    page.dispatchEvent(new Event(event))
    await passSeconds(1)
    expect(reloaded.session.state).toMatchObject({ userId: ADA.email })
  })

  test('is not heard after close', async () => {
    const { keychain, openTab } = await setUpApp()
    const page = stubPage()
    keychain.behaviour.getItem = 'rejects'
    const client = openTab()
    client.close()
    keychain.behaviour = {}
    page.dispatchEvent(new Event(event))
    await passSeconds(1)
    expect(client.session.state.status).toBe('loading')
  })
})

/** Gives this process the events of a page. */
function stubPage(): EventTarget {
  const page = new EventTarget()
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  return page
}
