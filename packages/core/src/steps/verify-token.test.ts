import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto'
import {
  createTestCore,
  listInvalidTokens,
  type Person,
  readClaims,
  signUp,
  TEST_SECRET_KEY,
  type TestCore,
} from '@latchkey/testkit'
import { createLocalJWKSet, exportJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveSecrets } from '../services/keys/derived-keys.ts'
import { computeHmac } from '../services/keys/hs256.ts'
import type { TokenType } from '../words/claims.ts'
import { readPresented, verifyToken } from './verify-token.ts'

const FORMER_SECRET = 'the-secret-before-this-one-0123456789-abcdefghijklmnopqrst'
const KINDS: TokenType[] = ['access', 'refresh']

/** Values that no row of the database has as its id. */
const NO_IDS = [
  '',
  'admin',
  "' or 1=1 --",
  'x'.repeat(36),
  '01890A5D-AC96-774B-BCCE-B302099A8057',
  1,
  null,
  true,
  {},
  ['01890a5d-ac96-774b-bcce-b302099a8057'],
]

let test: TestCore
let person: Person
beforeAll(async () => {
  test = await createTestCore({ secretKeyFallbacks: [FORMER_SECRET] })
  person = await signUp(test.ctx)
})
afterAll(() => test.close())

async function statusOf(token: string, wanted: TokenType = 'access'): Promise<string> {
  return (await verifyToken(test.ctx, token, wanted)).status
}

