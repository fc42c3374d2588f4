import { createHash, createPublicKey } from 'node:crypto'
import {
  APPLE_KEY,
  createProviderStandIn,
  describeMetadata,
  describeProvider,
  PLACES,
  type PlaceName,
  type ProviderPerson,
  type ProviderStandIn,
  STAND_IN_SECRET,
} from '@latchkey/testkit'
import { jwtVerify } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ProviderOptions } from './provider-settings.ts'
import { openStandIns } from './test-providers.ts'

let standIn: ProviderStandIn
beforeEach(async () => {
  standIn = await createProviderStandIn()
})

const TID = '11111111-2222-3333-4444-555555555555'
const names = { given_name: 'Ada', family_name: 'Lovelace' }
const open = { email: 'ada@acme.example', email_verified: true }
const REFUSED = { code: 'invalid_social_token' }
const REDIRECT = {
  ...{ state: 'the-state', nonce: 'the nonce', codeVerifier: 'v'.repeat(43) },
  redirectUri: 'https://us.example/social/callback/',
}

const CHALLENGE = createHash('sha256').update(REDIRECT.codeVerifier).digest('base64url')

/** Somebody at each provider, in its words, and the subject that this person has here. */
const PEOPLE: [PlaceName, ProviderPerson, string][] = [
  ['google', { sub: '117', ...open, ...names }, '117'],
  ['apple', { sub: '000.abc', ...open }, '000.abc'],
  ['microsoft', { sub: 'x', tid: TID, oid: TID, ...open, ...names }, `${TID}:${TID}`],
  ['gitlab', { sub: '7', ...open, name: 'Ada Lovelace' }, '7'],
  ['linkedin', { sub: 'l7', ...open, ...names }, 'l7'],
  ['acme', { sub: 'ada', ...open, ...names }, 'ada'],
  ['github', { id: 7, login: 'ada', name: 'Ada Lovelace' }, '7'],
  ['discord', { id: '70', global_name: 'Ada Lovelace' }, '70'],
  ['facebook', { id: '700', first_name: 'Ada', last_name: 'Lovelace' }, '700'],
]

async function goThere(id: PlaceName, person: ProviderPerson, changes: Partial<ProviderOptions> = {}) {
  const { providers } = openStandIns(standIn, [describeProvider(id, changes)])
  const start = await providers.describeStart(id, REDIRECT)
  return { providers, start, parameters: standIn.authorize(start, person) }
}

