import { describeProvider, type OidcServer, startOidcServer } from '@latchkey/testkit'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '../../database/clock.ts'
import { createProviders } from './create-providers.ts'
import type { Providers } from './providers.ts'

const REDIRECT = {
  ...{ state: 'the-state', nonce: 'the nonce', codeVerifier: 'v'.repeat(43) },
  redirectUri: 'http://127.0.0.1:1/social/acme/callback/',
}

let server: OidcServer
let providers: Providers

beforeAll(async () => {
  server = await startOidcServer({
    redirectUris: [REDIRECT.redirectUri],
    people: {
      ada: { email: 'ada@acme.example', email_verified: true, given_name: 'Ada', family_name: 'Lovelace' },
    },
  })
  providers = open(true)
})
afterAll(() => server.close())

function open(allowInsecureRequests: boolean): Providers {
  const { issuer, clientId, clientSecret } = server
  const options = { issuer, clientIds: [clientId] as const, clientSecret, emailDomains: ['acme.example'] }
  const settings = { providers: [describeProvider('acme', options)], callbackUrls: [REDIRECT.redirectUri] }
  const ofCall = createProviders({ ...settings, allowInsecureRequests }, { clock: createClock() })
  return ofCall(pino({ level: 'silent' }))
}

/** Follows a provider like a browser, until it leads back. */
async function browse(start: URL): Promise<URLSearchParams> {
  const cookies = new Map<string, string>()
  let url = start
  for (let steps = 0; !url.href.startsWith(REDIRECT.redirectUri); steps += 1) {
    if (steps === 10) throw new Error(`The provider leads to ${url.href}.`)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    url = new URL(answer.headers.get('location') ?? '', url)
  }
  return url.searchParams
}

describe('with a real provider of OpenID Connect', () => {
  it('a redirect brings its person back, with the address that userinfo names', async () => {
    const parameters = await browse(await providers.describeStart('acme', REDIRECT))
    expect(parameters.get('iss')).toBe(server.issuer)
    const finish = { ...REDIRECT, parameters }
    expect(await providers.finishRedirect('acme', finish)).toEqual({
      ...{ provider: 'acme', subject: 'ada', formerSubject: null, mayLink: true },
      ...{ email: 'ada@acme.example', isVouched: true, firstName: 'Ada', lastName: 'Lovelace' },
    })
    await expect(providers.finishRedirect('acme', finish)).rejects.toMatchObject({
      code: 'invalid_social_token',
    })
  })

  it.each([
    ['another state', { state: 'another' }],
    ['another nonce', { nonce: 'another' }],
    ['another verifier', { codeVerifier: 'w'.repeat(43) }],
    ['another address', { redirectUri: 'http://127.0.0.1:1/social/other/callback/' }],
  ])('a redirect is refused with %s', async (_what, change) => {
    const parameters = await browse(await providers.describeStart('acme', REDIRECT))
    const finish = { ...REDIRECT, ...change, parameters }
    await expect(providers.finishRedirect('acme', finish)).rejects.toMatchObject({
      code: 'invalid_social_token',
    })
  })

  it('a redirect is refused without the issuer that the provider promises', async () => {
    const parameters = await browse(await providers.describeStart('acme', REDIRECT))
    parameters.delete('iss')
    const finish = { ...REDIRECT, parameters }
    await expect(providers.finishRedirect('acme', finish)).rejects.toMatchObject({
      code: 'invalid_social_token',
    })
  })

  it('a code that an app got is exchanged', async () => {
    const code = (await browse(await providers.describeStart('acme', REDIRECT))).get('code') ?? ''
    const presented = { code, callbackUrl: REDIRECT.redirectUri, codeVerifier: REDIRECT.codeVerifier }
    expect(await providers.exchangeCode('acme', { ...presented, nonce: REDIRECT.nonce })).toMatchObject({
      subject: 'ada',
    })
  })

  it('prompt=none without a session leads back with login_required', async () => {
    const start = await providers.describeStart('acme', { ...REDIRECT, prompt: 'none' })
    const parameters = await browse(start)
    expect(parameters.get('error')).toBe('login_required')
    const finish = { ...REDIRECT, parameters }
    await expect(providers.finishRedirect('acme', finish)).rejects.toMatchObject({
      code: 'invalid_social_token',
    })
  })

  it('nothing goes over http in production', async () => {
    await expect(open(false).describeStart('acme', REDIRECT)).rejects.toMatchObject({
      code: 'provider_unavailable',
    })
  })
})
