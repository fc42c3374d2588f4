import {
  createProviderStandIn,
  describeProvider,
  describeProviders,
  PLACES,
  type ProviderStandIn,
} from '@latchkey/testkit'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClock } from '../../database/clock.ts'
import { UNWATCHED } from '../../words/watch.ts'
import { createProviders } from './create-providers.ts'
import { openStandIns } from './test-providers.ts'

let standIn: ProviderStandIn
beforeEach(async () => {
  standIn = await createProviderStandIn()
})

/** `jose` counts its pause by `Date.now`. */
function openWithClock() {
  const { now } = Date
  const spy = vi.spyOn(Date, 'now')
  return {
    ...openStandIns(standIn),
    wait: (seconds: number) => spy.mockImplementation(() => now() + seconds * 1000),
  }
}
afterEach(() => vi.restoreAllMocks())

const UNAVAILABLE = { code: 'provider_unavailable' }
const REFUSED = { code: 'invalid_social_token' }
const { metadata, keys, token } = PLACES.acme
const askedFor = (address: string) => standIn.asked.filter((one) => one === address).length
const sign = (sub = 'ada', header: { kid?: string; typ?: string } = {}) =>
  standIn.signIdToken('acme', { sub, aud: 'acme-web' }, header)

describe('the metadata of a provider', () => {
  it('is asked for at the first use, once by many, and again after an hour', async () => {
    const { providers, clock } = openStandIns(standIn)
    const verify = async () => providers.verifyTokens('acme', { idToken: await sign() })
    expect(providers.list().map(({ id }) => id)).toContain('acme')
    expect(standIn.asked).toEqual([])
    await Promise.all(Array.from({ length: 50 }, verify))
    expect(askedFor(metadata)).toBe(1)
    clock.seconds += 300
    await verify()
    expect(askedFor(metadata)).toBe(1)
    clock.seconds += 3300
    const idToken = await standIn.signIdToken('acme', {
      sub: 'ada',
      aud: 'acme-web',
      exp: Date.now() / 1000 + 7200,
    })
    await Promise.all(Array.from({ length: 50 }, () => providers.verifyTokens('acme', { idToken })))
    expect(askedFor(metadata)).toBe(2)
  })

  it.each([
    ['of another issuer', () => Response.json({ ...acme, issuer: 'https://id.evil.example' })],
    ['of an issuer below', () => Response.json({ ...acme, issuer: `${acme.issuer}/realm` })],
    ['without an issuer', () => Response.json({ ...acme, issuer: undefined })],
    ['in HTML', () => new Response('<p>Hello</p>', { headers: { 'content-type': 'text/html' } })],
    ['that are too large', () => Response.json({ ...acme, more: 'x'.repeat(300 * 1024) })],
    [
      'behind a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
    ],
    ['that are missing', () => Response.json({}, { status: 404 })],
    ['of a broken server', () => Response.json({}, { status: 500 })],
    ['without keys', () => Response.json({ ...acme, jwks_uri: undefined })],
    ['whose keys are at http', () => Response.json({ ...acme, jwks_uri: 'http://id.acme.example/keys' })],
  ])('%s are none, and the next call asks again', async (_what, answer) => {
    const { providers } = openStandIns(standIn)
    standIn.override.answer = ({ href }) => (href === metadata ? answer() : undefined)
    await expect(providers.verifyTokens('acme', { idToken: await sign() })).rejects.toMatchObject(UNAVAILABLE)
    expect(standIn.asked).toEqual([metadata])
    expect(standIn.asked.join()).not.toContain('evil')
  })

  it('without an authorization endpoint lead nobody there', async () => {
    const { authorization_endpoint: _, ...others } = acme
    standIn.override.answer = ({ href }) => (href === metadata ? Response.json(others) : undefined)
    const start = { state: 's', nonce: 'n', codeVerifier: 'v'.repeat(43), redirectUri: 'https://us.example/' }
    await expect(openStandIns(standIn).providers.describeStart('acme', start)).rejects.toMatchObject(
      UNAVAILABLE,
    )
  })

  it('are asked for again after a failure', async () => {
    const { providers } = openStandIns(standIn)
    standIn.override.answer = () => Response.json({}, { status: 503 })
    await expect(providers.verifyTokens('acme', { idToken: await sign() })).rejects.toMatchObject(UNAVAILABLE)
    standIn.override.answer = () => undefined
    expect(await providers.verifyTokens('acme', { idToken: await sign() })).toMatchObject({ subject: 'ada' })
  })

  it('of one provider are missing for its own callers alone', async () => {
    const { providers } = openStandIns(standIn)
    standIn.override.answer = ({ href }) =>
      href === metadata ? Response.json({}, { status: 503 }) : undefined
    const idToken = await standIn.signIdToken('google', { sub: '1', aud: 'google-web' })
    await expect(providers.verifyTokens('acme', { idToken: await sign() })).rejects.toMatchObject(UNAVAILABLE)
    expect(await providers.verifyTokens('google', { idToken })).toMatchObject({ subject: '1' })
  })

  it('of Microsoft are those of its template, and of one tenant where the settings name one', async () => {
    const idToken = await standIn.signIdToken('microsoft', {
      sub: 's',
      oid: TID,
      tid: TID,
      aud: 'microsoft-web',
    })
    const { providers } = openStandIns(standIn)
    standIn.override.answer = ({ href }) =>
      href === PLACES.microsoft.metadata
        ? Response.json({ ...acme, issuer: `${MICROSOFT}/${TID}/v2.0` })
        : undefined
    await expect(providers.verifyTokens('microsoft', { idToken })).rejects.toMatchObject(UNAVAILABLE)
    const ofTenant = `${MICROSOFT}/${TID}/v2.0`
    standIn.override.answer = ({ href }) => {
      if (href === PLACES.microsoft.metadata) return Response.json({}, { status: 500 })
      return href === `${ofTenant}/.well-known/openid-configuration`
        ? Response.json({ ...acme, issuer: ofTenant, jwks_uri: PLACES.microsoft.keys })
        : undefined
    }
    const settings = [describeProvider('microsoft', { tenants: [TID] })]
    const { providers: ofOne } = openStandIns(standIn, settings)
    expect(await ofOne.verifyTokens('microsoft', { idToken })).toMatchObject({ formerSubject: TID })
  })
})