describe.each(PEOPLE)('a redirect to %s', (id, person, subject) => {
  it('brings its person back', async () => {
    const { providers, start, parameters } = await goThere(id, person)
    expect(start.href).toContain(`${PLACES[id].authorization}?`)
    const identity = await providers.finishRedirect(id, {
      ...REDIRECT,
      parameters,
      firstName: 'Ada',
      lastName: 'Lovelace',
    })
    expect(identity).toMatchObject({
      provider: id,
      subject,
      mayLink: true,
      firstName: 'Ada',
      lastName: 'Lovelace',
    })
  })

  it('asks for a code with a challenge, a state and a nonce where the provider keeps them', async () => {
    const { start } = await goThere(id, person)
    const query = Object.fromEntries(start.searchParams)
    expect(query).toMatchObject({
      ...{
        client_id: `${id}-web`,
        response_type: 'code',
        redirect_uri: REDIRECT.redirectUri,
        state: 'the-state',
      },
    })
    const isPlain = ['github', 'discord', 'facebook'].includes(id)
    expect(query.nonce).toBe(isPlain || id === 'linkedin' ? undefined : 'the nonce')
    expect(query.code_challenge_method).toBe(id === 'linkedin' ? undefined : 'S256')
    expect(query.code_challenge).toBe(id === 'linkedin' ? undefined : CHALLENGE)
    expect(query.response_mode).toBe(id === 'apple' ? 'form_post' : undefined)
    expect(query).not.toHaveProperty('prompt')
    expect(query).not.toHaveProperty('login_hint')
  })

  it('is refused with the state of another attempt, without one, and with two', async () => {
    for (const change of [
      (query: URLSearchParams) => query.set('state', 'another'),
      (query: URLSearchParams) => query.delete('state'),
      (query: URLSearchParams) => query.append('state', 'the-state'),
    ]) {
      const { providers, parameters } = await goThere(id, person)
      change(parameters)
      await expect(providers.finishRedirect(id, { ...REDIRECT, parameters })).rejects.toMatchObject(REFUSED)
    }
    expect(standIn.asked).not.toContain(PLACES[id].token)
  })

  it('is refused with an error beside the code, with two codes, and without one', async () => {
    for (const change of [
      (query: URLSearchParams) => query.set('error', 'access_denied'),
      (query: URLSearchParams) => query.append('code', 'another'),
      (query: URLSearchParams) => query.delete('code'),
    ]) {
      const { providers, parameters } = await goThere(id, person)
      change(parameters)
      await expect(providers.finishRedirect(id, { ...REDIRECT, parameters })).rejects.toMatchObject(REFUSED)
    }
    expect(standIn.asked).not.toContain(PLACES[id].token)
  })

  it('is refused the second time', async () => {
    const { providers, parameters } = await goThere(id, person)
    await providers.finishRedirect(id, { ...REDIRECT, parameters })
    await expect(providers.finishRedirect(id, { ...REDIRECT, parameters })).rejects.toMatchObject(REFUSED)
  })

  it('is refused with the verifier of another attempt, where the provider takes one', async () => {
    const { providers, parameters } = await goThere(id, person)
    const answer = providers.finishRedirect(id, { ...REDIRECT, parameters, codeVerifier: 'w'.repeat(43) })
    await (id === 'linkedin'
      ? expect(answer).resolves.toMatchObject({ subject })
      : expect(answer).rejects.toMatchObject(REFUSED))
  })

  it('is unavailable when the provider does not know our secret', async () => {
    if (id === 'apple') return expect(describeProvider(id).clientSecret).toBeNull()
    const { providers, parameters } = await goThere(id, person, { clientSecret: 'an old secret' })
    await expect(providers.finishRedirect(id, { ...REDIRECT, parameters })).rejects.toMatchObject({
      code: 'provider_unavailable',
    })
  })
})

it('passes prompt and login_hint on', async () => {
  const { providers } = openStandIns(standIn)
  const start = await providers.describeStart('acme', {
    ...REDIRECT,
    prompt: 'login',
    loginHint: 'ada@acme.example',
  })
  expect(Object.fromEntries(start.searchParams)).toMatchObject({
    prompt: 'login',
    login_hint: 'ada@acme.example',
  })
})

it.each([
  ['facebook', 'login', { auth_type: 'reauthenticate' }],
  ['facebook', 'consent', {}],
  ['discord', 'login', {}],
  ['discord', 'consent', { prompt: 'consent' }],
  ['discord', 'none', { prompt: 'none' }],
  ['github', 'login', {}],
  ['github', 'select_account', { prompt: 'select_account' }],
] as [PlaceName, string, object][])(
  'tells %s about the prompt %s in its own words',
  async (id, prompt, told) => {
    const { providers } = openStandIns(standIn)
    const { searchParams } = await providers.describeStart(id, { ...REDIRECT, prompt })
    const words = [...searchParams].filter(([name]) => name === 'prompt' || name === 'auth_type')
    expect(Object.fromEntries(words)).toEqual(told)
  },
)

it('asks for the scopes of the settings', async () => {
  const { providers } = openStandIns(standIn, [describeProvider('acme', { scopes: 'openid groups' })])
  expect((await providers.describeStart('acme', REDIRECT)).searchParams.get('scope')).toBe('openid groups')
})

it('a callback names its issuer where the provider says so, and never another one', async () => {
  const { providers } = openStandIns(standIn)
  standIn.override.answer = ({ href }) =>
    href === PLACES.acme.metadata
      ? Response.json({
          ...{ issuer: PLACES.acme.issuer, authorization_endpoint: PLACES.acme.authorization },
          ...{ token_endpoint: PLACES.acme.token, jwks_uri: PLACES.acme.keys },
          ...{
            id_token_signing_alg_values_supported: ['ES256'],
            authorization_response_iss_parameter_supported: true,
          },
          token_endpoint_auth_methods_supported: ['client_secret_post'],
        })
      : undefined
  const come = async (iss: string[]) => {
    const parameters = standIn.authorize(await providers.describeStart('acme', REDIRECT), { sub: 'ada' })
    for (const one of iss) parameters.append('iss', one)
    return providers.finishRedirect('acme', { ...REDIRECT, parameters })
  }
  expect(await come([PLACES.acme.issuer])).toMatchObject({ subject: 'ada' })
  for (const iss of [[], ['https://evil.example'], [PLACES.acme.issuer, 'https://evil.example']]) {
    await expect(come(iss)).rejects.toMatchObject(REFUSED)
  }
})

