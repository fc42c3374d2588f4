import { Hono } from 'hono'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  AccessRefusal,
  createGuards,
  type Identity,
  type LatchkeyVariables,
  type RecentAuthentication,
  requireRecentAuthentication,
  type VerifierOptions,
} from '../src/server/index.ts'
import { createTokenSigner, type TokenSigner } from './support/token-signer.ts'
import { holdTime, passSeconds } from './support/vitest.ts'

holdTime()

let signer: TokenSigner
let now: number
beforeAll(async () => {
  signer = await createTokenSigner()
})
beforeEach(() => {
  now = Date.now() / 1000
})

/** Reads the identity of a user who proved something so many seconds ago. */
async function identityOf(ageSeconds: number, acr = 'aal1'): Promise<Identity> {
  return signer.verifierOf().verify(await signer.sign({ auth_time: now - ageSeconds, acr }))
}

describe('requireRecentAuthentication', () => {
  test.each<[string, number, RecentAuthentication | undefined, boolean]>([
    ['the limit of the auth server, and its tolerance', 905, undefined, true],
    ['more than the limit of the auth server', 906, undefined, false],
    ['a limit of its own', 60, { maxAgeSeconds: 60 }, true],
    ['a limit of its own and the tolerance', 65, { maxAgeSeconds: 60 }, true],
    ['more than both', 66, { maxAgeSeconds: 60 }, false],
    ['a limit without tolerance', 60, { maxAgeSeconds: 60, clockToleranceSeconds: 0 }, true],
    ['more than a limit without tolerance', 61, { maxAgeSeconds: 60, clockToleranceSeconds: 0 }, false],
    ['a larger tolerance', 120, { maxAgeSeconds: 60, clockToleranceSeconds: 60 }, true],
    ['any age', 1e8, { maxAgeSeconds: Number.POSITIVE_INFINITY }, true],
    ['a future that a clock ahead makes', -120, { maxAgeSeconds: 60 }, true],
  ])('judges %s', async (_name, age, options, isRecent) => {
    const identity = await identityOf(age)
    const check = () => requireRecentAuthentication(identity, options)
    if (isRecent) expect(check).not.toThrow()
    else expect(check).toThrow(AccessRefusal)
  })

  test('judges the age at the moment of the call', async () => {
    const identity = await identityOf(0)
    const check = () => requireRecentAuthentication(identity, { maxAgeSeconds: 60 })
    await passSeconds(65)
    expect(check).not.toThrow()
    await passSeconds(1)
    expect(check).toThrow('Please confirm that it is you and try again.')
  })

  test('requires `aal2` where it is asked for, however recent the authentication is', async () => {
    const options = { maxAgeSeconds: 60, acr: 'aal2' } as const
    const [one, two, old] = [await identityOf(0), await identityOf(0, 'aal2'), await identityOf(66, 'aal2')]
    expect(() => requireRecentAuthentication(one, options)).toThrow(AccessRefusal)
    expect(() => requireRecentAuthentication(two, options)).not.toThrow()
    expect(() => requireRecentAuthentication(old, options)).toThrow(AccessRefusal)
    expect(() => requireRecentAuthentication(two, { ...options, acr: 'aal1' })).not.toThrow()
  })

  test('refuses an identity with an invalid date, also for any age', async () => {
    const identity = { ...(await identityOf(0)), authTime: new Date(Number.NaN) }
    for (const maxAgeSeconds of [60, Number.POSITIVE_INFINITY])
      expect(() => requireRecentAuthentication(identity, { maxAgeSeconds })).toThrow(AccessRefusal)
  })

  test.each([
    [{ acr: 'AAL2' }, 'acr must be aal1 or aal2: AAL2'],
    [{ acr: '' }, 'acr must be aal1 or aal2: '],
    [{ maxAgeSeconds: 0 }, 'maxAgeSeconds must be a number from 1 to Infinity: 0'],
    [{ maxAgeSeconds: Number.NaN }, 'maxAgeSeconds must be a number from 1 to Infinity: NaN'],
    [{ maxAgeSeconds: '60' }, 'maxAgeSeconds must be a number from 1 to Infinity: 60'],
  ])('finds the mistake in %j, also in a guard before the first request', async (options, message) => {
    const wrong = options as unknown as RecentAuthentication
    const identity = await identityOf(0, 'aal2')
    expect(() => requireRecentAuthentication(identity, wrong)).toThrow(new RangeError(message))
    const guards = createGuards(signer.verifierOf())
    expect(() => guards.requireRecentAuthentication(wrong)).toThrow(new RangeError(message))
  })
})

