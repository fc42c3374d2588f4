import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import {
  createProviderStandIn,
  describeProviders,
  newEmail,
  PASSWORD,
  PLACES,
  type ProviderStandIn,
  STAND_IN_SECRET,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { DOORS } from './doors.ts'
import { APP } from './redirect-browser.ts'

let server: TestServer
let standIn: ProviderStandIn
let token: string
beforeAll(async () => {
  standIn = await createProviderStandIn()
  server = await startTestServer({
    core: {
      providerSettings: describeProviders({ acme: { emailDomains: ['*'] } }),
      providerFetch: standIn.fetch,
      config: { providerReturnUrls: [APP] },
    },
  })
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const form = { email: newEmail(), password1: PASSWORD, password2: PASSWORD, ...names }
  const { body } = await call(`${server.url}/registration/`, { json: form })
  token = (body as { access: string }).access
})
afterAll(() => server.close())
beforeEach(() => {
  standIn.override.answer = () => undefined
})

const now = () => Math.floor(Date.now() / 1000)

/** Claims of a person that nobody here knows, and whose address the provider vouches for. */
const claimsOf = (nonce: string) => ({
  sub: `verified-${crypto.randomUUID()}`,
  ...{ aud: 'acme-web', email: newEmail(), email_verified: true, nonce },
})
/** A token of the provider that is changed in one claim. Times count from the moment of the signature. */
const sign =
  (more: object | (() => object) = {}, header?: { typ?: string }): Make =>
  (nonce) => {
    const changed = typeof more === 'function' ? more() : more
    return standIn.signIdToken('acme', { ...claimsOf(nonce), ...changed }, header)
  }
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
const complete = (nonce: string) => ({
  iss: PLACES.acme.issuer,
  iat: now(),
  exp: now() + 600,
  ...claimsOf(nonce),
})

type Make = (nonce: string) => Promise<string>

const changeSignature: Make = async (nonce) => {
  const [header, payload, signature = ''] = (await sign()(nonce)).split('.')
  const bytes = Buffer.from(signature, 'base64url')
  bytes[10] = (bytes[10] ?? 0) ^ 1
  return [header, payload, bytes.toString('base64url')].join('.')
}

const changeClaims: Make = async (nonce) => {
  const [header, , signature] = (await sign()(nonce)).split('.')
  return [header, encode(complete(nonce)), signature].join('.')
}

/** A token with a sound signature by a key that the provider never had. */
const signWithOwnKey =
  (alg: 'ES256' | 'RS256'): Make =>
  async (nonce) => {
    const signed = `${encode({ alg, kid: 'a key of an attacker' })}.${encode(complete(nonce))}`
    const { privateKey: key } =
      alg === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 })
    const signature = signBytes('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
    return `${signed}.${signature.toString('base64url')}`
  }

const signSymmetrically =
  (alg: string, secret: string): Make =>
  async (nonce) => {
    const signed = `${encode({ alg })}.${encode(complete(nonce))}`
    const signature = alg === 'none' ? '' : createHmac('sha256', secret).update(signed).digest('base64url')
    return `${signed}.${signature}`
  }

const REJECTED = 'invalid_social_token'
const MISMATCH = 'client_id_mismatch'

/** Every check of the specification with a token that fails it alone. */
const SPOILT: [what: string, make: Make, code: string][] = [
  ['a changed signature', changeSignature, REJECTED],
  ['changed claims', changeClaims, REJECTED],
  ['a key of somebody else', signWithOwnKey('ES256'), REJECTED],
  ['an algorithm that the metadata lacks', signWithOwnKey('RS256'), REJECTED],
  ['the algorithm none', signSymmetrically('none', ''), REJECTED],
  ['the client secret as its key', signSymmetrically('HS256', STAND_IN_SECRET), REJECTED],
  ['the client id as its key', signSymmetrically('HS256', 'acme-web'), REJECTED],
  ['another issuer', sign({ iss: 'https://id.acme.example.evil.example' }), REJECTED],
  ['an issuer with a slash more', sign({ iss: `${PLACES.acme.issuer}/` }), REJECTED],
  ['another audience', sign({ aud: 'a-client-of-somebody-else' }), MISMATCH],
  ['several audiences without azp', sign({ aud: ['acme-web', 'another'] }), MISMATCH],
  ['an azp that is not ours', sign({ azp: 'a-client-of-somebody-else' }), MISMATCH],
  ['an expiry that is over', sign(() => ({ exp: now() - 1 })), REJECTED],
  ['no expiry', sign({ exp: undefined }), REJECTED],
  ['an iat of two minutes from now', sign(() => ({ iat: now() + 120 })), REJECTED],
  ['another nonce', sign({ nonce: 'that of another attempt' }), REJECTED],
  ['no nonce', sign({ nonce: undefined }), REJECTED],
  ['no person', sign({ sub: undefined }), REJECTED],
  ['the type of an access token', sign({}, { typ: 'at+jwt' }), REJECTED],
  ['no form of a token', async () => 'a.b.c', REJECTED],
]

const countRows = async () => {
  const [row] = await server.database.sql`select (select count(*) from users) as users,
    (select count(*) from sessions) as sessions, (select count(*) from connections) as connections`
  return row
}

describe.each(Object.entries(DOORS))('%s', (name, door) => {
  it.each(SPOILT)('refuses an ID token with %s, and writes nothing', async (_what, make, code) => {
    const before = await countRows()
    const outcome = await door({ server, standIn, make, token })
    expect(outcome).toEqual({ code, status: name === 'the redirect' ? null : 401 })
    expect(await countRows()).toEqual(before)
  })

  it('takes the token that fails no check', async () => {
    expect((await door({ server, standIn, make: sign(), token })).code).toBeNull()
  })
})
