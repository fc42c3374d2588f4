import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto'
import {
  createProviderStandIn,
  describeMetadata,
  describeProvider,
  PLACES,
  type PlaceName,
  type ProviderStandIn,
  STAND_IN_SECRET,
} from '@latchkey/testkit'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import { NO_PROVIDERS } from './providers.ts'
import { openStandIns } from './test-providers.ts'

let standIn: ProviderStandIn
beforeEach(async () => {
  standIn = await createProviderStandIn()
})

const now = () => Math.floor(Date.now() / 1000)
const ACME = { sub: 'ada', aud: 'acme-web', email: 'ada@acme.example', email_verified: true }
const TID = '11111111-2222-3333-4444-555555555555'
const OID = '99999999-8888-7777-6666-555555555555'

/** The three doors through which an ID token comes in. Each gives the token to the same verification. */
const DOORS = {
  'a posted token': async (idToken: string, nonce?: string) =>
    openStandIns(standIn).providers.verifyTokens('acme', {
      idToken,
      clientId: 'acme-web',
      ...(nonce && { nonce }),
    }),
  'a posted code': async (idToken: string, nonce?: string) => {
    answerCodesWith(idToken)
    return openStandIns(standIn).providers.exchangeCode('acme', {
      ...{ code: 'a-code', callbackUrl: 'https://app.example/callback', codeVerifier: 'v'.repeat(43) },
      ...(nonce && { nonce }),
    })
  },
  'a redirect': async (idToken: string, nonce = 'the nonce') => {
    answerCodesWith(idToken)
    return openStandIns(standIn).providers.finishRedirect('acme', {
      parameters: new URLSearchParams({ code: 'a-code', state: 'the-state' }),
      ...{
        state: 'the-state',
        nonce,
        codeVerifier: 'v'.repeat(43),
        redirectUri: 'https://us.example/callback',
      },
    })
  },
}

function answerCodesWith(idToken: string): void {
  standIn.override.answer = ({ href }) =>
    href === PLACES.acme.token
      ? Response.json({ access_token: 'an-access-token', token_type: 'Bearer', id_token: idToken })
      : undefined
}

const REFUSED = { code: 'invalid_social_token', message: 'The provider rejected the credential.' }