describe('the guard of Hono', () => {
  /** Asks a service whose guard has these options, as a user of this age and level. */
  async function ask(
    claims: Record<string, unknown> | null,
    options?: RecentAuthentication,
    verifying?: Partial<VerifierOptions>,
  ): Promise<Response> {
    const guards = createGuards(signer.verifierOf(verifying))
    const app = new Hono<{ Variables: LatchkeyVariables }>()
      .use('/payouts', guards.requireRecentAuthentication(options))
      .post('/payouts', (c) => c.json(c.get('identity').userId))
    const headers = claims ? { authorization: `Bearer ${await signer.sign(claims)}` } : undefined
    return app.request('/payouts', { method: 'POST', ...(headers && { headers }) })
  }

  test('admits a recent user and sets the identity', async () => {
    const answer = await ask({ auth_time: now - 10, acr: 'aal2' }, { maxAgeSeconds: 60, acr: 'aal2' })
    expect([answer.status, await answer.json()]).toEqual([200, 'u-1'])
  })

  test('refuses an old authentication in the words of the auth server', async () => {
    const answer = await ask({ auth_time: now - 600 }, { maxAgeSeconds: 300 })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toEqual({
      detail: 'Please confirm that it is you and try again.',
      code: 'insufficient_user_authentication',
      max_age: 300,
    })
    expect(answer.headers.get('www-authenticate')).toBe(
      'Bearer realm="api", error="insufficient_user_authentication", ' +
        'error_description="Please confirm that it is you and try again.", max_age=300',
    )
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('says that two factors are wanted, also when only the age is wrong', async () => {
    for (const claims of [
      { auth_time: now, acr: 'aal1' },
      { auth_time: now - 999, acr: 'aal2' },
    ]) {
      const answer = await ask(claims, { acr: 'aal2' })
      expect(await answer.json()).toMatchObject({ acr_values: 'aal2', max_age: 900 })
      expect(answer.headers.get('www-authenticate')).toMatch(/, acr_values="aal2", max_age=900$/)
    }
  })

  test('names no limit where any age is accepted, and whole seconds otherwise', async () => {
    const ofAnyAge = await ask({}, { maxAgeSeconds: Number.POSITIVE_INFINITY, acr: 'aal2' })
    expect(await ofAnyAge.json()).not.toHaveProperty('max_age')
    expect(ofAnyAge.headers.get('www-authenticate')).toMatch(/, acr_values="aal2"$/)
    const fraction = await ask({ auth_time: now - 999 }, { maxAgeSeconds: 90.9 })
    expect(await fraction.json()).toMatchObject({ max_age: 90 })
  })

  test('judges a token without the claims by the beginning of its session', async () => {
    expect((await ask({ session_iat: now - 60 })).status).toBe(200)
    expect((await ask({ session_iat: now - 3600 })).status).toBe(403)
    expect((await ask({ session_iat: now - 60 }, { acr: 'aal2' })).status).toBe(403)
  })

  test('has the clock tolerance of its verifier', async () => {
    const claims = { auth_time: now - 100 }
    const options = { maxAgeSeconds: 60 }
    expect((await ask(claims, options)).status).toBe(403)
    expect((await ask(claims, options, { clockToleranceSeconds: 40 })).status).toBe(200)
    expect(
      (await ask(claims, { ...options, clockToleranceSeconds: 39 }, { clockToleranceSeconds: 40 })).status,
    ).toBe(403)
  })

  test('refuses a caller without a valid token as every guard does', async () => {
    expect(await (await ask(null)).json()).toMatchObject({ code: 'not_authenticated' })
    expect(await (await ask({ acr: 2 })).json()).toMatchObject({ code: 'token_not_valid' })
  })
})

test('a refusal without a wanted authentication names no limit', () => {
  const { headers, body } = new AccessRefusal('insufficient_user_authentication').describe()
  expect(headers['WWW-Authenticate']).toMatch(/try again\."$/)
  expect(Object.keys(JSON.parse(body))).toEqual(['detail', 'code'])
})