const MICROSOFT = 'https://login.microsoftonline.com'
const TID = '11111111-2222-3333-4444-555555555555'
const acme = {
  ...{ issuer: PLACES.acme.issuer, authorization_endpoint: PLACES.acme.authorization, token_endpoint: token },
  ...{ jwks_uri: keys, id_token_signing_alg_values_supported: ['ES256'] },
}

describe('the keys of a provider', () => {
  it('may change in mid-flight: the new one is asked for', async () => {
    const { providers, wait } = openWithClock()
    await providers.verifyTokens('acme', { idToken: await sign('before') })
    await standIn.rotateKey('acme')
    const idToken = await sign('after')
    wait(31)
    expect(await providers.verifyTokens('acme', { idToken })).toMatchObject({ subject: 'after' })
    expect(askedFor(keys)).toBe(2)
  })

  it('are asked for once in 30 seconds, however many tokens name unknown keys', async () => {
    const { providers } = openWithClock()
    await providers.verifyTokens('acme', { idToken: await sign() })
    for (let count = 0; count < 20; count += 1) {
      const idToken = await sign('ada', { kid: `unknown-${count}` })
      await expect(providers.verifyTokens('acme', { idToken })).rejects.toMatchObject(REFUSED)
    }
    expect(askedFor(keys)).toBe(1)
  })

  it('that were withdrawn sign nothing more once others are known', async () => {
    const { providers, wait } = openWithClock()
    const old = await sign('before')
    await providers.verifyTokens('acme', { idToken: old })
    await standIn.rotateKey('acme')
    wait(31)
    await providers.verifyTokens('acme', { idToken: await sign('after') })
    await expect(providers.verifyTokens('acme', { idToken: old })).rejects.toMatchObject(REFUSED)
  })

  it.each([
    ['broken', () => Response.json({}, { status: 500 })],
    ['missing', () => Response.json({}, { status: 404 })],
    ['in HTML', () => new Response('<p>Hello</p>', { headers: { 'content-type': 'text/html' } })],
    ['no keys', () => Response.json({ keys: 'none' })],
    ['elsewhere', () => new Response(null, { status: 307, headers: { location: 'https://evil.example' } })],
  ])('that are %s make the provider unavailable', async (_what, answer) => {
    standIn.override.answer = ({ href }) => (href === keys ? answer() : undefined)
    const { providers } = openStandIns(standIn)
    await expect(providers.verifyTokens('acme', { idToken: await sign() })).rejects.toMatchObject(UNAVAILABLE)
  })
})

