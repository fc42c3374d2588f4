import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto'
import {
  createTestCore,
  DJANGO_SECRET_KEY,
  describeOldClaims,
  listSpacedSpellings,
  listSpellings,
  type MovedPerson,
  moveIn,
  OLD_TOKENS,
  readClaims,
  refusalOf,
  signDjangoToken,
  signUp,
  TEST_SECRET_KEY,
  type TestCore,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logout } from '../src/operations/auth/logout.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { authenticate, authenticateForLogout } from '../src/steps/authenticate.ts'

const INVALID = { code: 'token_not_valid', detail: 'Token is invalid' }

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const signWith = (digest: string, input: string, key: string | Buffer = DJANGO_SECRET_KEY) =>
  `${input}.${createHmac(digest, key).update(input).digest('base64url')}`

/** Tokens of a session that waits, each with one fault. */
function listForged(test: TestCore, { old, tokens }: MovedPerson, kind: 'access' | 'refresh') {
  const claims = describeOldClaims(old, kind)
  const payload = encode(claims)
  const [header, , signature] = tokens[kind].split('.')
  const of = (alg: unknown, extra: object = {}) => `${encode({ alg, typ: 'JWT', ...extra })}.${payload}`
  const jwk = test.core.jwks().keys[0] as JsonWebKey
  const published = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  const kids = [test.ctx.keys.active().kid, test.ctx.secrets['refresh-token'].current.kid, 'x', '', null]
  return [
    ...['none', 'None', '', null, undefined].flatMap((alg) => [
      `${of(alg)}.`,
      of(alg),
      `${of(alg)}.${signature}`,
    ]),
    ...['HS384', 'HS512', 'RS256', 'ES256', 'hs256'].map((alg) => signWith('sha256', of(alg))),
    signWith('sha512', of('HS512')),
    signWith('sha512', of('HS256')),
    ...kids.map((kid) => signWith('sha256', of('HS256', { kid }))),
    ...[TEST_SECRET_KEY, '', 'secret', published.toString(), JSON.stringify(jwk)].map((key) =>
      signWith('sha256', of('HS256'), key),
    ),
    signWith('sha256', of('HS256', { crit: ['x'], x: 1 })),
    signWith('sha256', of('HS256', { jwk: { kty: 'oct', k: encode('x') } }), 'x'),
    `${header}.${payload}.`,
    `${header}.${encode({ ...claims, user_id: '1', role: 900 })}.${signature}`,
    ...listSpellings(tokens[kind]),
    ...listSpacedSpellings(tokens[kind]),
  ]
}

describe.each(['ES256', 'HS256'] as const)('where this server signs with %s', (jwtAlgorithm) => {
  let test: TestCore
  let person: MovedPerson
  beforeAll(async () => {
    test = await createTestCore({ oldTokens: OLD_TOKENS, jwtAlgorithm: 'ES256' })
    if (jwtAlgorithm !== 'ES256') {
      const database = test.database
      test = await createTestCore({ oldTokens: OLD_TOKENS, jwtAlgorithm, database })
    }
    person = await moveIn(test)
  })
  afterAll(() => test.close())

  it('a forged old token opens nothing and ends nothing, as refresh and as access token', async () => {
    for (const refresh of listForged(test, person, 'refresh')) {
      expect(await refusalOf(refreshSession(test.ctx, { refresh })), refresh).toEqual(INVALID)
      const leaving = logout(test.ctx, { identity: null, refresh })
      expect(await refusalOf(leaving), refresh).toMatchObject({ code: 'invalid_refresh_token' })
    }
    for (const access of listForged(test, person, 'access')) {
      expect(await refusalOf(authenticate(test.ctx, access)), access).toEqual(INVALID)
      expect(await refusalOf(authenticateForLogout(test.ctx, access)), access).toEqual(INVALID)
    }
    const [row] = await test.database.sql`
      select generation, state from sessions join imported_sessions on session_id = id where id = ${person.sessionId}`
    expect(row).toEqual({ generation: 0, state: 'waiting' })
  })

  it('the old secret signs nothing that counts as a token of ours, and none of ours counts as an old one', async () => {
    const ours = await signUp(test.ctx)
    for (const kind of ['access', 'refresh'] as const) {
      const [header = ''] = ours.tokens[kind].split('.')
      const kept = JSON.parse(Buffer.from(header, 'base64url').toString())
      for (const extra of [{}, kept, { ...kept, alg: 'HS256' }]) {
        const token = signDjangoToken(readClaims(ours.tokens[kind]), { header: extra })
        expect(await refusalOf(authenticate(test.ctx, token))).toEqual(INVALID)
        expect(await refusalOf(refreshSession(test.ctx, { refresh: token }))).toEqual(INVALID)
      }
      expect(await test.ctx.oldTokens?.verify(ours.tokens[kind], test.ctx.clock.epochSeconds())).toBeNull()
    }
    expect(await refreshSession(test.ctx, ours.tokens)).toHaveProperty('refresh')
  })

  it('the good pair of the session works after all of that', async () => {
    const tokens = await refreshSession(test.ctx, person.tokens)
    expect(await authenticate(test.ctx, tokens.access)).toMatchObject({ sessionId: person.sessionId })
  })
})