it('a callback of plain OAuth 2 may name an issuer that no metadata knows', async () => {
  const { providers, parameters } = await goThere('github', { id: 7, login: 'ada' })
  parameters.set('iss', 'https://github.com')
  expect(await providers.finishRedirect('github', { ...REDIRECT, parameters })).toMatchObject({
    subject: '7',
  })
})

describe.each(PEOPLE)('a code that an app got from %s', (id, person, subject) => {
  const callbackUrl = 'https://app.example/callback'
  const getCode = async (changes: Record<string, string> = {}) => {
    const { providers } = openStandIns(standIn)
    const start = await providers.describeStart(id, { ...REDIRECT, redirectUri: callbackUrl })
    for (const [name, value] of Object.entries(changes)) start.searchParams.set(name, value)
    const code = standIn.authorize(start, person).get('code') ?? ''
    return { providers, presented: { code, callbackUrl, codeVerifier: REDIRECT.codeVerifier } }
  }

  it('names its person', async () => {
    const { providers, presented } = await getCode()
    expect(await providers.exchangeCode(id, presented)).toMatchObject({ provider: id, subject })
  })

  it('is refused when it was made for another client of ours', async () => {
    const { providers, presented } = await getCode({ client_id: `${id}-app` })
    await expect(providers.exchangeCode(id, presented)).rejects.toMatchObject(REFUSED)
  })

  it('is refused when it was sent to another address', async () => {
    const { providers, presented } = await getCode({ redirect_uri: 'https://app.example/other' })
    await expect(providers.exchangeCode(id, presented)).rejects.toMatchObject(REFUSED)
  })
})

it('the secret goes with the first client id alone', async () => {
  const forms: URLSearchParams[] = []
  standIn.override.answer = async (url, request) => {
    if (url.href !== PLACES.acme.token) return undefined
    forms.push(new URLSearchParams(await request.text()))
    return Response.json({ error: 'invalid_grant' }, { status: 400 })
  }
  const { providers } = openStandIns(standIn)
  const code = { code: 'c', callbackUrl: 'https://app.example/callback', codeVerifier: 'v'.repeat(43) }
  for (const clientId of ['acme-web', 'acme-app']) {
    await expect(providers.exchangeCode('acme', { ...code, clientId })).rejects.toMatchObject(REFUSED)
  }
  expect(forms.map((form) => form.get('client_id'))).toEqual(['acme-web', 'acme-app'])
  expect(forms.map((form) => form.get('client_secret'))).toEqual([STAND_IN_SECRET, null])
})

it('a client that has no secret sends none', async () => {
  const forms: URLSearchParams[] = []
  standIn.override.answer = async (url, request) => {
    if (url.href !== PLACES.acme.token) return undefined
    forms.push(new URLSearchParams(await request.text()))
    return Response.json({ error: 'invalid_grant' }, { status: 400 })
  }
  const { providers } = openStandIns(standIn, [describeProvider('acme', { clientSecret: null })])
  const code = { code: 'c', callbackUrl: 'https://app.example/callback', codeVerifier: 'v'.repeat(43) }
  await expect(providers.exchangeCode('acme', code)).rejects.toMatchObject(REFUSED)
  expect(forms.map((form) => [form.get('client_id'), form.get('client_secret')])).toEqual([
    ['acme-web', null],
  ])
})

it('a provider without an issuer is refused at the start', () => {
  expect(() => openStandIns(standIn, [describeProvider('acme', { issuer: null })])).toThrow(
    'The provider acme has no issuer.',
  )
})

