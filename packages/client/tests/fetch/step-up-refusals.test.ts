import { REFUSALS } from '@latchkey/contract'
import { describe, expect, test } from 'vitest'
import { AccessRefusal, type WantedAuthentication } from '../../src/server/index.ts'
import { API, carryAndSee, countRefreshes } from '../support/carrying-client.ts'
import { ADA, countArrived, setUpClient } from '../support/clients.ts'
import { json, refuse } from '../support/model-server.ts'
import { holdTime, passSeconds, settle } from '../support/vitest.ts'

holdTime()

const CODE = 'insufficient_user_authentication'
const { sentence } = REFUSALS[CODE]

/** The answer of a guard of this package. */
function stepUp(wanted: WantedAuthentication = { acr_values: 'aal2', max_age: 900 }): Response {
  return new AccessRefusal(CODE, { wanted }).toResponse()
}

/** The same refusal as a service of others sends it: RFC 9470 has the status 401, and no body. */
const ofOthers = (parameters = `error="${CODE}", error_description="More is required", max_age="5"`) =>
  new Response(null, { status: 401, headers: { 'WWW-Authenticate': `Bearer ${parameters}` } })

/** A refused call in a batch of tRPC, whose status is that of all calls together. */
const ofTrpc = (status: number) =>
  json([{ error: { message: sentence, code: -32003, data: { code: CODE, httpStatus: 403 } } }], { status })

describe('a service that wants a newer authentication', () => {
  test.each([
    ['a guard of this package', () => stepUp()],
    ['the auth server over tRPC', () => ofTrpc(403)],
    ['a batch of tRPC with several answers', () => ofTrpc(207)],
    ['a service with the code and 401', () => refuse(401, CODE, sentence)],
    ['a service of others', () => ofOthers()],
    ['a service of others, without quotes', () => ofOthers(`realm="x", error=${CODE}`)],
  ])('gets one request and costs no refresh: %s', async (_name, answer) => {
    const setup = await settle(carryAndSee(answer))
    await passSeconds(1)
    for (let count = 1; count <= 3; count++) {
      const response = await settle(setup.fetchAsUser(`${API}/payouts`, { method: 'POST', body: '{}' }))
      expect(response.status).toBe(answer().status)
      expect(await response.text()).toBe(await answer().text())
      expect([setup.seen.length, countRefreshes(setup)]).toEqual([count, 0])
    }
    expect(setup.client.session.state.status).toBe('signed_in')
  })

  test('does not count as one that refuses tokens: an expired token is refreshed at once', async () => {
    const answers = [ofOthers(), ofOthers(), new Response(null, { status: 401 }), json({})]
    const setup = await settle(carryAndSee(() => answers.shift() ?? Response.error()))
    await passSeconds(1)
    await settle(setup.fetchAsUser(API))
    await settle(setup.fetchAsUser(API))
    expect(countRefreshes(setup)).toBe(0)
    expect((await settle(setup.fetchAsUser(API))).status).toBe(200)
    expect(countRefreshes(setup)).toBe(1)
  })

  test('is told apart from another challenge that only mentions the word', async () => {
    const mentions = () => ofOthers(`error="invalid_token", error_description="no ${CODE}"`)
    const setup = await settle(carryAndSee(mentions))
    await passSeconds(1)
    await settle(setup.fetchAsUser(API))
    expect(countRefreshes(setup)).toBe(1)
  })
})

describe('an operation that wants a newer authentication', () => {
  test.each([403, 401])(
    'fails with its code, without a refresh and without a sign-out: %s',
    async (status) => {
      const { client, server } = setUpClient()
      await settle(client.login(ADA))
      await passSeconds(1)
      server.override = (path) => (path === '/user/' ? refuse(status, CODE, sentence) : undefined)
      for (let count = 1; count <= 3; count++) {
        const failure = { code: CODE, status, message: sentence, fields: {} }
        await expect(settle(client.user.get())).rejects.toMatchObject(failure)
        expect(countArrived(server, 'GET /user/')).toBe(count)
      }
      expect(countArrived(server, 'POST /refresh/')).toBe(0)
      expect(countArrived(server, 'POST /logout/')).toBe(0)
      expect(client.session.state.status).toBe('signed_in')
    },
  )

  test('leaves the session as it is when the address of the refresh is answered so', async () => {
    const { client, server } = setUpClient()
    await settle(client.login(ADA))
    server.override = (path) => (path === '/refresh/' ? refuse(403, CODE, sentence) : undefined)
    await settle(client.session.refresh().catch(() => {}))
    expect(client.session.state.status).toBe('signed_in')
    server.override = null
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
  })
})
