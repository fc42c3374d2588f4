import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { loadConfig } from './index.ts'
import { findMistakes } from './test-mistakes.ts'

const OLD = 'an old value that signed tokens for years, 0123456789'

function makePem(curve: string | null, form: 'public' | 'private' = 'public'): string {
  const pair = curve
    ? generateKeyPairSync('ec', { namedCurve: curve })
    : generateKeyPairSync('rsa', { modulusLength: 2048 })
  return form === 'public'
    ? pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    : pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

describe('old tokens', () => {
  it('count for nothing without a setting', () => {
    expect(loadConfig({}).config.oldTokens).toBeNull()
  })

  it('are signed with HS256 and the secret of the old deployment, unless said otherwise', () => {
    expect(loadConfig({ DJANGO_SECRET_KEY: OLD }).config.oldTokens).toEqual({
      ...{ algorithm: 'HS256', key: OLD, issuer: null, audience: null },
    })
    const env = { DJANGO_JWT_ALGORITHM: 'HS512', DJANGO_JWT_ISSUER: 'old', DJANGO_JWT_AUDIENCE: 'apps' }
    expect(loadConfig({ DJANGO_SECRET_KEY: OLD, ...env }).config.oldTokens).toEqual({
      ...{ algorithm: 'HS512', key: OLD, issuer: 'old', audience: 'apps' },
    })
  })

  it.each([
    ['RS256', null],
    ['RS512', null],
    ['ES256', 'prime256v1'],
    ['ES384', 'secp384r1'],
    ['ES512', 'secp521r1'],
  ])('are signed with %s and a public key, whose lines may be joined', (algorithm, curve) => {
    const pem = makePem(curve)
    for (const text of [pem, pem.replaceAll('\n', '\\n')]) {
      const env = { DJANGO_JWT_ALGORITHM: algorithm, DJANGO_JWT_PUBLIC_KEY: text }
      expect(loadConfig(env).config.oldTokens).toMatchObject({ algorithm, key: pem })
    }
  })

  it('of a short secret are accepted with a warning that does not show it', () => {
    const { config, warnings } = loadConfig({ DJANGO_SECRET_KEY: 'tiny' })
    expect(config.oldTokens).toMatchObject({ key: 'tiny' })
    expect(warnings).toEqual([expect.stringMatching(/^DJANGO_SECRET_KEY is shorter than 32 bytes/)])
    expect(warnings.join()).not.toContain('tiny')
  })
})

describe('a setting of old tokens is refused, and named,', () => {
  const ec = makePem('prime256v1')
  it.each<[string, Record<string, string>, RegExp]>([
    [
      'for an unknown algorithm',
      { DJANGO_SECRET_KEY: OLD, DJANGO_JWT_ALGORITHM: 'none' },
      /^DJANGO_JWT_ALGORITHM must be one of HS256/,
    ],
    [
      'for a secret with RS256',
      { DJANGO_SECRET_KEY: OLD, DJANGO_JWT_ALGORITHM: 'RS256' },
      /^DJANGO_SECRET_KEY must not be set with/,
    ],
    [
      'for a public key with HS256',
      { DJANGO_JWT_PUBLIC_KEY: ec },
      /^DJANGO_JWT_PUBLIC_KEY must not be set with/,
    ],
    [
      'for an algorithm alone',
      { DJANGO_JWT_ALGORITHM: 'ES256' },
      /^DJANGO_JWT_ALGORITHM has no effect without DJANGO_JWT_PUBLIC_KEY/,
    ],
    [
      'for an issuer alone',
      { DJANGO_JWT_ISSUER: 'old' },
      /^DJANGO_JWT_ISSUER has no effect without DJANGO_SECRET_KEY/,
    ],
    ['for an audience alone', { DJANGO_JWT_AUDIENCE: 'old' }, /^DJANGO_JWT_AUDIENCE has no effect without/],
    [
      'for a key on another curve',
      { DJANGO_JWT_PUBLIC_KEY: ec, DJANGO_JWT_ALGORITHM: 'ES384' },
      /must be a key on the curve P-384/,
    ],
    [
      'for an EC key with RS256',
      { DJANGO_JWT_PUBLIC_KEY: ec, DJANGO_JWT_ALGORITHM: 'RS256' },
      /must be an RSA key of at least 2048 bits/,
    ],
    [
      'for a private key',
      { DJANGO_JWT_PUBLIC_KEY: makePem(null, 'private'), DJANGO_JWT_ALGORITHM: 'RS256' },
      /^DJANGO_JWT_PUBLIC_KEY must be a public key in PEM/,
    ],
    [
      'for a text that is no key',
      { DJANGO_JWT_PUBLIC_KEY: 'key', DJANGO_JWT_ALGORITHM: 'RS256' },
      /^DJANGO_JWT_PUBLIC_KEY must be a public key in PEM/,
    ],
    [
      'for the SECRET_KEY of this server',
      { SECRET_KEY: OLD, DJANGO_SECRET_KEY: OLD },
      /^DJANGO_SECRET_KEY must not be a SECRET_KEY of this server/,
    ],
  ])('%s', (_, env, sentence) => {
    const mistakes = findMistakes(env)
    expect(mistakes).toEqual([expect.stringMatching(sentence)])
    expect(mistakes.join()).not.toContain(OLD)
  })
})
