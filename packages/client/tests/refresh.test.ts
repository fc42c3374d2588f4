import { afterEach, describe, expect, test, vi } from 'vitest'
import { ADA, BOB, countArrived, setUpClient, signIn } from './support/clients.ts'
import { json, readPayload, refuse } from './support/model-server.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()
afterEach(() => vi.unstubAllGlobals())

describe('before an access token expires', () => {
  test('a fresh access token is sent without a refresh', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1700)
    await settle(client.user.get())
    expect(countArrived(server, 'POST /refresh/')).toBe(0)
  })

  test('an access token that expires soon is refreshed before it is sent', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1750)
    await settle(client.user.get())
    expect(server.arrived).toEqual(['POST /login/', 'POST /refresh/', 'GET /user/'])
  })

  test.each([-3600, 3600])(
    'with a server clock that is wrong by %s s, fresh tokens are not refreshed and expired tokens are not sent',
    async (skew) => {
      const { client, server } = setUpClient()
      server.skewSeconds = skew
      await settle(client.login(ADA))
      await passSeconds(1700)
      await settle(client.user.get())
      await passSeconds(200)
      await settle(client.user.get())
      expect(server.arrived).toEqual(['POST /login/', 'GET /user/', 'POST /refresh/', 'GET /user/'])
    },
  )

  test('a local clock that was set back leads to a refresh, not to an expired token', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    vi.setSystemTime(Date.now() - 3_600_000)
    await settle(client.session.accessToken())
    expect(countArrived(server, 'POST /refresh/')).toBe(1)
  })

  test('a failed refresh does not fail the call while the token is valid', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1750)
    server.override = (path) => (path === '/refresh/' ? refuse(503, 'unavailable', 'busy') : undefined)
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
  })
})

describe('after a 401', () => {
  test('the token is refreshed and the request is sent once more', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    let refusals = 1
    server.override = (path) =>
      path === '/user/' && refusals-- > 0 ? refuse(401, 'token_not_valid', 'no') : undefined
    await settle(client.user.get())
    expect(server.arrived).toEqual(['POST /login/', 'GET /user/', 'POST /refresh/', 'GET /user/'])
  })

  test('a second refusal rejects', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    server.override = (path) => (path === '/user/' ? refuse(401, 'token_not_valid', 'no') : undefined)
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'token_not_valid', status: 401 })
    expect(countArrived(server, 'GET /user/')).toBe(2)
    expect(client.session.state.status).toBe('signed_in')
  })

  test('an unverified address neither ends the session nor asks for other tokens', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    const refusal = () => refuse(401, 'email_not_verified', 'User email is not verified')
    server.override = (path) => (path === '/user/' ? refusal() : undefined)
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'email_not_verified' })
    expect(server.arrived).toEqual(['POST /login/', 'GET /user/'])
    server.override = (path) => (path === '/refresh/' ? refusal() : undefined)
    await passSeconds(2000)
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'email_not_verified' })
    expect(client.session.state.status).toBe('signed_in')
    expect(countArrived(server, 'POST /refresh/')).toBe(1)
    server.override = () => undefined
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
  })

  test('a revoked session signs out', async () => {
    const { client, server } = setUpClient()
    const { sessionId } = await settle(signIn(client, ADA))
    server.end(sessionId)
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'token_not_valid' })
    expect(client.session.state.status).toBe('signed_out')
  })

  test('a request of one user is never sent again as another user', async () => {
    const { client, server, openTab } = setUpClient()
    const ada = await settle(signIn(client, ADA))
    server.end(ada.sessionId)
    server.override = (path) => {
      if (path === '/user/delete/') void openTab().login(BOB)
      return undefined
    }
    await expect(settle(client.user.delete({ password: 'x' }))).rejects.toMatchObject({
      code: 'token_not_valid',
    })
    expect(countArrived(server, 'POST /user/delete/')).toBe(1)
    expect(client.session.state).toMatchObject({ userId: BOB.email })
  })
})

describe('one refresh at a time', () => {
  test('twenty requests at once cost one refresh', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1790)
    await settle(Promise.all(Array.from({ length: 20 }, () => client.user.get())))
    expect(countArrived(server, 'POST /refresh/')).toBe(1)
  })

  test('tokens that another tab has refreshed are used without a request', async () => {
    const { client, server, openTab } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1790)
    await settle(openTab().user.get())
    await settle(client.user.get())
    expect(countArrived(server, 'POST /refresh/')).toBe(1)
  })
})

