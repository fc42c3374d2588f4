import {
  createProviderStandIn,
  describeProviders,
  NEW_PASSWORD,
  newEmail,
  type ProviderStandIn,
  readClaims,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

interface Tokens {
  access: string
  refresh: string
}
interface Connected {
  id: string
  provider: string
  uid: string
}

let server: TestServer
let standIn: ProviderStandIn
beforeAll(async () => {
  standIn = await createProviderStandIn()
  server = await startTestServer({
    core: { providerSettings: describeProviders(), providerFetch: standIn.fetch },
  })
})
afterAll(() => server.close())

let people = 0
/** An ID token of Google for a person with an address of a Workspace. */
const signGoogle = (claims: object = {}) =>
  standIn.signIdToken('google', {
    sub: `google-${++people}`,
    aud: 'google-web',
    email: newEmail(),
    email_verified: true,
    hd: 'example.com',
    ...claims,
  })

const post = (path: string, json: object, token?: string) =>
  call(`${server.url}${path}`, { json, ...(token !== undefined && { token }) })

async function arrive(claims: object = {}): Promise<Tokens> {
  const { status, body } = await post('/social/google/token/', { id_token: await signGoogle(claims) })
  expect(status).toBe(200)
  return body as Tokens
}

const list = async (token: string) =>
  (await call(`${server.url}/social/accounts/`, { token })).body as Connected[]

describe('the providers', () => {
  it('are listed in the order of the settings, with the client id of the web and no secret', async () => {
    const { status, body, text } = await call(`${server.url}/social/providers/`)
    expect(status).toBe(200)
    expect(body).toContainEqual({ id: 'google', name: 'Google', client_id: 'google-web' })
    expect(text).not.toContain('secret')
  })
})

describe('a sign-in', () => {
  it('with an ID token makes a user, and the same subject is the same user through both doors', async () => {
    const sub = 'google-both-doors'
    const { access } = await arrive({ sub })
    expect(readClaims(access)).toMatchObject({ amr: ['fed'], acr: 'aal1', email_verified: true })
    const input = { provider: 'google', id_token: await signGoogle({ sub }) }
    const procedure = { path: 'social.signInWithToken', type: 'mutation' }
    const { status, body } = await callTrpc(server.url, procedure, { input })
    expect(status).toBe(200)
    const { data } = (body as { result: { data: Tokens } }).result
    expect(readClaims(data.access).sub).toBe(readClaims(access).sub)
  })

  it('with an access token of GitHub takes its primary verified address', async () => {
    const email = newEmail()
    const person = {
      id: 583_231,
      login: 'ada',
      name: 'Ada',
      emails: [{ email, primary: true, verified: true }],
    }
    const access_token = standIn.giveAccessToken({
      provider: 'github',
      person,
      clientId: 'github-web',
      scopes: ['user:email'],
    })
    const { status, body } = await post('/social/github/token/', { access_token })
    expect(status).toBe(200)
    const { body: user } = await call(`${server.url}/user/`, { token: (body as Tokens).access })
    expect(user).toMatchObject({ email })
    expect(await list((body as Tokens).access)).toMatchObject([{ provider: 'github', uid: '583231' }])
  })

  it('takes the address from the provider alone, whatever the caller says beside the token', async () => {
    const [email, victim, sub] = [newEmail(), newEmail(), 'google-own-words']
    const own = { email: victim, email_verified: true, sub: 'another', uid: 'another', role: 900 }
    const said = { ...own, user: own, profile: own, createData: own }
    const { status, body } = await post('/social/google/token/', {
      id_token: await signGoogle({ sub, email }),
      ...said,
    })
    expect(status).toBe(200)
    const { access } = body as Tokens
    expect(readClaims(access)).toMatchObject({ role: 0 })
    expect((await call(`${server.url}/user/`, { token: access })).body).toMatchObject({ email })
    expect(await list(access)).toMatchObject([{ provider: 'google', uid: sub }])
    expect(await server.database.sql`select id from users where email = ${victim}`).toHaveLength(0)
  })

  it('is refused with the same bytes for every credential that does not verify', async () => {
    const forged = `${(await signGoogle()).slice(0, -4)}AAAA`
    const foreign = await signGoogle({ iss: 'https://evil.example' })
    const answers = await Promise.all(
      [forged, foreign, 'x', 'a.b.c'].map((id_token) => post('/social/google/token/', { id_token })),
    )
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]).toMatchObject({
      status: 401,
      body: { code: 'invalid_social_token', detail: 'The provider rejected the credential.' },
    })
  })

  it('of an address that Google proved once only, and of an unknown provider, is refused', async () => {
    const typed = await signGoogle({ hd: undefined, email: 'ada@elsewhere.example' })
    expect(await post('/social/google/token/', { id_token: typed })).toMatchObject({
      status: 400,
      body: { code: 'provider_email_unverified' },
    })
    expect(await post('/social/nobody/token/', { id_token: typed })).toMatchObject({
      status: 404,
      body: { code: 'provider_not_configured' },
    })
    expect(await post('/social/google/token/', {})).toMatchObject({
      status: 400,
      body: { code: 'token_required' },
    })
  })
})

