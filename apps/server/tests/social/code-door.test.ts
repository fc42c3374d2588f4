import {
  createProviderStandIn,
  describeProviders,
  newEmail,
  PASSWORD,
  PLACES,
  type PlaceName,
  type ProviderPerson,
  type ProviderStandIn,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { makeVerifier } from './redirect-browser.ts'

const CALLBACK = 'https://app.example/callback'
const TID = '11111111-2222-3333-4444-555555555555'
const OID = '99999999-8888-7777-6666-555555555555'

/** Somebody at each provider, in its words, whose address it vouches for where it does; and the subject here. */
const PEOPLE: [PlaceName, (n: number) => ProviderPerson, (n: number) => string, vouches: boolean][] = [
  ['google', (n) => ({ sub: `${n}`, ...proven(), hd: 'acme.example' }), String, true],
  ['apple', (n) => ({ sub: `a${n}`, ...proven() }), (n) => `a${n}`, true],
  [
    'microsoft',
    (n) => ({ sub: `s${n}`, tid: TID, oid: `${OID}${n}`, ...proven(), xms_edov: true }),
    (n) => `${TID}:${OID}${n}`,
    true,
  ],
  ['gitlab', (n) => ({ sub: `${n}`, ...proven() }), String, true],
  ['linkedin', (n) => ({ sub: `l${n}`, ...proven() }), (n) => `l${n}`, true],
  ['acme', (n) => ({ sub: `o${n}`, ...proven() }), (n) => `o${n}`, true],
  [
    'github',
    (n) => ({ id: n, login: 'ada', emails: [{ email: newEmail(), primary: true, verified: true }] }),
    String,
    true,
  ],
  ['discord', (n) => ({ id: `${n}`, email: newEmail(), verified: true }), String, true],
  ['facebook', (n) => ({ id: `${n}`, email: newEmail() }), String, false],
]
const proven = () => ({ email: newEmail(), email_verified: true })

let server: TestServer
let standIn: ProviderStandIn
let token: string
let people = 100
beforeAll(async () => {
  standIn = await createProviderStandIn()
  const providerSettings = describeProviders({ acme: { emailDomains: ['*'] } })
  server = await startTestServer({ core: { providerSettings, providerFetch: standIn.fetch } })
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const form = { email: newEmail(), password1: PASSWORD, password2: PASSWORD, ...names }
  const { body } = await call(`${server.url}/registration/`, { json: form })
  token = (body as { access: string }).access
})
afterAll(() => server.close())

const SCOPES = 'openid email profile identify user:email'

/** A code that an app got by itself, with what it sends beside it. */
function getCode(id: PlaceName, person: ProviderPerson) {
  const { verifier, challenge } = makeVerifier()
  const url = new URL(PLACES[id].authorization)
  const parameters = { client_id: `${id}-web`, redirect_uri: CALLBACK, scope: SCOPES }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  if (id !== 'linkedin') url.searchParams.set('code_challenge', challenge)
  const code = standIn.authorize(url, person).get('code') ?? ''
  return { code, callback_url: CALLBACK, code_verifier: verifier }
}

const viaRest = async (id: PlaceName, door: 'code' | 'connect/code', json: object) => {
  const { status, body } = await call(`${server.url}/social/${id}/${door}/`, { json, token })
  return { status, body: body as Record<string, unknown> }
}
const viaTrpc = async (id: PlaceName, door: 'code' | 'connect/code', json: object) => {
  const path = door === 'code' ? 'social.signInWithCode' : 'social.connectWithCode'
  const input = { provider: id, ...json }
  const { status, body } = await callTrpc(server.url, { path, type: 'mutation' }, { input, token })
  const told = body as { result?: { data: Record<string, unknown> }; error?: { data: object } }
  return { status, body: { ...told.result?.data, ...told.error?.data } as Record<string, unknown> }
}

describe.each([
  ['REST', viaRest, 201],
  ['tRPC', viaTrpc, 200],
] as const)('a code by %s', (_door, send, created) => {
  it.each(PEOPLE)('of %s connects its person once', async (id, describe, subjectOf) => {
    people += 1
    const json = getCode(id, describe(people))
    const connected = await send(id, 'connect/code', json)
    expect(connected).toMatchObject({ status: created, body: { provider: id, uid: subjectOf(people) } })
    expect(await send(id, 'connect/code', json)).toMatchObject({
      status: 401,
      body: { code: 'invalid_social_token' },
    })
    await server.database.sql`delete from connections where uid = ${subjectOf(people)}`
  })

  it.each(PEOPLE)(
    'of %s signs its person in where it vouches for the address',
    async (id, describe, _, vouches) => {
      people += 1
      const { status, body } = await send(id, 'code', getCode(id, describe(people)))
      if (vouches) expect([status, typeof body.access]).toEqual([200, 'string'])
      else expect([status, body.code]).toEqual([400, 'provider_email_unverified'])
    },
  )

  it.each([
    ['another verifier', { code_verifier: 'w'.repeat(43) }, 401, 'invalid_social_token'],
    ['an address that is not allowed', { callback_url: `${CALLBACK}/` }, 400, 'callback_url_not_allowed'],
    ['a client that is not ours', { client_id: 'theirs' }, 401, 'client_id_mismatch'],
    ['a client that the code was not made for', { client_id: 'acme-app' }, 503, 'provider_unavailable'],
    ['a nonce that was not sent', { nonce: 'another' }, 401, 'invalid_social_token'],
  ])('is refused with %s', async (_what, change, status, code) => {
    people += 1
    const json = { ...getCode('acme', { sub: `o${people}`, ...proven() }), ...change }
    expect(await send('acme', 'code', json)).toMatchObject({ status, body: { code } })
  })
})