describe.each(Object.entries(DOORS))('the ID token of %s', (_, door) => {
  const sign = (claims: JWTPayload, header?: { kid?: string; typ?: string }) =>
    standIn.signIdToken('acme', { ...ACME, nonce: 'the nonce', ...claims }, header)

  it('names its person', async () => {
    expect(await door(await sign({}), 'the nonce')).toMatchObject({ provider: 'acme', subject: 'ada' })
  })

  it('is refused with a changed signature', async () => {
    const token = await sign({})
    const [header, payload, signature = ''] = token.split('.')
    const changed = Buffer.from(signature, 'base64url')
    changed[10] = (changed[10] ?? 0) ^ 1
    const forged = [header, payload, changed.toString('base64url')].join('.')
    await expect(door(forged, 'the nonce')).rejects.toMatchObject(REFUSED)
  })

  it('is refused with changed claims', async () => {
    const [header, , signature] = (await sign({})).split('.')
    const payload = Buffer.from(JSON.stringify({ ...ACME, sub: 'eve' })).toString('base64url')
    await expect(door([header, payload, signature].join('.'), 'the nonce')).rejects.toMatchObject(REFUSED)
  })

  it('is refused when it is signed with a key of somebody else', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    await expect(door(await signWith(privateKey, { alg: 'ES256', kid: 'mine' }))).rejects.toMatchObject(
      REFUSED,
    )
  })

  it.each([
    ['none', ''],
    ['HS256', STAND_IN_SECRET],
    ['HS256', 'acme-web'],
  ])('is refused with the algorithm %s', async (alg, secret) => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const claims = { ...ACME, iss: PLACES.acme.issuer, iat: now(), exp: now() + 600, nonce: 'the nonce' }
    const signed = `${encode({ alg })}.${encode(claims)}`
    const signature = alg === 'none' ? '' : createHmac('sha256', secret).update(signed).digest('base64url')
    await expect(door(`${signed}.${signature}`)).rejects.toMatchObject(REFUSED)
  })

  it('is refused with a sound signature of an algorithm that the metadata lacks', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwk = { ...(await exportJWK(publicKey)), kid: 'an RSA key' }
    const token = await signWith(privateKey, { alg: 'RS256', kid: 'an RSA key' })
    const answer = door(token, 'the nonce')
    const { answer: former } = standIn.override
    standIn.override.answer = (url, request) =>
      url.href === PLACES.acme.keys ? Response.json({ keys: [jwk] }) : former(url, request)
    await expect(answer).rejects.toMatchObject(REFUSED)
  })

  it.each([
    ['iss', 'of another issuer', { iss: 'https://id.acme.example.evil.example' }],
    ['iss', 'with a slash more', { iss: `${PLACES.acme.issuer}/` }],
    ['exp', 'expired just now', () => ({ exp: now() - 1 })],
    ['exp', 'that never expires', { exp: undefined }],
    ['iat', 'of two minutes from now', () => ({ iat: now() + 120 })],
    ['iat', 'of no time', { iat: undefined }],
    ['nbf', 'that begins later', () => ({ nbf: now() + 600 })],
    ['nonce', 'of another attempt', { nonce: 'another' }],
    ['nonce', 'of no attempt', { nonce: undefined }],
    ['sub', 'without a person', { sub: undefined }],
    ['sub', 'of an empty person', { sub: '' }],
    ['sub', 'of a number', { sub: 7 as never }],
    ['sub', 'of 256 characters', { sub: 'a'.repeat(256) }],
    ['sub', 'of other letters', { sub: '\u0430da' }],
  ] as [string, string, JWTPayload | (() => JWTPayload)][])(
    'is refused by %s: one %s',
    async (_claim, _what, spoilt) => {
      // Times count from here: a busy machine may be a minute behind the list.
      const claims = typeof spoilt === 'function' ? spoilt() : spoilt
      await expect(door(await sign(claims), 'the nonce')).rejects.toMatchObject(REFUSED)
    },
  )

  it('is accepted with an iat of half a minute from now', async () => {
    expect(await door(await sign({ iat: now() + 30 }), 'the nonce')).toMatchObject({ subject: 'ada' })
  })

  it.each([
    ['another client', { aud: 'a-client-of-somebody-else' }],
    ['nobody', { aud: undefined }],
    ['nobody in a list', { aud: [] }],
    ['several clients without azp', { aud: ['acme-web', 'a-client-of-somebody-else'] }],
    ['several clients and asked by another', { aud: ['acme-web', 'another'], azp: 'another' }],
    ['ours and asked by another', { azp: 'a-client-of-somebody-else' }],
    ['ours and asked by a list', { azp: ['acme-web'] }],
  ] as [string, JWTPayload][])('is refused when it is for %s', async (_what, claims) => {
    await expect(door(await sign(claims), 'the nonce')).rejects.toMatchObject({ code: 'client_id_mismatch' })
  })

  it('is accepted when another client of ours asked for it', async () => {
    const token = await sign({ aud: ['acme-web', 'an-api'], azp: 'acme-app' })
    expect(await door(token, 'the nonce')).toMatchObject({ subject: 'ada' })
  })

  it.each(['at+jwt', 'application/at+jwt', 'logout+jwt'])('is refused with the type %s', async (typ) => {
    await expect(door(await sign({}, { typ }), 'the nonce')).rejects.toMatchObject(REFUSED)
  })

  it.each(['', 'x', 'a.b.c', `${'e'.repeat(5000)}.e.e`])(
    'is refused when it is no token: %s',
    async (text) => {
      await expect(door(text, 'the nonce')).rejects.toMatchObject(REFUSED)
    },
  )
})

