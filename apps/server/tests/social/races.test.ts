import {
  createProviderStandIn,
  describeProviders,
  newEmail,
  type ProviderStandIn,
  readClaims,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { type AppOwner, signUpWithApp } from '../mfa/people.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { APP, agree, type Browser, begin, openBrowser, outcomeOf } from './redirect-browser.ts'

let server: TestServer
let standIn: ProviderStandIn
let browser: Browser
beforeAll(async () => {
  standIn = await createProviderStandIn()
  const providerSettings = describeProviders({ acme: { emailDomains: ['*'] } })
  const config = { providerReturnUrls: [APP] }
  server = await startTestServer({ core: { providerSettings, providerFetch: standIn.fetch, config } })
})
beforeEach(() => {
  browser = openBrowser(server)
})
afterAll(() => server.close())

let people = 0
const newPerson = (email = newEmail()) => ({ sub: `race-${++people}`, email, email_verified: true })
type Somebody = ReturnType<typeof newPerson>

const post = (path: string, json: object, token?: string) =>
  call(server.url + path, { json, ...(token !== undefined && { token }) })
const sign = (person: Somebody) => standIn.signIdToken('acme', { ...person, aud: 'acme-web' })
const accessOf = ({ body }: { body: unknown }) => (body as { access: string }).access
const list = async (token: string) =>
  (await call(`${server.url}/social/accounts/`, { token })).body as { id: string; uid: string }[]

/** A code that waits for its app. */
async function getCode(person: Somebody) {
  const attempt = await begin(browser)
  const { code } = outcomeOf(await browser.open(agree(standIn, attempt, person)))
  return { code, code_verifier: attempt.verifier }
}

/** The ways to sign in with a provider. */
const SIGN_INS: Record<string, (person: Somebody) => ReturnType<typeof call>> = {
  'by a token': async (person) => post('/social/acme/token/', { id_token: await sign(person) }),
  'after a redirect': async (person) => post('/social/session/', await getCode(person)),
}

describe.each(Object.entries(SIGN_INS))('%s', (_, signIn) => {
  it('two first sign-ins at once make one user, and both sign in', async () => {
    const person = newPerson()
    const answers = await Promise.all(Array.from({ length: 8 }, () => signIn(person)))
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
    expect(new Set(answers.map((answer) => readClaims(accessOf(answer)).sub)).size).toBe(1)
    const [first] = answers
    expect(await list(accessOf(first as { body: unknown }))).toHaveLength(1)
  })

  it('two first sign-ins at once with two subjects of one address connect one of them', async () => {
    const email = newEmail()
    const answers = await Promise.all([newPerson(email), newPerson(email)].map(signIn))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('the second factor comes before the connection', async () => {
    const owner = await signUpProven()
    const challenge = (await signIn(newPerson(owner.email))).body as { challenge_id: string; access?: string }
    expect(challenge).toMatchObject({ mfa_required: true })
    expect(challenge.access).toBeUndefined()
    expect(await list(owner.token)).toEqual([])
    const answer = { challenge_id: challenge.challenge_id, recovery_code: owner.codes[0] }
    const wrong = { ...answer, recovery_code: 'aaaa-aaaa-aaaa-aaaa-aaaa-aaaa' }
    expect((await post('/mfa/verify-recovery/', wrong)).status).toBe(400)
    expect(await list(owner.token)).toEqual([])
    const { access } = (await post('/mfa/verify-recovery/', answer)).body as { access: string }
    expect(readClaims(access)).toMatchObject({ acr: 'aal2', amr: ['fed', 'recovery_code', 'mfa'] })
    expect(await list(access)).toHaveLength(1)
  })
})

async function signUpProven(): Promise<AppOwner> {
  const owner = await signUpWithApp(server)
  await server.database.sql`update users set email_verified = true where id = ${owner.userId}`
  return owner
}

it('the last two ways in that are unlinked at once leave one', async () => {
  for (let round = 0; round < 5; round++) {
    const access = accessOf(await post('/social/acme/token/', { id_token: await sign(newPerson()) }))
    await post('/social/acme/connect/token/', { id_token: await sign(newPerson()) }, access)
    const ids = (await list(access)).map(({ id }) => id)
    const answers = await Promise.all(
      ids.map((id) => call(`${server.url}/social/accounts/${id}/`, { method: 'DELETE', token: access })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400])
    expect(await list(access)).toHaveLength(1)
  }
})

describe('a revoked session', () => {
  const revoke = async () => {
    const access = accessOf(await post('/social/acme/token/', { id_token: await sign(newPerson()) }))
    expect((await call(`${server.url}/logout-all/`, { method: 'POST', token: access })).status).toBeLessThan(
      300,
    )
    return access
  }

  it('connects nothing by a token', async () => {
    const person = newPerson()
    const refused = await post(
      '/social/acme/connect/token/',
      { id_token: await sign(person) },
      await revoke(),
    )
    expect(refused).toMatchObject({ status: 401, body: { code: 'token_not_valid' } })
    expect(await server.database.sql`select 1 from connections where uid = ${person.sub}`).toHaveLength(0)
  })

  it('connects nothing after a redirect, and the code is not spent', async () => {
    const code = await getCode(newPerson())
    const refused = await post('/social/connect/', code, await revoke())
    expect(refused).toMatchObject({ status: 401, body: { code: 'token_not_valid' } })
    expect((await post('/social/session/', code)).status).toBe(200)
  })
})

describe('social_code of a user with a second factor', () => {
  it('confirms nothing, and the code is not spent', async () => {
    const owner = await signUpProven()
    const person = newPerson()
    await post('/social/acme/connect/token/', { id_token: await sign(person) }, owner.token)
    const code = await getCode(person)
    const json = { social_code: code.code, code_verifier: code.code_verifier }
    expect(await post('/reauthenticate/', json, owner.token)).toMatchObject({
      status: 400,
      body: { social_code: ['Use your second factor instead.'] },
    })
    expect((await post('/social/session/', code)).body).toMatchObject({ mfa_required: true })
  })

  it('is not among the methods that a refusal names', async () => {
    const owner = await signUpProven()
    await post('/social/acme/connect/token/', { id_token: await sign(newPerson()) }, owner.token)
    await server.database
      .sql`update sessions set auth_time = now() - interval '1 hour' where user_id = ${owner.userId}`
    const refused = await call(`${server.url}/passkeys/options/`, { json: {}, token: owner.token })
    expect(refused.body).toMatchObject({
      code: 'insufficient_user_authentication',
      methods: ['totp', 'recovery_code'],
    })
  })
})
