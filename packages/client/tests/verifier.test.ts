import { Hono } from 'hono'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  AccessRefusal,
  createGuards,
  createVerifier,
  type LatchkeyVariables,
  requireRole,
  requireVerifiedEmail,
  STAFF,
  SUPERUSER,
  type VerifierOptions,
} from '../src/server/index.ts'

const ISSUER = 'https://auth.example.com'
const CLAIMS = { token_type: 'access', session: 's-1', role: 0, email_verified: true, user_id: 'u-1' }

type Keys = Awaited<ReturnType<typeof generateKeyPair>>
let keys: Keys
let otherKeys: Keys
let published: Keys[]
let isDown: boolean
let fetches: number

beforeAll(async () => {
  keys = await generateKeyPair('ES256')
  otherKeys = await generateKeyPair('ES256')
})

beforeEach(() => {
  published = [keys]
  isDown = false
  fetches = 0
})

/** Answers with the public keys of the auth server. */
const fetchKeys: typeof fetch = async () => {
  fetches += 1
  if (isDown) throw new TypeError('fetch failed')
  const jwks = published.map(async (pair) => ({
    ...(await exportJWK(pair.publicKey)),
    alg: 'ES256',
    kid: kidOf(pair),
  }))
  return new Response(JSON.stringify({ keys: await Promise.all(jwks) }))
}

const kidOf = (pair: Keys) => (pair === keys ? 'k-1' : 'k-2')

interface Signing {
  claims?: object
  pair?: Keys
  issuer?: string
  audience?: string
  expires?: string | number
}

function sign({ claims, pair = keys, issuer = ISSUER, audience = ISSUER, expires = '5m' }: Signing = {}) {
  return new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: kidOf(pair) })
    .setSubject('u-1')
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(pair.privateKey)
}

const verifierOf = (options: Partial<VerifierOptions> = {}) =>
  createVerifier({ issuer: ISSUER, fetch: fetchKeys, ...options })

describe('a token', () => {
  test.each([undefined, null, 12, {}, ['a.b.c']])(
    'that is no text is refused as any other: %j',
    async (token) => {
      const refused = verifierOf().verify(token as string)
      await expect(refused).rejects.toMatchObject({ code: 'token_not_valid', fault: 'Token is invalid' })
    },
  )

  test('of the issuer gives the identity', async () => {
    const identity = await verifierOf().authenticate(`bEaReR ${await sign({ claims: { role: STAFF } })}`)
    expect(identity).toMatchObject({ userId: 'u-1', sessionId: 's-1', role: 1000, emailVerified: true })
    expect(identity.expiresAt.getTime()).toBeGreaterThan(Date.now())
  })

  test.each<[string, Signing, string]>([
    ['expired', { expires: 1 }, 'Token is expired'],
    ['for refreshing', { claims: { token_type: 'refresh' } }, 'Token has wrong type'],
    ['of another issuer', { issuer: 'https://evil.example.net' }, 'Token is invalid'],
    ['for another audience', { audience: `${ISSUER}/refresh/` }, 'Token is invalid'],
    ['without a session', { claims: { session: undefined } }, 'Token is invalid'],
    ['with a role that is text', { claims: { role: '1000' } }, 'Token is invalid'],
  ])('%s is refused', async (_name, signing, fault) => {
    const refused = verifierOf().verify(await sign(signing))
    await expect(refused).rejects.toMatchObject({ code: 'token_not_valid', status: 401, fault })
  })

  test('signed with an unpublished key, with no key, or with a published key as a secret is refused', async () => {
    const stranger = await generateKeyPair('ES256')
    const [header, payload] = (await sign()).split('.')
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)))
    const confused = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256', kid: 'k-1' }).sign(secret)
    const forged = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'ES256', kid: 'k-1' })
      .sign(stranger.privateKey)
    for (const token of [none, confused, forged, `${header}.${payload}.`, 'x', '']) {
      await expect(verifierOf().verify(token)).rejects.toMatchObject({ fault: 'Token is invalid' })
    }
  })

  test.each([
    [undefined, 'not_authenticated'],
    ['Basic eA==', 'not_authenticated'],
    ['Bearer', 'bad_authorization_header'],
    ['Bearer a b', 'bad_authorization_header'],
  ])('that is missing from the header: %s', async (header, code) => {
    await expect(verifierOf().authenticate(header)).rejects.toMatchObject({ code, status: 401 })
  })
})