describe('the keys that may have signed an ID token', () => {
  /** The metadata name no algorithm, or something that is no list, and the keys are these. */
  async function verify(named: unknown, { alg, keys }: { alg: 'RS256' | 'ES256'; keys: number }) {
    const pairs = await Promise.all(Array.from({ length: keys }, () => generateKeyPair(alg)))
    const jwks = await Promise.all(pairs.map(({ publicKey }) => exportJWK(publicKey)))
    const metadata = {
      ...describeMetadata(PLACES.acme),
      id_token_signing_alg_values_supported: named,
    }
    standIn.override.answer = ({ href }) => {
      if (href === PLACES.acme.metadata) return Response.json(metadata)
      return href === PLACES.acme.keys ? Response.json({ keys: jwks }) : undefined
    }
    const claims = { ...ACME, iss: PLACES.acme.issuer, iat: now(), exp: now() + 600 }
    const [{ privateKey } = await generateKeyPair(alg)] = pairs
    const idToken = await new SignJWT(claims).setProtectedHeader({ alg }).sign(privateKey)
    return openStandIns(standIn).providers.verifyTokens('acme', { idToken })
  }

  it.each([[undefined], ['ES256']])('are of RS256 where the metadata name no list but %s', async (named) => {
    expect(await verify(named, { alg: 'RS256', keys: 1 })).toMatchObject({ subject: 'ada' })
    await expect(verify(named, { alg: 'ES256', keys: 1 })).rejects.toMatchObject(REFUSED)
  })

  it('are not guessed where several would do', async () => {
    expect(await verify(['ES256'], { alg: 'ES256', keys: 1 })).toMatchObject({ subject: 'ada' })
    await expect(verify(['ES256'], { alg: 'ES256', keys: 2 })).rejects.toMatchObject(REFUSED)
  })
})

async function signWith(key: KeyObject, header: { alg: string; kid: string }): Promise<string> {
  const claims = { ...ACME, iss: PLACES.acme.issuer, iat: now(), exp: now() + 600, nonce: 'the nonce' }
  return new SignJWT(claims).setProtectedHeader(header).sign(key)
}

describe('the issuer', () => {
  it.each([
    ['with its scheme', 'https://accounts.google.com', true],
    ['without its scheme', 'accounts.google.com', true],
    ['of another host', 'https://accounts.google.com.evil.example', false],
    ['of http', 'http://accounts.google.com', false],
  ])('of Google %s', async (_what, iss, isRight) => {
    const idToken = await standIn.signIdToken('google', { sub: '1', aud: 'google-web', iss })
    const answer = openStandIns(standIn).providers.verifyTokens('google', { idToken })
    await (isRight
      ? expect(answer).resolves.toMatchObject({ subject: '1' })
      : expect(answer).rejects.toMatchObject(REFUSED))
  })

  it.each([
    ['its own tenant', TID, `https://login.microsoftonline.com/${TID}/v2.0`, true],
    ['another tenant', TID, `https://login.microsoftonline.com/${OID}/v2.0`, false],
    ['the template itself', '{tenantid}', 'https://login.microsoftonline.com/{tenantid}/v2.0', false],
    ['no tenant', undefined, 'https://login.microsoftonline.com/undefined/v2.0', false],
    ['a path', `${TID}/../${TID}`, `https://login.microsoftonline.com/${TID}/../${TID}/v2.0`, false],
    ['a tenant in a list', [TID], `https://login.microsoftonline.com/${TID}/v2.0`, false],
  ])('of Microsoft with %s', async (_what, tid, iss, isRight) => {
    const idToken = await standIn.signIdToken('microsoft', {
      sub: 's',
      oid: OID,
      aud: 'microsoft-web',
      tid,
      iss,
    })
    const { providers, logLines } = openStandIns(standIn)
    const answer = providers.verifyTokens('microsoft', { idToken })
    await (isRight
      ? expect(answer).resolves.toMatchObject({ subject: `${TID}:${OID}`, formerSubject: OID })
      : expect(answer).rejects.toMatchObject(REFUSED))
    expect(logLines.map((line) => JSON.parse(line).reason)).toEqual(isRight ? [] : ['iss'])
  })

  it('of Microsoft is one of the tenants of the settings', async () => {
    const idToken = await standIn.signIdToken('microsoft', {
      sub: 's',
      oid: OID,
      aud: 'microsoft-web',
      tid: TID,
    })
    const limitTo = (tenants: string[]) =>
      openStandIns(standIn, [describeProvider('microsoft', { tenants })]).providers
    expect(await limitTo([OID, TID]).verifyTokens('microsoft', { idToken })).toMatchObject({
      formerSubject: OID,
    })
    await expect(limitTo([OID, OID]).verifyTokens('microsoft', { idToken })).rejects.toMatchObject(REFUSED)
  })

  it.each([
    ['an oid', { sub: 's' }],
    ['a sub', { sub: '', oid: OID }],
  ])('of Microsoft without %s names nobody', async (_what, claims) => {
    const idToken = await standIn.signIdToken('microsoft', { ...claims, aud: 'microsoft-web', tid: TID })
    const { providers } = openStandIns(standIn)
    await expect(providers.verifyTokens('microsoft', { idToken })).rejects.toMatchObject(REFUSED)
  })
})

