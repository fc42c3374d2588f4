import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createVerifier, type VerifierOptions } from '../src/server/index.ts'

const ISSUER = 'https://auth.example.com'
const HOUR_MILLISECONDS = 3_600_000

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** Creates an auth server that publishes keys, and a verifier. */
async function setUp(options: Partial<VerifierOptions> = {}) {
  const pairs = new Map<string, Awaited<ReturnType<typeof generateKeyPair>>>()
  const auth = { fetches: 0, isDown: false, published: [] as string[] }
  const fetch: typeof globalThis.fetch = async () => {
    auth.fetches += 1
    if (auth.isDown) throw new TypeError('fetch failed')
    const keys = auth.published.map(async (kid) => {
      const { publicKey } = pairs.get(kid) as { publicKey: CryptoKey }
      return { ...(await exportJWK(publicKey)), alg: 'ES256', kid }
    })
    return Response.json({ keys: await Promise.all(keys) })
  }
  async function publish(kid: string): Promise<void> {
    pairs.set(kid, await generateKeyPair('ES256'))
    auth.published = [kid]
  }
  function sign(kid: string): Promise<string> {
    const claims = { token_type: 'access', session: 's-1', role: 0, email_verified: true }
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid })
      .setSubject('u-1')
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .setIssuedAt()
      .setExpirationTime('30d')
      .sign((pairs.get(kid) as { privateKey: CryptoKey }).privateKey)
  }
  await publish('first')
  const verifier = createVerifier({ issuer: ISSUER, fetch, ...options })
  await verifier.verify(await sign('first'))
  return { auth, publish, sign, verifier }
}

test.each([-24, 24])('after the clock was set by %s hours, a rotated key is found', async (hours) => {
  const { publish, sign, verifier } = await setUp()
  vi.setSystemTime(Date.now() + hours * HOUR_MILLISECONDS)
  await publish('second')
  vi.advanceTimersByTime(31_000)
  expect(await verifier.verify(await sign('second'))).toMatchObject({ userId: 'u-1' })
})

test('after the clock was set back, a withdrawn key is forgotten in time', async () => {
  const { publish, sign, verifier } = await setUp()
  const withdrawn = await sign('first')
  vi.setSystemTime(Date.now() - 24 * HOUR_MILLISECONDS)
  await publish('second')
  vi.advanceTimersByTime(600_000)
  await expect(verifier.verify(withdrawn)).rejects.toMatchObject({ code: 'token_not_valid' })
})

test('after the clock was set back, an auth server that is back is asked after the cool-down', async () => {
  const { auth, publish, sign, verifier } = await setUp()
  auth.isDown = true
  vi.advanceTimersByTime(31_000)
  await publish('second')
  const token = await sign('second')
  await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'unavailable' })
  vi.setSystemTime(Date.now() - 24 * HOUR_MILLISECONDS)
  auth.isDown = false
  vi.advanceTimersByTime(31_000)
  expect(await verifier.verify(token)).toMatchObject({ userId: 'u-1' })
})

test('with cacheMaxAgeSeconds Infinity, keys are fetched again for an unknown key only', async () => {
  const { auth, publish, sign, verifier } = await setUp({ cacheMaxAgeSeconds: Number.POSITIVE_INFINITY })
  const first = await sign('first')
  vi.advanceTimersByTime(24 * HOUR_MILLISECONDS)
  await verifier.verify(first)
  expect(auth.fetches).toBe(1)
  await publish('second')
  await verifier.verify(await sign('second'))
  expect(auth.fetches).toBe(2)
})

test('a first request whose keys could not be fetched does not hold back the next one', async () => {
  const { auth, sign } = await setUp()
  const token = await sign('first')
  const fetch: typeof globalThis.fetch = async () => {
    auth.fetches += 1
    throw new TypeError('fetch failed')
  }
  const verifier = createVerifier({ issuer: ISSUER, fetch })
  for (let call = 0; call < 2; call++)
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'unavailable' })
  expect(auth.fetches).toBe(3)
})