it('the secret goes into a header where the metadata does not name the body', async () => {
  const headers: (string | null)[] = []
  standIn.override.answer = (url, request) => {
    if (url.href === PLACES.acme.token) headers.push(request.headers.get('authorization'))
    const { issuer, authorization, token, keys } = PLACES.acme
    const metadata = { issuer, authorization_endpoint: authorization, token_endpoint: token, jwks_uri: keys }
    return url.href === PLACES.acme.metadata ? Response.json(metadata) : undefined
  }
  const { providers } = openStandIns(standIn)
  const code = { code: 'c', callbackUrl: 'https://app.example/callback', codeVerifier: 'v'.repeat(43) }
  await expect(providers.exchangeCode('acme', code)).rejects.toMatchObject({ code: 'provider_unavailable' })
  expect(headers).toEqual([expect.stringMatching(/^Basic /)])
})

it('Apple gets a secret that is signed for each exchange and each client id', async () => {
  const secrets: string[] = []
  standIn.override.answer = async (url, request) => {
    const form = new URLSearchParams(await request.text())
    if (url.href === PLACES.apple.token) secrets.push(form.get('client_secret') ?? '')
    return undefined
  }
  const code = { code: 'c', callbackUrl: 'https://app.example/callback', codeVerifier: 'v'.repeat(43) }
  const { providers, clock } = openStandIns(standIn)
  for (const clientId of ['apple-web', 'apple-app', 'apple-web']) {
    clock.seconds += 1000
    await expect(providers.exchangeCode('apple', { ...code, clientId })).rejects.toMatchObject(REFUSED)
  }
  expect(new Set(secrets).size).toBe(3)
  const key = createPublicKey(APPLE_KEY.privateKey)
  const currentDate = new Date(Date.now() + 1000 * 1000)
  const { payload, protectedHeader } = await jwtVerify(secrets[0] ?? '', key, {
    algorithms: ['ES256'],
    currentDate,
  })
  expect(protectedHeader).toMatchObject({ alg: 'ES256', kid: APPLE_KEY.keyId })
  expect(payload).toMatchObject({ iss: APPLE_KEY.teamId, sub: 'apple-web', aud: 'https://appleid.apple.com' })
  expect(Number(payload.exp) - Number(payload.iat)).toBe(300)
  const { payload: second } = await jwtVerify(secrets[1] ?? '', key, {
    currentDate: new Date(Date.now() + 2_000_000),
  })
  expect(second.sub).toBe('apple-app')
})