describe('the nonce of a provider that keeps it', () => {
  const verify = async (claims: JWTPayload, nonce?: string) => {
    const idToken = await standIn.signIdToken('acme', { ...ACME, ...claims })
    return openStandIns(standIn).providers.verifyTokens('acme', { idToken, ...(nonce && { nonce }) })
  }

  it('is not compared when the client names none', async () => {
    expect(await verify({ nonce: 'of the SDK' })).toMatchObject({ subject: 'ada' })
  })

  it('is required, whatever the token says about its device', async () => {
    await expect(verify({ nonce_supported: false }, 'the nonce')).rejects.toMatchObject(REFUSED)
  })
})

describe('the nonce of Apple', () => {
  const verify = async (claims: JWTPayload) => {
    const idToken = await standIn.signIdToken('apple', { sub: 'a', aud: 'apple-app', ...claims })
    return openStandIns(standIn).providers.verifyTokens('apple', { idToken, nonce: 'the nonce' })
  }

  it('is required', async () => {
    await expect(verify({})).rejects.toMatchObject(REFUSED)
    await expect(verify({ nonce_supported: true })).rejects.toMatchObject(REFUSED)
  })

  it('may be missing when the token says that its device knows none', async () => {
    expect(await verify({ nonce_supported: false })).toMatchObject({ subject: 'a' })
  })

  it('is compared when the token says so and has one', async () => {
    await expect(verify({ nonce_supported: false, nonce: 'another' })).rejects.toMatchObject(REFUSED)
  })
})

describe('the client id', () => {
  it('of another app of ours is refused when the caller names one', async () => {
    const idToken = await standIn.signIdToken('acme', { ...ACME, aud: 'acme-app' })
    const { providers } = openStandIns(standIn)
    expect(await providers.verifyTokens('acme', { idToken })).toMatchObject({ subject: 'ada' })
    const answer = providers.verifyTokens('acme', { idToken, clientId: 'acme-web' })
    await expect(answer).rejects.toMatchObject({ code: 'client_id_mismatch' })
  })

  it('that is not ours is refused before anything is asked', async () => {
    const { providers } = openStandIns(standIn)
    const mismatch = { code: 'client_id_mismatch' }
    await expect(providers.verifyTokens('acme', { idToken: 'x', clientId: 'theirs' })).rejects.toMatchObject(
      mismatch,
    )
    const code = {
      code: 'c',
      callbackUrl: 'https://app.example/callback',
      codeVerifier: 'v',
      clientId: 'theirs',
    }
    await expect(providers.exchangeCode('acme', code)).rejects.toMatchObject(mismatch)
    expect(standIn.asked).toEqual([])
  })
})

it('refuses the calls that a provider cannot answer, by name', async () => {
  const { providers } = openStandIns(standIn)
  const code = { code: 'c', callbackUrl: 'https://app.example/callback', codeVerifier: 'v' }
  const refusals = [
    [providers.verifyTokens('nobody', {}), 'provider_not_configured'],
    [providers.verifyTokens('constructor', {}), 'provider_not_configured'],
    [providers.verifyTokens('acme', {}), 'token_required'],
    [providers.verifyTokens('github', { idToken: 'x.y.z' }), 'token_required'],
    ...(['acme', 'apple', 'microsoft', 'linkedin'] as PlaceName[]).map(
      (id) => [providers.verifyTokens(id, { accessToken: 'at' }), 'flow_not_supported'] as const,
    ),
    [
      providers.exchangeCode('acme', { ...code, callbackUrl: 'https://app.example/callback/' }),
      'callback_url_not_allowed',
    ],
    [
      providers.exchangeCode('acme', { ...code, callbackUrl: 'https://APP.example/callback' }),
      'callback_url_not_allowed',
    ],
  ] as const
  for (const [answer, refusal] of refusals) await expect(answer).rejects.toMatchObject({ code: refusal })
  expect(standIn.asked).toEqual([])
})

it('a server without providers refuses every call', async () => {
  expect(NO_PROVIDERS.list()).toEqual([])
  await expect(NO_PROVIDERS.verifyTokens('acme', { idToken: 'x' })).rejects.toMatchObject({
    code: 'provider_not_configured',
  })
})
