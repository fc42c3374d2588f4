import { listPlaces } from '@latchkey/contract'
import { createProviderStandIn, describeProviders, type Person, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Endpoint } from '../../src/doors/rest/endpoints.ts'
import { call } from '../call.ts'
import { JSON_CALLER, OPERATIONS } from '../operations.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057'

let server: TestServer
let superuser: Person
let victim: Person
beforeAll(async () => {
  const { fetch: providerFetch } = await createProviderStandIn()
  server = await startTestServer({ core: { providerSettings: describeProviders(), providerFetch } })
  ;[superuser, victim] = [await signUp(server.ctx), await signUp(server.ctx)]
  await server.database.sql`update users set role = 900 where id = ${superuser.userId}`
  const login = { email: superuser.email, password: superuser.password }
  superuser = {
    ...superuser,
    tokens: (await call(`${server.url}/login/`, { json: login })).body as Person['tokens'],
  }
})
afterAll(() => server.close())

/** Every place that a path may have, with a value of the victim. */
const valuesOf = () => ({
  id: victim.userId,
  session_id: victim.sessionId,
  key: 'x'.repeat(43),
  uidb64: 'x',
  token: 'x'.repeat(43),
  provider: 'google',
})

/** What operations with a place in their path ask for beside it. */
const OTHER_FIELDS = {
  code: 'x',
  code_verifier: 'x'.repeat(43),
  callback_url: 'https://app.example/back',
  id_token: 'x',
}
const NOT_FOUND = [404, '{"detail":"Not found.","code":"not_found"}']
const NO_PROVIDER = [404, '{"detail":"This provider is not configured.","code":"provider_not_configured"}']

const cases = OPERATIONS.filter(({ path }) => listPlaces(path).length > 0).map(
  (endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const,
)

/** The state that any of these operations could change. */
const stateOf = async () =>
  server.database.sql`select u.*, (select count(*) from sessions s where s.user_id = u.id)::int as sessions
    from users u where u.id = ${victim.userId}`

async function askWithUnknownPath(endpoint: Endpoint, fields: Record<string, unknown>) {
  const path = endpoint.path.replaceAll(/\{\w+\}/g, UNKNOWN)
  const query = new URLSearchParams(fields as Record<string, string>)
  const hasBody = endpoint.method !== 'GET'
  return call(`${server.url}${path}?${query}`, {
    method: endpoint.method,
    token: superuser.tokens.access,
    headers: JSON_CALLER,
    ...(hasBody && { json: { ...OTHER_FIELDS, ...fields, role: 1000, name: 'Mine' } }),
  })
}

it.each(cases)(
  '%s takes the values of its path, whatever the body and the query say',
  async (_name, endpoint) => {
    // The operations on one's own sessions are asked for one's own session, those of staff for the victim.
    const isOwn = endpoint.meta.access === 'authenticated'
    const fields: Record<string, unknown> = isOwn ? { ...valuesOf(), id: superuser.sessionId } : valuesOf()
    const before = await stateOf()
    const answer = await askWithUnknownPath(endpoint, fields)
    const hasProvider = listPlaces(endpoint.path).includes('provider')
    expect([answer.status, answer.text]).toEqual(hasProvider ? NO_PROVIDER : NOT_FOUND)
    expect(await stateOf()).toEqual(before)
    const alive = await server.database.sql`select 1 from sessions where id = ${superuser.sessionId}`
    expect(alive).toHaveLength(1)
  },
)