describe('an ID token without an address', () => {
  it('is completed by userinfo', async () => {
    const { providers, parameters } = await goThere(
      'acme',
      { sub: 'ada', ...open, ...names },
      { emailDomains: ['*'] },
    )
    const idToken = await standIn.signIdToken('acme', { sub: 'ada', aud: 'acme-web', nonce: 'the nonce' })
    answerAfterExchange(idToken)
    expect(await providers.finishRedirect('acme', { ...REDIRECT, parameters })).toMatchObject({
      ...{ email: 'ada@acme.example', isVouched: true, firstName: 'Ada' },
    })
  })

  it('is never completed by what userinfo says about somebody else', async () => {
    const { providers, parameters } = await goThere('acme', { sub: 'eve', ...open }, { emailDomains: ['*'] })
    const idToken = await standIn.signIdToken('acme', { sub: 'ada', aud: 'acme-web', nonce: 'the nonce' })
    answerAfterExchange(idToken)
    await expect(providers.finishRedirect('acme', { ...REDIRECT, parameters })).rejects.toMatchObject(REFUSED)
  })

  it('lends no word about a proof to the address of userinfo', async () => {
    const person = { sub: 'ada', email: 'ada@acme.example' }
    const { providers, parameters } = await goThere('acme', person, { emailDomains: ['*'] })
    const claims = { sub: 'ada', aud: 'acme-web', nonce: 'the nonce', email_verified: true }
    answerAfterExchange(await standIn.signIdToken('acme', claims))
    expect(await providers.finishRedirect('acme', { ...REDIRECT, parameters })).toMatchObject({
      ...{ email: 'ada@acme.example', isVouched: false },
    })
  })

  it.each([
    ['refuses', () => Response.json({}, { status: 403 })],
    ['does not have', () => undefined],
  ])('stays without one where the provider %s userinfo', async (what, answer) => {
    const { providers } = openStandIns(standIn)
    const idToken = await standIn.signIdToken('acme', { sub: 'ada', aud: 'acme-web', ...names })
    const { userinfo_endpoint: _, ...metadata } = describeMetadata(PLACES.acme)
    standIn.override.answer = ({ href }) => {
      if (href === PLACES.acme.metadata && what === 'does not have') return Response.json(metadata)
      return href === PLACES.acme.userinfo ? answer() : undefined
    }
    const identity = await providers.verifyTokens('acme', { idToken, accessToken: 'at' })
    expect(identity).toMatchObject({ subject: 'ada', email: null, isVouched: false, firstName: 'Ada' })
  })

  it('is not completed without an access token, and never at Microsoft', async () => {
    const { providers } = openStandIns(standIn)
    const idToken = await standIn.signIdToken('acme', { sub: 'ada', aud: 'acme-web' })
    expect(await providers.verifyTokens('acme', { idToken })).toMatchObject({ email: null })
    const claims = { sub: 'x', tid: TID, oid: TID, aud: 'microsoft-web' }
    const ofMicrosoft = await standIn.signIdToken('microsoft', claims)
    const person = { ...claims, ...open, xms_edov: true }
    const given = { provider: 'microsoft', person, clientId: 'microsoft-web', scopes: ['openid'] } as const
    const accessToken = standIn.giveAccessToken({ ...given, scopes: [...given.scopes] })
    const tokens = { idToken: ofMicrosoft, accessToken }
    expect(await providers.verifyTokens('microsoft', tokens)).toMatchObject({ email: null })
    const asked = standIn.asked.join()
    expect(asked).not.toContain(PLACES.acme.userinfo)
    expect(asked).not.toContain(PLACES.microsoft.userinfo)
  })

  /** The stand-in exchanges the code, and another ID token goes out. */
  function answerAfterExchange(idToken: string): void {
    standIn.override.answer = async (url, request) => {
      if (url.href !== PLACES.acme.token) return undefined
      standIn.override.answer = () => undefined
      const answer = await standIn.fetch(url.href, { method: 'POST', body: await request.text() })
      return Response.json({ ...((await answer.json()) as object), id_token: idToken })
    }
  }
})

it('a code without an ID token names nobody, whatever its access token opens', async () => {
  const { providers, parameters } = await goThere('acme', { sub: 'ada', ...open })
  standIn.override.answer = ({ href }) =>
    href === PLACES.acme.token ? Response.json({ access_token: 'at', token_type: 'Bearer' }) : undefined
  await expect(providers.finishRedirect('acme', { ...REDIRECT, parameters })).rejects.toMatchObject({
    code: 'provider_unavailable',
  })
})

describe('names', () => {
  const nameOf = async (claims: ProviderPerson, given: { firstName?: string; lastName?: string } = {}) => {
    const { providers, parameters } = await goThere('acme', { sub: 'ada', ...claims })
    const identity = await providers.finishRedirect('acme', { ...REDIRECT, parameters, ...given })
    return [identity.firstName, identity.lastName]
  }

  it.each([
    [{ given_name: 'Ada', family_name: 'Lovelace', name: 'X Y' }, ['Ada', 'Lovelace']],
    [{ name: 'Ada King Lovelace' }, ['Ada', 'King Lovelace']],
    [{ name: 'Ada' }, ['Ada', '']],
    [{ family_name: 'Lovelace', name: 'X Y' }, ['', 'Lovelace']],
    [{ given_name: 'A\u202eda\n' }, ['Ada', '']],
    [{ given_name: '\u200b' }, ['', '']],
    [{ given_name: 'a'.repeat(200) }, ['a'.repeat(150), '']],
    [{ given_name: 7, name: ['Ada'] }, ['', '']],
    [{}, ['', '']],
  ])('are cleaned: %j', async (claims, expected) => {
    expect(await nameOf(claims)).toEqual(expected)
  })

  it('of the provider come before those of the caller', async () => {
    expect(await nameOf({ given_name: 'Ada' }, { firstName: 'Eve', lastName: 'Evil' })).toEqual(['Ada', ''])
    expect(await nameOf({}, { firstName: ' Ada\u0000 ', lastName: 'Lovelace' })).toEqual(['Ada', 'Lovelace'])
  })
})