describe('a lost answer to a refresh', () => {
  test.each([
    ['the request is lost', { lost: 'request' as const }],
    ['the answer is lost', { lost: 'answer' as const }],
    ['the answer never comes', { lost: 'answer silently' as const }],
  ])('is requested again with the same token: %s', async (_name, delivery) => {
    const { client, deliveries } = setUpClient()
    const { sessionId } = await settle(signIn(client, ADA))
    await passSeconds(1810)
    deliveries.set('/refresh/', [delivery, delivery])
    expect(await settle(client.user.get())).toMatchObject({ first_name: sessionId })
  })

  test('that arrives late is used', async () => {
    const { client, server, deliveries } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    const unlucky = { lost: 'request' as const }
    deliveries.set('/refresh/', [{ answerMilliseconds: 9_000 }, ...Array(50).fill(unlucky)])
    await settle(client.user.get())
    expect(countArrived(server, 'POST /refresh/')).toBe(1)
  })

  test('is requested again until shortly before the grace ends', async () => {
    const { client, deliveries } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    deliveries.set('/refresh/', Array(6).fill({ lost: 'answer silently' }))
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'timeout' })
    await passSeconds(20)
    deliveries.clear()
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
  })

  test('to the refresh of the next token starts a new grace', async () => {
    const { client, server, deliveries } = setUpClient({ timeoutSeconds: 60 })
    server.accessSeconds = 2
    const { sessionId } = await settle(signIn(client, ADA))
    await passSeconds(10)
    // The first answer takes 20 seconds, and its access token has expired by then. The next two answers are lost.
    const lost = { lost: 'answer silently' as const }
    deliveries.set('/refresh/', [{ answerMilliseconds: 20_000 }, ...Array(8).fill(lost)])
    expect(readPayload(await settle(client.session.accessToken())).session).toBe(sessionId)
  })

  test('that waits in a frozen page is read before the next request is sent', async () => {
    const { client, server, deliveries } = setUpClient()
    const { sessionId } = await settle(signIn(client, ADA))
    await passSeconds(1810)
    deliveries.set('/refresh/', [{ answerMilliseconds: 3_100 }])
    const request = client.user.get()
    await passSeconds(0.01)
    vi.setSystemTime(Date.now() + 300_000)
    // When the page wakes, the timer of the request fires first, and the answer arrives directly after it.
    await passSeconds(3.05)
    expect(await settle(client.user.get())).toMatchObject({ first_name: sessionId })
    await request
    expect(countArrived(server, 'POST /refresh/')).toBe(1)
    expect(server.isAlive(sessionId)).toBe(true)
  })

  test('leaves the user signed in while there is no network', async () => {
    const { client, deliveries } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    deliveries.set('/refresh/', Array(500).fill({ lost: 'request' }))
    await expect(settle(client.user.get())).rejects.toMatchObject({ status: 0 })
    await passSeconds(600)
    expect(client.session.state.status).toBe('signed_in')
    deliveries.clear()
    await settle(client.user.get())
  })
})

describe('a refresh that fails without ending the session', () => {
  test.each([
    ['throttled', () => refuse(429, 'throttled', 'wait', { 'Retry-After': '60' })],
    ['unavailable', () => refuse(503, 'unavailable', 'busy', { 'Retry-After': '2' })],
    ['error', () => refuse(500, 'error', 'oops')],
    ['unexpected_answer', () => new Response('<h1>Welcome to the hotel</h1>')],
    ['unexpected_answer', () => new Response('<h1>Proxy login</h1>', { status: 401 })],
    ['csrf_failed', () => refuse(403, 'csrf_failed', 'no')],
  ])('%s', async (code, answer) => {
    const { client, server } = setUpClient({ timeoutSeconds: 60 })
    await settle(client.login(ADA))
    await passSeconds(1810)
    server.override = (path) => (path === '/refresh/' ? answer() : undefined)
    await expect(settle(client.user.get())).rejects.toMatchObject({ code })
    expect(client.session.state.status).toBe('signed_in')
    server.override = null
    await passSeconds(60)
    await settle(client.user.get())
  })

  test('waits for the time of Retry-After', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    const started = Date.now()
    server.override = (path) =>
      path === '/refresh/' && Date.now() < started + 4_000
        ? refuse(503, 'unavailable', 'busy', { 'Retry-After': '5' })
        : undefined
    await settle(client.user.get())
    expect(countArrived(server, 'POST /refresh/')).toBe(2)
  })

  test('is sent once, and fails at once, when the device seems offline', async () => {
    const { client, deliveries } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    vi.stubGlobal('navigator', { onLine: false })
    const lost = Array(5).fill({ lost: 'request' })
    deliveries.set('/refresh/', lost)
    const started = Date.now()
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'network_error' })
    expect(Date.now() - started).toBeLessThanOrEqual(100)
    expect(lost.length).toBe(4)
  })

  test('succeeds when the device is not offline, whatever the browser says', async () => {
    const { client } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    vi.stubGlobal('navigator', { onLine: false })
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
  })
})

test('answers with expired access tokens end after a few requests', async () => {
  const { client, server, deliveries } = setUpClient({ timeoutSeconds: 60 })
  server.accessSeconds = 2
  await settle(client.login(ADA))
  await passSeconds(10)
  deliveries.set('/refresh/', Array(50).fill({ answerMilliseconds: 3_000 }))
  await settle(client.session.accessToken())
  expect(countArrived(server, 'POST /refresh/')).toBeLessThanOrEqual(4)
})

test('adopt refuses values that are no tokens', async () => {
  const { client, server } = setUpClient()
  server.override = () => json({ access: 'x', refresh: 'y' })
  await expect(settle(client.login(ADA))).rejects.toMatchObject({ code: 'unexpected_answer' })
  expect(client.session.state.status).toBe('signed_out')
})
