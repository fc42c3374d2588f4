import {
  describeProvider,
  type Misbehaviour,
  newEmail,
  type SmallProvider,
  type SmallProviderPath,
  startSmallProvider,
} from '@latchkey/testkit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../call.ts'
import { sumOf } from '../seeing/read-metrics.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { APP, type Browser, begin, makeVerifier, openBrowser, outcomeOf } from './redirect-browser.ts'

const METRICS = { port: null, host: '127.0.0.1', token: 'a-token-of-tests-that-is-long-enough-0123456789' }

let provider: SmallProvider
let server: TestServer
let browser: Browser
beforeEach(async () => {
  provider = await startSmallProvider()
  const options = describeProvider('acme', { issuer: provider.issuer, emailDomains: ['*'] })
  const providerSettings = { providers: [options], callbackUrls: [], allowInsecureRequests: true }
  server = await startTestServer({
    seeing: { metrics: METRICS },
    core: { providerSettings, config: { providerReturnUrls: [APP] } },
  })
  browser = openBrowser(server)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await provider.close()
  await server.close()
})

let people = 0
const newPerson = () => ({ sub: `outage-${++people}`, email: newEmail(), email_verified: true })

/** Goes to the provider, and comes back with a code that it exchanges. */
async function goThere(): Promise<string> {
  const attempt = await begin(browser)
  const nonce = attempt.provider.searchParams.get('nonce')
  provider.claims = { ...newPerson(), nonce }
  return `/social/acme/callback/?code=a-code&state=${attempt.provider.searchParams.get('state')}`
}

const signInByToken = (idToken = provider.signIdToken(newPerson())) =>
  call(`${server.url}/social/acme/token/`, { json: { id_token: idToken } })

const JSON_TYPE = { 'content-type': 'application/json' }
const DISCOVERY = '/.well-known/openid-configuration'
const MISBEHAVIOURS: Record<string, Misbehaviour> = {
  'says nothing': () => {},
  'begins to answer and goes on never': (response) => response.writeHead(200, JSON_TYPE).write('{'),
  'answers more than 256 KiB': (response) =>
    response.writeHead(200, JSON_TYPE).end(JSON.stringify({ more: 'x'.repeat(300 * 1024) })),
  'answers HTML': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello</p>'),
  'answers 500': (response) => response.writeHead(500, JSON_TYPE).end('{}'),
  'answers with a redirect': (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
  'hangs up': (response) => response.destroy(),
}

describe.each(Object.entries(MISBEHAVIOURS))('a provider that %s', (_what, misbehave) => {
  it.each([DISCOVERY, '/keys'] as SmallProviderPath[])(
    'at %s is unavailable, and the next call asks it again',
    async (path) => {
      provider.misbehave[path] = misbehave
      expect(await signInByToken()).toMatchObject({ status: 503, body: { code: 'provider_unavailable' } })
      const labels = { provider: 'acme' }
      expect(sumOf(await server.renderMetrics(), 'latchkey_provider_failures_total', labels)).toBe(1)
      provider.misbehave = {}
      expect((await signInByToken()).status).toBe(200)
    },
  )

  it('at the exchange of a code sends the browser back to its app', async () => {
    const path = await goThere()
    provider.misbehave['/token'] = misbehave
    expect(outcomeOf(await browser.open(path))).toEqual({
      ...{ code: null, error: 'provider_unavailable', target: APP },
    })
    provider.misbehave = {}
    expect(outcomeOf(await browser.open(await goThere())).code).not.toBeNull()
  })

  it('at its discovery sends the browser back before it leaves', async () => {
    provider.misbehave[DISCOVERY] = misbehave
    const query = new URLSearchParams({ return_to: APP, code_challenge: makeVerifier().challenge })
    const back = await browser.open(`/social/acme/start/?${query}`)
    expect(outcomeOf(back)).toEqual({ code: null, error: 'provider_unavailable', target: APP })
  })

  it('stops nobody who signs in otherwise', async () => {
    provider.misbehave[DISCOVERY] = misbehave
    const [social, health] = await Promise.all([
      signInByToken(),
      call(`${server.url}/login/`, { json: { email: newEmail(), password: 'a wrong password' } }),
    ])
    expect([social.status, health.status]).toEqual([503, 401])
  })
})

it('a discovery whose issuer differs makes the provider unavailable, and its keys are not asked for', async () => {
  const asked: string[] = []
  provider.misbehave['/keys'] = (response) => {
    asked.push('/keys')
    response.destroy()
  }
  provider.misbehave[DISCOVERY] = (response) =>
    response.writeHead(200, JSON_TYPE).end(
      JSON.stringify({
        ...{ issuer: 'https://id.evil.example', authorization_endpoint: 'https://id.evil.example/' },
        ...{ token_endpoint: `${provider.issuer}/token`, jwks_uri: `${provider.issuer}/keys` },
      }),
    )
  expect(await signInByToken()).toMatchObject({ status: 503, body: { code: 'provider_unavailable' } })
  expect(asked).toEqual([])
})

it('a key that is changed in mid-flight is looked for, and the old one signs nothing more', async () => {
  expect((await signInByToken()).status).toBe(200)
  const old = provider.signIdToken(newPerson())
  const path = await goThere()
  provider.rotateKey()
  const { now } = Date
  vi.spyOn(Date, 'now').mockImplementation(() => now() + 31_000)
  expect(outcomeOf(await browser.open(path)).error).toBeNull()
  expect((await signInByToken()).status).toBe(200)
  expect(await signInByToken(old)).toMatchObject({ status: 401, body: { code: 'invalid_social_token' } })
})

it('the log says which provider fails for which call and why, and has no part of a credential', async () => {
  provider.misbehave['/keys'] = MISBEHAVIOURS['answers 500'] as Misbehaviour
  const idToken = provider.signIdToken(newPerson())
  const { headers } = await signInByToken(idToken)
  const requestId = headers.get('X-Request-Id')
  const line = server.logLines.find((text) => text.includes('"event":"provider_unavailable"'))
  expect(JSON.parse(line ?? '')).toMatchObject({
    level: 40,
    requestId,
    provider: 'acme',
    reason: 'status 500',
  })
  const lines = [...server.coreLogLines, ...server.logLines].join()
  for (const part of idToken.split('.')) expect(lines).not.toContain(part)
})