describe('the exchange of a code', () => {
  it.each([
    ['a broken server', () => Response.json({}, { status: 502 }), UNAVAILABLE],
    ['HTML', () => new Response('<p>Hello</p>', { headers: { 'content-type': 'text/html' } }), UNAVAILABLE],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
      UNAVAILABLE,
    ],
    ['a list', () => Response.json([]), UNAVAILABLE],
    ['null', () => Response.json(null), UNAVAILABLE],
    ['an ID token that is no text', () => Response.json({ id_token: 7 }), UNAVAILABLE],
    ['no tokens', () => Response.json({}), UNAVAILABLE],
    ['too many requests', () => Response.json({}, { status: 429 }), UNAVAILABLE],
    [
      'a refusal of our client',
      () => Response.json({ error: 'invalid_client' }, { status: 401 }),
      UNAVAILABLE,
    ],
    ['a refusal of the code', () => Response.json({ error: 'invalid_grant' }, { status: 400 }), REFUSED],
    ['a refusal with 200', () => Response.json({ error: 'bad_verification_code' }), REFUSED],
    ['a refusal of Facebook', () => Response.json({ error: { code: 100 } }, { status: 400 }), REFUSED],
    ['a refusal without a body', () => new Response(null, { status: 400 }), REFUSED],
  ])('may get %s', async (_what, answer, refusal) => {
    standIn.override.answer = ({ href }) => (href === token ? answer() : undefined)
    const { providers } = openStandIns(standIn)
    const code = { code: 'c', callbackUrl: 'https://app.example/callback', codeVerifier: 'v'.repeat(43) }
    await expect(providers.exchangeCode('acme', code)).rejects.toMatchObject(refusal)
  })
})

it('an access token that is no text opens nothing', async () => {
  standIn.override.answer = ({ href }) =>
    href === PLACES.github.token ? Response.json({ access_token: 7, scope: 7 }) : undefined
  const { providers } = openStandIns(standIn)
  const code = { code: 'c', callbackUrl: 'https://app.example/callback', codeVerifier: 'v'.repeat(43) }
  await expect(providers.exchangeCode('github', code)).rejects.toMatchObject(UNAVAILABLE)
  expect(standIn.asked).toEqual([PLACES.github.token])
})

it('a provider that does not answer is noted by its name, and a wrong credential is not', async () => {
  const note = vi.fn()
  const parts = { clock: createClock({ seconds: 0 }), fetch: standIn.fetch, watch: { ...UNWATCHED, note } }
  const providers = createProviders(describeProviders(), parts)(pino({ level: 'silent' }))
  await expect(providers.verifyTokens('acme', { idToken: 'x' })).rejects.toMatchObject(REFUSED)
  expect(note).not.toHaveBeenCalled()
  standIn.override.answer = () => Response.json({}, { status: 503 })
  await expect(providers.verifyTokens('google', { idToken: 'x' })).rejects.toMatchObject(UNAVAILABLE)
  expect(note).toHaveBeenCalledExactlyOnceWith('provider_failed', { provider: 'google' })
})

