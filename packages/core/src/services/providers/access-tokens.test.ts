import { createHmac } from 'node:crypto'
import {
  createProviderStandIn,
  type PlaceName,
  type ProviderPerson,
  type ProviderStandIn,
  STAND_IN_SECRET,
} from '@latchkey/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { openStandIns } from './test-providers.ts'

let standIn: ProviderStandIn
beforeEach(async () => {
  standIn = await createProviderStandIn()
})

const email = 'ada@acme.example'

/** What each provider grants, its person, where the question about a token goes, and whether it vouches. */
const TOKENS: [PlaceName, string[], ProviderPerson, string, boolean][] = [
  [
    ...(['google', ['openid', 'email']] as [PlaceName, string[]]),
    { sub: '117', email, email_verified: true, hd: 'acme.example' },
    ...(['https://oauth2.googleapis.com/tokeninfo', true] as [string, boolean]),
  ],
  [
    ...(['github', ['user:email']] as [PlaceName, string[]]),
    { id: 7, login: 'ada', emails: [{ email, primary: true, verified: true }] },
    ...(['https://api.github.com/applications/github-web/token', true] as [string, boolean]),
  ],
  [
    ...(['gitlab', ['openid', 'email']] as [PlaceName, string[]]),
    { sub: '7', email, email_verified: true },
    ...(['https://gitlab.com/oauth/token/info', true] as [string, boolean]),
  ],
  [
    ...(['discord', ['identify', 'email']] as [PlaceName, string[]]),
    { id: '7', email, verified: true },
    ...(['https://discord.com/api/v10/oauth2/@me', true] as [string, boolean]),
  ],
  [
    ...(['facebook', ['public_profile', 'email']] as [PlaceName, string[]]),
    { id: '7', email },
    ...(['https://graph.facebook.com/v25.0/debug_token', false] as [string, boolean]),
  ],
]

describe.each(TOKENS)('a bare access token of %s', (id, scopes, person, question, isVouched) => {
  const give = (clientId: string) => standIn.giveAccessToken({ provider: id, person, clientId, scopes })
  const verify = (accessToken: string, clientId?: string) =>
    openStandIns(standIn).providers.verifyTokens(id, { accessToken, ...(clientId && { clientId }) })

  it('names its person when the provider says that it is for us', async () => {
    const identity = await verify(give(`${id}-web`), `${id}-web`)
    expect(identity).toMatchObject({
      provider: id,
      subject: String(person.sub ?? person.id),
      email,
      isVouched,
    })
    expect(standIn.asked).toContain(question)
  })

  it('is refused when it was made for an app of somebody else', async () => {
    const mismatch = { code: 'client_id_mismatch' }
    await expect(verify(give('an-app-of-somebody-else'))).rejects.toMatchObject(mismatch)
    await expect(verify(give(`${id}-app`), `${id}-web`)).rejects.toMatchObject(mismatch)
  })

  it('is refused when the provider does not know it', async () => {
    await expect(verify('a forged one')).rejects.toMatchObject({ code: 'invalid_social_token' })
  })

  it('is refused when it opens the data of another person than it says', async () => {
    const accessToken = give(`${id}-web`)
    const other = standIn.giveAccessToken({
      ...{ provider: id, clientId: `${id}-web`, scopes },
      person: { ...person, ...(person.sub === undefined ? { id: 8 } : { sub: '8' }) },
    })
    standIn.override.answer = (url, request) => {
      if (url.origin + url.pathname === question) return undefined
      const headers = { authorization: `Bearer ${other}` }
      return request.headers.has('authorization') &&
        request.headers.get('authorization') !== `Bearer ${other}`
        ? standIn.fetch(url.href, { headers })
        : undefined
    }
    await expect(verify(accessToken)).rejects.toMatchObject({ code: 'invalid_social_token' })
  })

  it('is refused when it does not open the data of its person, or names the person alone', async () => {
    standIn.override.answer = (url) =>
      url.origin + url.pathname === question || url.pathname.startsWith('/.well-known/')
        ? undefined
        : Response.json({}, { status: 401 })
    const answer = verify(give(`${id}-web`))
    await (id === 'gitlab'
      ? expect(answer).resolves.toMatchObject({ subject: '7', email: null, isVouched: false })
      : expect(answer).rejects.toMatchObject({ code: 'invalid_social_token' }))
  })

  it('says nothing while the provider does not answer', async () => {
    standIn.override.answer = (url) =>
      url.origin + url.pathname === question ? Response.json({}, { status: 500 }) : undefined
    await expect(verify(give(`${id}-web`))).rejects.toMatchObject({ code: 'provider_unavailable' })
  })

  it('says nothing when the provider answers in other words', async () => {
    standIn.override.answer = (url) =>
      url.origin + url.pathname === question ? Response.json({}) : undefined
    await expect(verify(give(`${id}-web`))).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:provider_unavailable|invalid_social_token)$/),
    })
  })
})

