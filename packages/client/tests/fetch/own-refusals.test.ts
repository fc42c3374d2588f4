import { REFUSALS, type RefusalWords } from '@latchkey/contract'
import { describe, expect, test } from 'vitest'
import { ERROR_CODES } from '../../src/index.ts'
import { API, carryAndSee, countRefreshes } from '../support/carrying-client.ts'
import { ADA, BASE_URL, countArrived, setUpClient } from '../support/clients.ts'
import { json, refuse } from '../support/model-server.ts'
import { holdTime, passSeconds, settle } from '../support/vitest.ts'

holdTime()

const OTHER = 'https://other.example.com'

/** A body that gives what is asked of it, up to what a test can hold, and never ends. */
function createEndless(): ReadableStream {
  let left = 1_000
  return new ReadableStream({
    async pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array(4096))
      else await new Promise(() => {})
    },
  })
}

const refused = () => new Response(null, { status: 401 })

describe('a service that answers every token with 401', () => {
  test('costs one refresh in a minute, and its 401 is handed on', async () => {
    const setup = await settle(carryAndSee(refused))
    for (let second = 0; second < 40; second++) {
      expect((await settle(setup.fetchAsUser(`${API}/${second}`))).status).toBe(401)
      await passSeconds(1)
    }
    expect(countRefreshes(setup)).toBe(1)
    expect(setup.seen).toHaveLength(41)
    await passSeconds(60)
    await settle(setup.fetchAsUser(API))
    expect(countRefreshes(setup)).toBe(2)
  })

  test('also when its requests cannot be sent again', async () => {
    const setup = await settle(carryAndSee(refused))
    for (let second = 0; second < 30; second++) {
      const body = new ReadableStream({ start: (controller) => controller.close() })
      await settle(setup.fetchAsUser(API, { method: 'POST', body, duplex: 'half' } as RequestInit))
      await passSeconds(1)
    }
    expect(countRefreshes(setup)).toBe(1)
    expect(setup.seen).toHaveLength(30)
  })

  test('does not keep another service from a new token', async () => {
    let good = ''
    const answer = (request: Request) => {
      const isGood =
        request.url.startsWith(OTHER) && request.headers.get('authorization') === `Bearer ${good}`
      return isGood ? json({}) : refused()
    }
    const setup = await settle(carryAndSee(answer, { trustedOrigins: [API, OTHER] }))
    await settle(setup.fetchAsUser(API))
    good = String(await settle(setup.client.session.accessToken()))
    await settle(setup.fetchAsUser(API))
    expect((await settle(setup.fetchAsUser(OTHER))).status).toBe(200)
    // The other service has taken the token, and refuses it later.
    good = 'none'
    await settle(setup.fetchAsUser(OTHER))
    expect(countRefreshes(setup)).toBe(2)
  })

  test('is asked with a new token again, after it took one', async () => {
    let refusals = 1
    const setup = await settle(carryAndSee(() => (refusals-- > 0 ? refused() : json({}))))
    for (let round = 1; round <= 5; round++) {
      refusals = 1
      expect((await settle(setup.fetchAsUser(API))).status).toBe(200)
      expect(countRefreshes(setup)).toBe(round)
    }
  })

  test('is the auth server itself, behind a proxy that takes the header off: operations cost one refresh', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    server.override = (path) => (path === '/user/' ? refuse(401, 'not_authenticated', 'no') : undefined)
    for (let second = 0; second < 30; second++) {
      await expect(settle(client.user.get())).rejects.toMatchObject({ code: 'not_authenticated' })
      await passSeconds(1)
    }
    expect(countArrived(server, 'POST /refresh/')).toBe(1)
    expect(countArrived(server, 'GET /user/')).toBe(31)
  })
})

describe('an answer with 401', () => {
  test.each([
    ['sends nothing', () => new ReadableStream()],
    ['has no end', createEndless],
  ])('that %s is handed on within seconds', async (_name, body) => {
    const setup = await settle(carryAndSee(() => new Response(body(), { status: 401 })))
    const started = Date.now()
    const response = await settle(setup.fetchAsUser(API))
    expect(response.status).toBe(401)
    expect(Date.now() - started).toBeLessThan(5_000)
    await response.body?.cancel()
  })

  test('is handed on with its whole body', async () => {
    const text = JSON.stringify({ code: 'incorrect_credentials', padding: 'x'.repeat(50_000) })
    const setup = await settle(carryAndSee(() => new Response(text, { status: 401 })))
    expect(await (await settle(setup.fetchAsUser(API))).text()).toBe(text)
    expect([setup.seen.length, countRefreshes(setup)]).toEqual([1, 0])
  })

  test('of a foreign origin, after a redirect that took the token off, costs no refresh', async () => {
    const redirected = () =>
      Object.defineProperties(refused(), {
        redirected: { value: true },
        url: { value: 'https://evil.example.net/' },
      })
    const setup = await settle(carryAndSee(redirected))
    expect((await settle(setup.fetchAsUser(API))).status).toBe(401)
    expect([setup.seen.length, countRefreshes(setup)]).toEqual([1, 0])
  })

  // Each code of the contract with 401 is here, so that a new one cannot be forgotten.
  const refusalsOfTokens = new Set([
    'not_authenticated',
    'bad_authorization_header',
    'token_not_valid',
    'user_not_found',
    'user_inactive',
  ])
  const refusalsOfOthers = new Set([
    'session_expired',
    'incorrect_credentials',
    'email_not_verified',
    'no_active_account',
    'unknown_passkey',
    'invalid_social_token',
    'client_id_mismatch',
    'invalid_refresh_proof',
    'use_dpop_nonce',
  ])
  const codes = Object.entries(REFUSALS).filter(([, { status }]) => status === 401)

  test.each(codes)('and the code %s asks for a new token only where that can help', async (code, refusal) => {
    const { sentence } = refusal
    expect(refusalsOfTokens.has(code)).not.toBe(refusalsOfOthers.has(code))
    const expected = refusalsOfTokens.has(code) ? 1 : 0
    const { as: sent = code } = refusal as RefusalWords
    const setup = await settle(carryAndSee(() => refuse(401, sent, sentence)))
    await settle(setup.fetchAsUser(API))
    expect(countRefreshes(setup)).toBe(expected)
    setup.server.override = (path) => (path === '/user/' ? refuse(401, sent, sentence) : undefined)
    await settle(setup.client.session.refresh())
    const before = countRefreshes(setup)
    // Some codes are known to the entry of their operations alone.
    const known = ERROR_CODES.includes(sent as never) ? sent : 'unexpected_answer'
    await expect(settle(setup.client.user.get())).rejects.toMatchObject({ code: known })
    expect(countRefreshes(setup) - before).toBe(expected)
  })
})

test('a trusted URL of the auth server itself is treated as any other service', async () => {
  const setup = await settle(carryAndSee(refused))
  await settle(setup.fetchAsUser(`${BASE_URL}/trpc/user.get`))
  await settle(setup.fetchAsUser(`${BASE_URL}/trpc/user.get`))
  expect(countRefreshes(setup)).toBe(1)
})