describe('the log', () => {
  const callbackUrl = 'https://app.example/callback'
  const codeVerifier = 'v'.repeat(43)

  it.each([
    ['typ', () => sign('ada', { typ: 'at+jwt' })],
    ['no key', () => sign('ada', { kid: 'unknown' })],
    ['ERR_JWT_EXPIRED', () => standIn.signIdToken('acme', { sub: 'ada', aud: 'acme-web', exp: 1 })],
    ['malformed', () => 'x'],
  ])('names what is wrong with an ID token: %s', async (reason, make) => {
    const { providers, logLines } = openStandIns(standIn)
    const idToken = await make()
    await expect(providers.verifyTokens('acme', { idToken })).rejects.toMatchObject(REFUSED)
    expect(logLines.map((line) => JSON.parse(line).reason)).toEqual([reason])
  })

  it('names a callback that is not ours', async () => {
    const { providers, logLines } = openStandIns(standIn)
    const finish = { state: 'the-state', nonce: 'n', codeVerifier, redirectUri: callbackUrl }
    const parameters = new URLSearchParams({ code: 'c', state: 'another' })
    const answer = providers.finishRedirect('acme', { ...finish, parameters })
    await expect(answer).rejects.toMatchObject(REFUSED)
    expect(logLines.map((line) => JSON.parse(line).reason)).toEqual(['callback'])
  })

  it.each([
    [metadata, 'status 503', () => Response.json({}, { status: 503 })],
    [metadata, 'unfit metadata', () => Response.json({ ...acme, issuer: 'https://id.evil.example' })],
    [keys, 'status 503', () => Response.json({}, { status: 503 })],
    [keys, 'unfit keys', () => Response.json({ keys: 'none' })],
    [token, 'an answer that is no object', () => Response.json([])],
    [token, 'an answer that is no object', () => Response.json('a text')],
    [
      token,
      'the provider refuses this client: invalid_client',
      () => Response.json({ error: 'invalid_client' }, { status: 401 }),
    ],
  ])('names what is wrong with the answer of %s: %s', async (address, reason, answer) => {
    standIn.override.answer = ({ href }) => (href === address ? answer() : undefined)
    const { providers, logLines } = openStandIns(standIn)
    const asked =
      address === token
        ? providers.exchangeCode('acme', { code: 'c', callbackUrl, codeVerifier })
        : providers.verifyTokens('acme', { idToken: await sign() })
    await expect(asked).rejects.toMatchObject(UNAVAILABLE)
    expect(logLines.map((line) => JSON.parse(line).reason)).toEqual([reason])
  })

  it('has the reason of a refusal and no part of a credential', async () => {
    const { providers, logLines } = openStandIns(standIn)
    const idToken = await standIn.signIdToken('acme', {
      sub: 'ada',
      aud: 'acme-web',
      iss: 'https://hush.example',
    })
    await expect(providers.verifyTokens('acme', { idToken })).rejects.toMatchObject(REFUSED)
    standIn.override.answer = () => Response.json({ error: 'hush' }, { status: 500 })
    const code = {
      code: 'hush',
      callbackUrl: 'https://app.example/callback',
      codeVerifier: 'hush'.repeat(20),
    }
    await expect(providers.exchangeCode('acme', code)).rejects.toMatchObject(UNAVAILABLE)
    expect(logLines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 30, event: 'provider_credential_refused', provider: 'acme', reason: 'iss' },
      { level: 40, event: 'provider_unavailable', provider: 'acme', reason: 'status 500' },
    ])
    expect(logLines.join('')).not.toMatch(/hush|secret|eyJ/)
  })
})