it('an access token of Google that an app of somebody else asked for is refused', async () => {
  const info = { aud: 'google-web', azp: 'an-app-of-somebody-else', sub: '117', scope: 'openid' }
  standIn.override.answer = (url) => (url.pathname === '/tokeninfo' ? Response.json(info) : undefined)
  await expect(
    openStandIns(standIn).providers.verifyTokens('google', { accessToken: 'at' }),
  ).rejects.toMatchObject({
    code: 'client_id_mismatch',
  })
})

describe('an ID token that an app of Facebook got', () => {
  const sign = (claims: object = {}) =>
    standIn.signIdToken('facebook', {
      ...{ sub: '7', aud: 'facebook-app', email, nonce: 'the nonce', given_name: 'Ada' },
      ...claims,
    })
  const verify = (idToken: string) =>
    openStandIns(standIn).providers.verifyTokens('facebook', { idToken, nonce: 'the nonce' })

  it('names the same person as an access token, and vouches for no address', async () => {
    expect(await verify(await sign())).toMatchObject({
      ...{ provider: 'facebook', subject: '7', email, isVouched: false, firstName: 'Ada' },
    })
    expect(await verify(await sign({ email_verified: true }))).toMatchObject({ isVouched: false })
  })

  it.each([
    ['another issuer', { iss: 'https://www.facebook.com.evil.example' }, 'invalid_social_token'],
    ['another nonce', { nonce: 'another' }, 'invalid_social_token'],
    ['another app', { aud: 'an-app-of-somebody-else' }, 'client_id_mismatch'],
    ['an expiry that is over', { exp: 1 }, 'invalid_social_token'],
    ['no number for its person', { sub: 'ada' }, 'invalid_social_token'],
  ])('is refused with %s', async (_what, claims, code) => {
    await expect(verify(await sign(claims))).rejects.toMatchObject({ code })
  })
})

describe('what a provider says about a token', () => {
  const verify = (id: PlaceName, question: string, info: unknown) => {
    standIn.override.answer = (url) => (url.pathname === question ? Response.json(info) : undefined)
    return openStandIns(standIn).providers.verifyTokens(id, { accessToken: 'at' })
  }
  const OF_FACEBOOK = { app_id: 'facebook-web', user_id: '7', is_valid: true, type: 'USER' }
  const OF_DISCORD = { application: { id: 'discord-web' }, scopes: ['email'] }

  it.each([
    ['facebook', 'one that is over', '/v25.0/debug_token', { data: { ...OF_FACEBOOK, is_valid: false } }],
    ['facebook', 'one of a page', '/v25.0/debug_token', { data: { ...OF_FACEBOOK, type: 'PAGE' } }],
    ['discord', 'one of no person', '/api/v10/oauth2/@me', OF_DISCORD],
  ] as const)('refuses, at %s, %s', async (id, _what, question, info) => {
    await expect(verify(id, question, info)).rejects.toMatchObject({ code: 'invalid_social_token' })
  })
})

it('Facebook is asked about one token, with a proof of our secret, for no more than a sign-in needs', async () => {
  const asked: URL[] = []
  standIn.override.answer = (url) => {
    asked.push(url)
    return undefined
  }
  const person = { id: '7', email }
  const given = { provider: 'facebook', person, clientId: 'facebook-web', scopes: ['email'] } as const
  const accessToken = standIn.giveAccessToken({ ...given, scopes: [...given.scopes] })
  await openStandIns(standIn).providers.verifyTokens('facebook', { accessToken })
  const proof = createHmac('sha256', STAND_IN_SECRET).update(accessToken).digest('hex')
  expect(asked.map(({ searchParams }) => Object.fromEntries(searchParams))).toEqual([
    { input_token: accessToken },
    { fields: 'id,first_name,last_name,email', appsecret_proof: proof },
  ])
})

it('an ID token is what counts when both come', async () => {
  const idToken = await standIn.signIdToken('google', { sub: '117', aud: 'google-web', email })
  const identity = await openStandIns(standIn).providers.verifyTokens('google', {
    idToken,
    accessToken: 'unknown',
  })
  expect(identity).toMatchObject({ subject: '117', email })
  expect(standIn.asked).not.toContain('https://oauth2.googleapis.com/tokeninfo')
})