/** Signs claims with the server's own keys, so that the token differs from a good one only in the given changes. */
function sign(kind: TokenType, changes: JWTPayload, header: Record<string, unknown> = {}): string {
  const active = test.ctx.keys.active()
  const derived = test.ctx.secrets['refresh-token'].current
  const claims = { ...readClaims(person.tokens[kind]), ...changes }
  const { alg, kid, sign } =
    kind === 'access'
      ? { alg: active.algorithm, kid: active.kid, sign: active.sign }
      : { alg: 'HS256', kid: derived.kid, sign: (input: string) => computeHmac(input, derived.key) }
  const input = `${encode({ alg, kid, typ: 'JWT', ...header })}.${encode(claims)}`
  return `${input}.${sign(input)}`
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function signHs256(header: object, payload: object, key: string | Buffer): string {
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`
}

/** Returns one token for every `step`-th byte of a part, with one bit of that byte flipped. */
function flipBits(token: string, part: 0 | 1 | 2, step: number): string[] {
  const parts = token.split('.')
  const bytes = Buffer.from(parts[part] as string, 'base64url')
  const flipped: string[] = []
  for (let index = 0; index < bytes.length; index += step) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(index) ^ (1 << (index % 8)), index)
    flipped.push(parts.with(part, changed.toString('base64url')).join('.'))
  }
  return flipped
}

describe('a good token', () => {
  it.each(KINDS)('is valid and returns its claims: %s', async (kind) => {
    expect(await verifyToken(test.ctx, person.tokens[kind], kind)).toMatchObject({
      status: 'valid',
      claims: { token_type: kind, sub: person.userId, session: person.sessionId },
    })
    expect(await statusOf(sign(kind, {}), kind)).toBe('valid')
  })

  it('has exactly the claims of the contract, and an id of its own', () => {
    const access = readClaims(person.tokens.access)
    const refresh = readClaims(person.tokens.refresh)
    const common = ['aud', 'email_verified', 'exp', 'iat', 'iss', 'jti', 'role', 'session', 'session_iat']
    const all = [...common, 'acr', 'amr', 'auth_time', 'sub', 'token_type', 'user_id'].sort()
    expect(Object.keys(access).sort()).toEqual(all)
    expect(Object.keys(refresh).sort()).toEqual([...all, 'generation'].sort())
    expect(access.exp - access.iat).toBe(30 * 60)
    expect(refresh.exp - refresh.iat).toBe(14 * 86_400)
    expect(access.jti).not.toBe(refresh.jti)
    expect(access.user_id).toBe(access.sub)
  })

  it('of the other kind has the status wrong_type', async () => {
    expect(await statusOf(person.tokens.refresh, 'access')).toBe('wrong_type')
    expect(await statusOf(person.tokens.access, 'refresh')).toBe('wrong_type')
  })
})

describe('an expired token', () => {
  it('has the status expired from the second of its exp', async () => {
    const now = test.ctx.clock.epochSeconds()
    for (const kind of KINDS) {
      expect(await statusOf(sign(kind, { exp: now + 60 }), kind)).toBe('valid')
      expect(await statusOf(sign(kind, { exp: now }), kind)).toBe('expired')
      expect(await statusOf(sign(kind, { exp: now - 9_999_999 }), kind)).toBe('expired')
    }
  })

  it('of the other kind has the status wrong_type too', async () => {
    expect(await statusOf(sign('refresh', { exp: 1 }), 'access')).toBe('wrong_type')
  })

  it('is invalid when another part of it is wrong', async () => {
    expect(await statusOf(sign('access', { exp: 1, iss: 'https://evil.example' }))).toBe('invalid')
    expect(await statusOf(sign('access', { exp: 1, token_type: 'refresh' }))).toBe('invalid')
    for (const token of flipBits(sign('access', { exp: 1 }), 2, 8)) {
      expect(await statusOf(token)).toBe('invalid')
    }
  })

  it('is invalid when it names no user or no session', async () => {
    for (const value of NO_IDS) {
      expect(await statusOf(sign('access', { exp: 1, sub: value as string }))).toBe('invalid')
      expect(await statusOf(sign('refresh', { exp: 1, session: value }), 'refresh')).toBe('invalid')
    }
  })

  it('has an exp: a token without one is invalid', async () => {
    expect(await statusOf(sign('access', { exp: undefined }))).toBe('invalid')
  })
})

describe.each(KINDS)('a token of kind %s signed by a good key is invalid with', (kind) => {
  const other = kind === 'access' ? 'refresh' : 'access'
  it.each<[string, JWTPayload]>([
    ['another issuer', { iss: 'https://evil.example' }],
    ['no issuer', { iss: undefined }],
    ['the issuer with a slash', { iss: 'http://localhost:3000/' }],
    ['another audience', { aud: 'https://evil.example' }],
    ['no audience', { aud: undefined }],
    ['the other token_type', { token_type: other }],
    ['no token_type', { token_type: undefined }],
    ['no subject', { sub: undefined }],
    ['no session', { session: undefined }],
    ...['sub', 'session'].flatMap((claim) =>
      NO_IDS.map((value): [string, JWTPayload] => [
        `a ${claim} that is no id: ${JSON.stringify(value)}`,
        { [claim]: value },
      ]),
    ),
    ['no exp', { exp: undefined }],
    ['an exp that is not a number', { exp: 'never' as unknown as number }],
    ['an exp that is a list', { exp: [9_999_999_999] as unknown as number }],
  ])('%s', async (_, changes) => {
    expect(await statusOf(sign(kind, changes), kind)).toBe('invalid')
  })
})

describe('a token signed by a good key is invalid with', () => {
  it('an nbf in the future', async () => {
    expect(await statusOf(sign('access', { nbf: 9_999_999_999 }))).toBe('invalid')
  })

  it('the claims of an access token under the key of refresh tokens, or the reverse', async () => {
    const access = { ...readClaims(person.tokens.access) }
    const refresh = { ...readClaims(person.tokens.refresh) }
    for (const wanted of KINDS) {
      expect(await statusOf(sign('refresh', access), wanted)).toBe('invalid')
      expect(await statusOf(sign('access', refresh), wanted)).toBe('invalid')
    }
  })
})

describe('a forged token is invalid', () => {
  it('without a signature, for every alg in its header', async () => {
    const payload = encode(readClaims(person.tokens.access))
    for (const alg of ['none', 'None', 'NONE', '', null, undefined, 1, ['ES256']]) {
      for (const kid of [test.ctx.keys.active().kid, undefined]) {
        const header = encode({ alg, kid })
        expect(await statusOf(`${header}.${payload}.`)).toBe('invalid')
        expect(await statusOf(`${header}.${payload}`)).toBe('invalid')
        expect(await statusOf(`${header}.${payload}.${person.tokens.access.split('.')[2]}`)).toBe('invalid')
      }
    }
  })

  it('signed with HS256 and the published key, in every form of that key', async () => {
    const [jwk] = test.core.jwks().keys.filter(({ kid }) => kid === test.ctx.keys.active().kid)
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
    const pem = key.export({ type: 'spki', format: 'pem' }) as string
    const point = [jwk?.x, jwk?.y].map((part) => Buffer.from(part ?? '', 'base64url'))
    const guesses = [
      pem,
      pem.trim(),
      key.export({ type: 'spki', format: 'der' }),
      JSON.stringify(jwk),
      JSON.stringify(
        await exportJWK(test.ctx.keys.active().verifyKey).catch(() => key.export({ format: 'jwk' })),
      ),
      Buffer.concat(point),
      Buffer.concat([Buffer.of(4), ...point]),
      point[0] as Buffer,
      '',
    ]
    const claims = readClaims(person.tokens.access)
    for (const guess of guesses) {
      expect(await statusOf(signHs256({ alg: 'HS256', kid: jwk?.kid }, claims, guess))).toBe('invalid')
    }
  })

  it('signed with HS256 and the key id, SECRET_KEY itself or a guess', async () => {
    const { kid } = test.ctx.secrets['refresh-token'].current
    const claims = readClaims(person.tokens.refresh)
    for (const guess of [kid, Buffer.from(kid, 'base64url'), TEST_SECRET_KEY, '', 'secret']) {
      expect(await statusOf(signHs256({ alg: 'HS256', kid }, claims, guess), 'refresh')).toBe('invalid')
    }
  })

  it('with an unknown, a missing or an impossible key id', async () => {
    for (const kid of ['unknown', '', '../../etc/passwd', "' or 1=1 --", 'x'.repeat(5000), undefined, null]) {
      expect(await statusOf(sign('access', {}, { kid }))).toBe('invalid')
    }
    for (const kid of [1, {}, [], true]) {
      const [, payload, signature] = person.tokens.access.split('.')
      expect(await statusOf(`${encode({ alg: 'ES256', kid })}.${payload}.${signature}`)).toBe('invalid')
    }
  })

  it('with a key of its own in the header, or with an unknown critical header', async () => {
    const jwk = test.core.jwks().keys[0]
    const [, payload, signature] = person.tokens.access.split('.')
    const kid = test.ctx.keys.active().kid
    for (const extra of [
      { jwk },
      { jku: 'https://evil.example/jwks' },
      { crit: ['x'], x: 1 },
      { b64: false },
    ]) {
      const header = encode({ alg: 'ES256', kid, ...extra })
      expect(await statusOf(`${header}.${payload}.${signature}`)).toBe('invalid')
    }
  })
})

describe('an access token that every verifier refuses is invalid', () => {
  it('with each fault of the list that the verifier of the client is tested with', async () => {
    const good = person.tokens.access
    const list = await listInvalidTokens(good, ({ header, claims }) =>
      sign('access', { ...claims }, { ...header }),
    )
    const accepted = []
    for (const [fault, token] of list) if ((await statusOf(token)) !== 'invalid') accepted.push(fault)
    expect(accepted).toEqual([])
    expect(await statusOf(good)).toBe('valid')
  })
})

describe('a damaged token is invalid', () => {
  it.each(KINDS)('with a bit flipped in any byte of its signature: %s', async (kind) => {
    const damaged = flipBits(person.tokens[kind], 2, 1)
    expect(damaged.length).toBe(kind === 'access' ? 64 : 32)
    for (const token of damaged) expect(await statusOf(token, kind)).toBe('invalid')
  })

  it.each(KINDS)('with a bit flipped in its header or payload: %s', async (kind) => {
    const damaged = [...flipBits(person.tokens[kind], 0, 3), ...flipBits(person.tokens[kind], 1, 7)]
    for (const token of damaged) expect(await statusOf(token, kind)).toBe('invalid')
  })

  it('when it is cut, extended, or combined from two tokens', async () => {
    const { access, refresh } = person.tokens
    const [header, payload, signature] = access.split('.') as [string, string, string]
    for (let length = 0; length < access.length; length += 11) {
      expect(await statusOf(access.slice(0, length))).toBe('invalid')
      expect(await statusOf(access.slice(length + 1))).toBe('invalid')
    }
    const other = await signUp(test.ctx)
    const [, otherPayload] = other.tokens.access.split('.')
    const [refreshHeader] = refresh.split('.')
    for (const token of [
      `${access}A`,
      `${access}.`,
      `.${access}`,
      `${access}.${signature}`,
      `${header}.${otherPayload}.${signature}`,
      `${refreshHeader}.${payload}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -2)}`,
      access.replaceAll('.', '..'),
      access.toLowerCase(),
      'undefined',
      'null',
      '..',
      '🔑.🔑.🔑',
      '\u0000',
      'x'.repeat(60_000),
    ]) {
      expect(await statusOf(token)).toBe('invalid')
    }
  })
})

describe('a refresh token', () => {
  it('does not verify with the published keys, but an access token does', async () => {
    const published = createLocalJWKSet(test.core.jwks())
    await expect(jwtVerify(person.tokens.access, published)).resolves.toMatchObject({
      payload: { aud: test.ctx.config.publicUrl },
    })
    await expect(jwtVerify(person.tokens.refresh, published)).rejects.toThrow()
  })

  it('is accepted under a former secret, and refused under an unknown secret', async () => {
    const claims = readClaims(person.tokens.refresh)
    for (const [secret, status] of [
      [FORMER_SECRET, 'valid'],
      ['a-secret-of-somebody-else-0123456789-abcdefghijklmnopqrst', 'invalid'],
    ] as const) {
      const { kid, key } = deriveSecrets(secret, [])['refresh-token'].current
      const token = await new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256', kid }).sign(key)
      expect(await statusOf(token, 'refresh')).toBe(status)
    }
  })

  it('is always signed under the current secret', () => {
    const [header] = person.tokens.refresh.split('.') as [string]
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString())
    expect(kid).toBe(test.ctx.secrets['refresh-token'].current.kid)
  })
})

describe('the generation of a refresh token', () => {
  it.each([
    undefined,
    null,
    0,
    -1,
    1.5,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 53,
    Number.POSITIVE_INFINITY,
    '1',
    true,
    [1],
    {},
  ])('that no row can have is none: %j', (generation) => {
    const claims = { ...readClaims(person.tokens.refresh), generation: generation as number }
    expect(readPresented(claims)).toBeNull()
  })

  it('may be as large as a row can have it', () => {
    for (const generation of [1, 2 ** 31 - 2]) {
      expect(readPresented({ ...readClaims(person.tokens.refresh), generation })).toMatchObject({
        generation,
      })
    }
  })
})