describe('an account at a provider', () => {
  it('is connected by hand, listed, seen by staff, and disconnected', async () => {
    const { access } = await arrive()
    const second = await signGoogle({ email: undefined, email_verified: undefined, hd: undefined })
    const connected = await post('/social/google/connect/token/', { id_token: second }, access)
    expect(connected).toMatchObject({ status: 201, body: { provider: 'google', uid: `google-${people}` } })
    expect(Object.keys(connected.body as object).sort()).toEqual([
      'date_joined',
      'id',
      'last_login',
      'provider',
      'uid',
    ])
    expect(await list(access)).toHaveLength(2)
    const { access: staff } = await arrive()
    await server.database.sql`update users set role = 1000 where id = ${readClaims(staff).sub}`
    const { sub } = readClaims(access)
    const seen = await call(`${server.url}/staff/users/${sub}/`, { token: staff })
    expect(seen.body).toMatchObject({ connections: ['google', 'google'] })
    const { id } = connected.body as Connected
    const path = `${server.url}/social/accounts/${id}/`
    const { access: stranger } = await arrive()
    expect((await call(path, { method: 'DELETE', token: stranger })).status).toBe(404)
    expect((await call(path, { method: 'DELETE', token: access })).status).toBe(204)
    const [last] = await list(access)
    const refused = await call(`${server.url}/social/accounts/${last?.id}/`, {
      method: 'DELETE',
      token: access,
    })
    expect(refused).toMatchObject({ status: 400, body: { code: 'disconnect_not_allowed' } })
  })

  it('of another user is not connected', async () => {
    const sub = 'google-of-another-user'
    await arrive({ sub })
    const { access } = await arrive()
    const answer = await post(
      '/social/google/connect/token/',
      { id_token: await signGoogle({ sub }) },
      access,
    )
    expect(answer).toMatchObject({ status: 409, body: { code: 'social_account_in_use' } })
  })

  it.each([
    ['/user/delete/', {}, 204],
    ['/email/change/', { new_email: 'elsewhere@example.com' }, 200],
  ])('of a user without a password: %s asks for a recent proof in its place', async (path, json, status) => {
    const { access } = await arrive()
    const guessed = await post(path, { ...json, password: 'anything at all' }, access)
    expect(guessed).toMatchObject({ status: 400, body: { code: 'no_usable_password' } })
    const age = (text: string) =>
      server.database
        .sql`update sessions set auth_time = now() - ${text}::interval where id = ${String(readClaims(access).session)}`
    await age('1 hour')
    expect(await post(path, json, access)).toMatchObject({
      status: 403,
      body: { code: 'insufficient_user_authentication', methods: ['social'] },
    })
    await age('1 minute')
    expect((await post(path, json, access)).status).toBe(status)
  })

  it('confirms no user without a password by one', async () => {
    const { access } = await arrive()
    expect(await post('/reauthenticate/', { password: 'anything at all' }, access)).toMatchObject({
      status: 400,
      body: { code: 'no_usable_password' },
    })
  })

  it('gives no password to a user without one by the session alone', async () => {
    const { access } = await arrive()
    const passwords = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
    expect(await post('/password/change/', { ...passwords, old_password: 'anything' }, access)).toMatchObject(
      { status: 400, body: { code: 'no_usable_password' } },
    )
  })
})
