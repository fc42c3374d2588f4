import { describe, expect, test } from 'vitest'
import { API, carryAndSee, countRefreshes } from '../support/carrying-client.ts'
import { json } from '../support/model-server.ts'
import { holdTime, passSeconds, settle } from '../support/vitest.ts'

holdTime()

/** Creates a signed-in client whose next refresh waits until the test releases it. */
async function holdRefresh(answer?: Parameters<typeof carryAndSee>[0]) {
  const setup = await settle(carryAndSee(answer))
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  const { fetch } = setup.server
  setup.server.fetch = async (input, init) => {
    if (String(input).endsWith('/refresh/')) await held
    return fetch(input, init)
  }
  return { ...setup, release }
}

describe('a signal', () => {
  test.each<[string, (signal: AbortSignal) => [RequestInfo, RequestInit?]]>([
    ['of options', (signal) => [API, { signal }]],
    ['of a Request', (signal) => [new Request(API, { signal })]],
  ])('%s is heeded while a refresh is awaited, and the refresh goes on for others', async (_name, make) => {
    const { fetchAsUser, seen, release } = await holdRefresh()
    await passSeconds(1810)
    const abort = new AbortController()
    const aborted = fetchAsUser(...make(abort.signal)).catch((error: unknown) => error)
    const other = fetchAsUser(API)
    await passSeconds(0.1)
    abort.abort()
    expect(await aborted).toMatchObject({ name: 'AbortError' })
    release()
    expect((await settle(other)).status).toBe(200)
    expect(seen).toHaveLength(1)
  })

  test('is heeded after a 401 too, and its reason is what the call rejects with', async () => {
    const { fetchAsUser, seen } = await holdRefresh(() => new Response(null, { status: 401 }))
    const abort = new AbortController()
    const aborted = fetchAsUser(API, { signal: abort.signal }).catch((error: unknown) => error)
    await passSeconds(0.1)
    const reason = new Error('The page was left.')
    abort.abort(reason)
    expect(await aborted).toBe(reason)
    expect(seen).toHaveLength(1)
  })

  test('is heeded while the beginning of a 401 is read', async () => {
    const { fetchAsUser } = await settle(
      carryAndSee(() => new Response(new ReadableStream(), { status: 401 })),
    )
    const abort = new AbortController()
    const aborted = fetchAsUser(API, { signal: abort.signal }).catch((error: unknown) => error)
    await passSeconds(0.1)
    abort.abort()
    expect(await aborted).toMatchObject({ name: 'AbortError' })
  })

  test('that has aborted before starts nothing', async () => {
    const setup = await settle(carryAndSee())
    await passSeconds(1810)
    const signal = AbortSignal.abort()
    await expect(settle(setup.fetchAsUser(API, { signal }))).rejects.toMatchObject({ name: 'AbortError' })
    await passSeconds(60)
    expect([setup.seen.length, countRefreshes(setup)]).toEqual([0, 0])
  })

  test('leaves no listener behind', async () => {
    const { fetchAsUser } = await settle(carryAndSee(() => json({})))
    const { signal } = new AbortController()
    let listeners = 0
    const { addEventListener, removeEventListener } = signal
    signal.addEventListener = (...given: Parameters<AbortSignal['addEventListener']>) => {
      if (given.length === 2) listeners++
      addEventListener.apply(signal, given)
    }
    signal.removeEventListener = (...given: Parameters<AbortSignal['removeEventListener']>) => {
      if (given.length === 2) listeners--
      removeEventListener.apply(signal, given)
    }
    // Only the client adds two arguments; `new Request` of the service follows the signal in its own way.
    await settle(fetchAsUser(API, { signal }))
    expect(listeners).toBe(0)
  })
})
