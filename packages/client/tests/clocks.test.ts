import { describe, expect, test, vi } from 'vitest'
import { ADA, countArrived, setUpClient, signIn } from './support/clients.ts'
import { refuse } from './support/model-server.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()

/** Sets the local clock. The clock of the server goes on as before. */
function setClock(server: { skewSeconds: number }, seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000)
  server.skewSeconds -= seconds
}

describe('after the local clock was set back', () => {
  test('a token that is still in the past by that clock is refreshed before it expires', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1500)
    setClock(server, -1200)
    await passSeconds(400)
    await settle(client.user.get())
    expect(server.arrived).toEqual(['POST /login/', 'POST /refresh/', 'GET /user/'])
  })

  test('a refresh with a lost answer is still repeated', async () => {
    const { client, server, deliveries } = setUpClient()
    const { sessionId } = await settle(signIn(client, ADA))
    await passSeconds(1810)
    deliveries.set('/refresh/', [{ answerMilliseconds: 1_000, lost: 'answer' }])
    const call = client.user.get()
    await passSeconds(0.5)
    setClock(server, -3600)
    expect(await settle(call)).toMatchObject({ first_name: sessionId })
  })

  test('a refresh is held back until Retry-After, and no longer', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    await passSeconds(1810)
    server.override = (path) =>
      path === '/refresh/' ? refuse(429, 'throttled', 'wait', { 'Retry-After': '60' }) : undefined
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'throttled' })
    setClock(server, -3600)
    await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'throttled' })
    expect(countArrived(server, 'POST /refresh/')).toBe(1)
    server.override = null
    await passSeconds(61)
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
  })
})

test('a refresh is not repeated after the device slept, because the grace is over', async () => {
  const { client, server, deliveries } = setUpClient()
  await settle(client.login(ADA))
  await passSeconds(1810)
  deliveries.set('/refresh/', [{ answerMilliseconds: 1_000, lost: 'answer' }])
  const call = client.user.get()
  call.catch(() => {})
  await passSeconds(0.5)
  // The monotonic clock of some browsers stands still while the device sleeps.
  vi.setSystemTime(Date.now() + 3_600_000)
  await expect(settle(call)).rejects.toMatchObject({ code: 'network_error' })
  expect(countArrived(server, 'POST /refresh/')).toBe(1)
})

describe.each([-86_400, -7_200, 7_200, 86_400])(
  'on a device whose clock is wrong by %s seconds',
  (seconds) => {
    test('a session of a day costs one refresh for each access token, also over reloads', async () => {
      const { server, openTab } = setUpClient()
      server.skewSeconds = -seconds
      await settle(openTab().login(ADA))
      for (let hour = 0; hour < 24; hour++) {
        await passSeconds(3600)
        const reloaded = openTab()
        for (let call = 0; call < 3; call++) await settle(reloaded.user.get())
      }
      expect(countArrived(server, 'POST /refresh/')).toBe(24)
      expect(countArrived(server, 'GET /user/')).toBe(72)
    })
  },
)