describe('the keys', () => {
  test('are fetched once', async () => {
    const verifier = verifierOf()
    for (let i = 0; i < 5; i++) await verifier.verify(await sign())
    expect(fetches).toBe(1)
  })

  test('are fetched again for an unknown key, at most once per cool-down', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const verifier = verifierOf()
    await verifier.verify(await sign())
    vi.advanceTimersByTime(31_000)
    published = [keys, otherKeys]
    await verifier.verify(await sign({ pair: otherKeys }))
    expect(fetches).toBe(2)
    published = [keys]
    const unknown = (await sign()).replace(
      /^[^.]+/,
      Buffer.from('{"alg":"ES256","kid":"x"}').toString('base64url'),
    )
    for (let i = 0; i < 5; i++) await verifier.verify(unknown).catch(() => {})
    expect(fetches).toBe(2)
    vi.useRealTimers()
  })

  test('verify for an hour while the auth server is down, without a request per token', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const verifier = verifierOf()
    await verifier.verify(await sign())
    isDown = true
    vi.advanceTimersByTime(1_000_000)
    for (let i = 0; i < 5; i++) await verifier.verify(await sign())
    expect(fetches).toBe(2)
    vi.advanceTimersByTime(3_600_000)
    await expect(verifier.verify(await sign())).rejects.toMatchObject({ code: 'unavailable', status: 503 })
    vi.useRealTimers()
  })

  test('that are unknown and cannot be fetched mean 503, not 401', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const verifier = verifierOf()
    await verifier.verify(await sign())
    isDown = true
    vi.advanceTimersByTime(31_000)
    const rotated = await sign({ pair: otherKeys })
    for (let i = 0; i < 5; i++)
      await expect(verifier.verify(rotated)).rejects.toMatchObject({ code: 'unavailable', status: 503 })
    expect(fetches).toBe(2)
    await verifier.verify(await sign())
    vi.useRealTimers()
  })

  test('are fetched again when a request without a key id came before', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    published = [keys, otherKeys]
    const verifier = verifierOf()
    const nameless = (await sign()).replace(/^[^.]+/, Buffer.from('{"alg":"ES256"}').toString('base64url'))
    await verifier.verify(await sign())
    vi.advanceTimersByTime(590_000)
    await expect(verifier.verify(nameless)).rejects.toMatchObject({ fault: 'Token is invalid' })
    vi.advanceTimersByTime(20_000)
    published = [otherKeys]
    await expect(verifier.verify(await sign())).rejects.toMatchObject({ fault: 'Token is invalid' })
    vi.useRealTimers()
  })

  test('that were never fetched mean 503, not 401', async () => {
    isDown = true
    await expect(verifierOf().verify(await sign())).rejects.toMatchObject({ code: 'unavailable' })
    const broken = verifierOf({ fetch: async () => new Response('oops', { status: 500 }) })
    await expect(broken.verify(await sign())).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('as middleware of Hono', () => {
  function createApp() {
    const guards = createGuards(verifierOf())
    return new Hono<{ Variables: LatchkeyVariables }>()
      .use('/any/*', guards.requireUser())
      .use('/staff/*', guards.requireRole(STAFF, SUPERUSER))
      .use('/proven/*', guards.requireVerifiedEmail())
      .get('/:area/me', (c) => c.json(c.get('identity').userId))
  }

  async function ask(path: string, claims = {}): Promise<Response> {
    return createApp().request(path, { headers: { authorization: `Bearer ${await sign({ claims })}` } })
  }

  test('admits the right users and sets the identity', async () => {
    expect(await (await ask('/any/me')).json()).toBe('u-1')
    expect((await ask('/staff/me', { role: SUPERUSER })).status).toBe(200)
    expect((await ask('/proven/me')).status).toBe(200)
  })

  test('refuses other users as the auth server would', async () => {
    const nobody = await createApp().request('/any/me')
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="api"'])
    expect(await nobody.json()).toEqual({
      detail: 'Authentication credentials were not provided.',
      code: 'not_authenticated',
    })
    const user = await ask('/staff/me')
    expect([user.status, await user.json()]).toEqual([
      403,
      { detail: 'You do not have permission to perform this action.', code: 'permission_denied' },
    ])
    expect((await ask('/proven/me', { email_verified: false })).status).toBe(403)
    const expired = await createApp().request('/any/me', { headers: { authorization: 'Bearer x' } })
    expect(await expired.json()).toEqual({
      detail: 'Given token not valid for any token type',
      code: 'token_not_valid',
      messages: [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid' }],
    })
  })

  test('leaves errors of the service to the service', async () => {
    const app = createApp()
      .get('/any/fault', () => {
        throw new Error('boom')
      })
      .onError((error, c) => c.text(error.message, 500))
    const headers = { authorization: `Bearer ${await sign()}` }
    expect((await app.request('/any/fault', { headers })).status).toBe(500)
  })
})

test('requireRole and requireVerifiedEmail throw an AccessRefusal', async () => {
  const identity = await verifierOf().verify(await sign({ claims: { email_verified: false } }))
  expect(() => requireRole(identity, STAFF)).toThrow(AccessRefusal)
  expect(() => requireVerifiedEmail(identity)).toThrow('User email is not verified')
  expect(() => requireRole(identity, 0)).not.toThrow()
})
