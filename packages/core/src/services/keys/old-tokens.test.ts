import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { OLD_TOKEN_ALGORITHMS, type OldTokenAlgorithm } from '../../words/old-token.ts'
import { type OldTokenOptions, openOldTokens } from './old-tokens.ts'

const NOW = 1_795_373_600
const SECRET = 'the-secret-of-an-old-deployment-9876543210-zyxwvutsrqponm'
const CLAIMS = {
  token_type: 'refresh',
  exp: NOW + 1000,
  iat: NOW - 10,
  jti: '0123456789abcdef0123456789abcdef',
  user_id: '7',
  session: 'fedcba9876543210fedcba9876543210',
  session_iat: NOW - 20,
}
const READ = {
  tokenType: 'refresh',
  jti: CLAIMS.jti,
  sessionId: 'fedcba98-7654-3210-fedc-ba9876543210',
  externalId: '7',
  begun: NOW - 20,
  issuedAt: NOW - 10,
}
const CURVES: Record<string, string> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' }

/** A key of an algorithm, with which the other deployment signs, and what this server is told of it. */
function makeKey(algorithm: OldTokenAlgorithm) {
  if (algorithm.startsWith('HS')) return { signs: new TextEncoder().encode(SECRET), key: SECRET }
  const curve = CURVES[algorithm]
  const { privateKey, publicKey } = curve
    ? generateKeyPairSync('ec', { namedCurve: curve })
    : generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { signs: privateKey, key: publicKey.export({ type: 'spki', format: 'pem' }).toString() }
}

const open = (changes: Partial<OldTokenOptions> = {}) =>
  openOldTokens({ algorithm: 'HS256', key: SECRET, issuer: null, audience: null, ...changes })

function sign(changes: object = {}, header: object = {}): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...changes })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...header })
    .sign(new TextEncoder().encode(SECRET))
}

const read = async (changes: object) => (await open().verify(await sign(changes), NOW))?.claims ?? null

it('a key of another kind than the algorithm is a fault of the operator, and no wrong token', async () => {
  const { key } = makeKey('ES256')
  const tokens = open({ algorithm: 'RS256', key })
  const token = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'RS256' }).sign(makeKey('RS256').signs)
  await expect(tokens.verify(token, NOW)).rejects.toThrow()
})

describe.each(OLD_TOKEN_ALGORITHMS)('a token that is signed with %s', (algorithm) => {
  const { signs, key } = makeKey(algorithm)
  const signed = (alg = algorithm) => new SignJWT(CLAIMS).setProtectedHeader({ alg }).sign(signs)

  it('is read with the key of that algorithm', async () => {
    const verdict = await open({ algorithm, key }).verify(await signed(), NOW)
    expect(verdict).toEqual({ claims: READ, isExpired: false })
  })

  it('is refused where another algorithm is set, whatever its header says', async () => {
    for (const other of OLD_TOKEN_ALGORITHMS) {
      if (other === algorithm) continue
      const opened = open({ algorithm: other, key: makeKey(other).key })
      expect(await opened.verify(await signed(), NOW)).toBeNull()
    }
  })
})

describe('the claims of an old token', () => {
  it('tell that it has expired, from the second of its exp', async () => {
    const token = await sign()
    expect(await open().verify(token, CLAIMS.exp - 1)).toMatchObject({ isExpired: false })
    expect(await open().verify(token, CLAIMS.exp)).toEqual({ claims: READ, isExpired: true })
  })

  it('may leave out when the session began, and then it began with the token', async () => {
    expect(await read({ session_iat: undefined })).toEqual({ ...READ, begun: READ.issuedAt })
  })

  it.each([
    [7, '7'],
    [0, '0'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    ['9223372036854775807', '9223372036854775807'],
    ['0b8f6a1e-0000-4000-8000-000000000001', '0b8f6a1e-0000-4000-8000-000000000001'],
  ])('may name the user by %j', async (given, externalId) => {
    expect(await read({ user_id: given })).toMatchObject({ externalId })
  })

  it.each<[string, unknown[]]>([
    ['token_type', [undefined, null, '', 'sliding', 1, ['refresh']]],
    ['exp', [undefined, null, 'never', [1]]],
    ['iat', [undefined, null, -1, 2 ** 40, 'now', Number.MAX_VALUE]],
    ['session_iat', [null, -1, 2 ** 40, 'then', {}]],
    ...['jti', 'session'].map((claim): [string, unknown[]] => [
      claim,
      [undefined, null, 1, '', 'x', 'F'.repeat(32), 'a'.repeat(31), 'a'.repeat(33), `${'a'.repeat(32)}\n`],
    ]),
    ['user_id', [undefined, null, '', -1, 1.5, 2 ** 53, true, {}, ['7'], 'a\0b', 'x'.repeat(256)]],
  ])('make it no token when %s has another shape', async (claim, values) => {
    for (const value of values) expect(await read({ [claim]: value }), JSON.stringify(value)).toBeNull()
  })

  it('must have the issuer and the audience of the settings, if there are any', async () => {
    const named = await sign({ iss: 'https://old.example', aud: ['apps', 'others'] })
    const strict = open({ issuer: 'https://old.example', audience: 'apps' })
    expect(await strict.verify(named, NOW)).toMatchObject({ claims: READ })
    expect(await strict.verify(await sign(), NOW)).toBeNull()
    expect(await open({ audience: 'else' }).verify(named, NOW)).toBeNull()
    expect(await open({ issuer: 'https://old.example/' }).verify(named, NOW)).toBeNull()
  })
})

describe('an old token is refused', () => {
  it.each<[string, object]>([
    ['a key id', { kid: 'x' }],
    ['an empty key id', { kid: '' }],
    ['a key id that is null', { kid: null }],
    ['an unknown critical header', { crit: ['x'], x: 1 }],
  ])('with %s in its header, although it is well signed', async (_, header) => {
    const [, payload, signature] = (await sign()).split('.')
    const input = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT', ...header })).toString('base64url')
    expect(await open().verify(`${input}.${payload}.${signature}`, NOW)).toBeNull()
    if ('crit' in header) return
    expect(await open().verify(await sign({}, header), NOW)).toBeNull()
  })

  it.each(['', '.', '..', 'a.b.c', 'x'.repeat(5000)])('that is no token: %#', async (text) => {
    expect(await open().verify(text, NOW)).toBeNull()
  })
})
