import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listSecretFiles, loadConfig } from './index.ts'
import { findMistakes } from './test-mistakes.ts'

const ACME = {
  PROVIDERS: 'acme',
  PROVIDER_ACME_ISSUER: 'https://id.acme.example',
  PROVIDER_ACME_CLIENT_ID: 'web,ios android',
}
const TENANT = '11111111-2222-3333-4444-555555555555'
const pemOf = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const APPLE = {
  PROVIDERS: 'apple',
  PROVIDER_APPLE_CLIENT_ID: 'com.example.web',
  PROVIDER_APPLE_TEAM_ID: 'TEAM000001',
  PROVIDER_APPLE_KEY_ID: 'KEY0000001',
  PROVIDER_APPLE_PRIVATE_KEY: pemOf('P-256'),
}

const read = (env: Record<string, string>) => loadConfig(env).config.providerSettings

describe('the settings of a provider', () => {
  it('are none by default', () => {
    expect(read({})).toEqual({ providers: [], callbackUrls: [], allowInsecureRequests: true })
  })

  it('need an issuer and a client id, and have a default for the rest', () => {
    expect(read(ACME).providers).toEqual([
      {
        ...{
          id: 'acme',
          name: null,
          issuer: 'https://id.acme.example',
          clientIds: ['web', 'ios', 'android'],
        },
        ...{
          clientSecret: null,
          appleKey: null,
          scopes: null,
          tenants: [],
          emailDomains: null,
          mayLink: true,
        },
      },
    ])
  })

  it('are read by the name of the provider in upper case', () => {
    const found = read({
      PROVIDERS: 'my-acme',
      PROVIDER_MY_ACME_ISSUER: 'https://id.acme.example/realm',
      PROVIDER_MY_ACME_CLIENT_ID: 'web',
      PROVIDER_MY_ACME_CLIENT_SECRET: 'hush',
      PROVIDER_MY_ACME_NAME: 'Acme Ltd.',
      PROVIDER_MY_ACME_SCOPES: 'openid  email',
      PROVIDER_MY_ACME_EMAIL_DOMAINS: 'ACME.example, bücher.example',
      PROVIDER_MY_ACME_LINK: 'never',
    })
    expect(found.providers).toMatchObject([
      {
        ...{
          id: 'my-acme',
          issuer: 'https://id.acme.example/realm',
          clientSecret: 'hush',
          name: 'Acme Ltd.',
        },
        ...{
          scopes: 'openid email',
          emailDomains: ['acme.example', 'xn--bcher-kva.example'],
          mayLink: false,
        },
      },
    ])
  })

  it('may vouch for every domain', () => {
    const found = read({ ...ACME, PROVIDER_ACME_EMAIL_DOMAINS: '*' })
    expect(found.providers[0]?.emailDomains).toEqual(['*'])
  })

  it('keep the order of PROVIDERS', () => {
    const github = { PROVIDER_GITHUB_CLIENT_ID: 'a', PROVIDER_GITHUB_CLIENT_SECRET: 'b' }
    const found = read({ ...ACME, ...github, PROVIDERS: 'github,acme' })
    expect(found.providers.map(({ id }) => id)).toEqual(['github', 'acme'])
  })

  it('take the tenants of Microsoft in any case', () => {
    const found = read({
      ...{ PROVIDERS: 'microsoft', PROVIDER_MICROSOFT_CLIENT_ID: 'a' },
      PROVIDER_MICROSOFT_TENANT: TENANT.replace('1111', 'ABCD'),
    })
    expect(found.providers[0]?.tenants).toEqual([TENANT.replace('1111', 'abcd')])
  })

  it('take the key of Apple also in one line', () => {
    const key = APPLE.PROVIDER_APPLE_PRIVATE_KEY
    const appleKey = { teamId: 'TEAM000001', keyId: 'KEY0000001', privateKey: key }
    expect(read(APPLE).providers[0]).toMatchObject({ appleKey, clientSecret: null })
    const inOneLine = { ...APPLE, PROVIDER_APPLE_PRIVATE_KEY: key.replaceAll('\n', '\\n') }
    expect(read(inOneLine).providers[0]).toMatchObject({ appleKey })
  })

  it('take a secret from a file, which the doctor sees', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'latchkey-provider-')), 'secret')
    writeFileSync(path, 'hush\n')
    const env = { ...ACME, PROVIDER_ACME_CLIENT_SECRET_FILE: path }
    expect(read(env).providers[0]?.clientSecret).toBe('hush')
    expect(listSecretFiles(env)).toEqual([{ variable: 'PROVIDER_ACME_CLIENT_SECRET_FILE', path }])
  })

  it('take the key of Apple from a file', () => {
    const { PROVIDER_APPLE_PRIVATE_KEY: privateKey, ...others } = APPLE
    const path = join(mkdtempSync(join(tmpdir(), 'latchkey-provider-')), 'AuthKey.p8')
    writeFileSync(path, privateKey)
    const found = read({ ...others, PROVIDER_APPLE_PRIVATE_KEY_FILE: path })
    expect(found.providers[0]?.appleKey).toMatchObject({ privateKey })
  })
})

describe('a mistake in the settings of a provider is named', () => {
  const NAMES =
    'PROVIDERS must be names, each once, of at most 30 small letters, digits and inner hyphens, separated by commas; accounts, connect, providers, session are taken'

  it.each([
    'Google',
    'a_b',
    '-a',
    'a-',
    '1a',
    'google,google',
    'accounts',
    'connect',
    'providers',
    'session',
    'a'.repeat(31),
  ])('PROVIDERS=%s', (PROVIDERS) => {
    expect(findMistakes({ PROVIDERS })).toEqual([NAMES])
  })

  it('what is missing', () => {
    expect(findMistakes({ PROVIDERS: 'acme,github,apple,google' })).toEqual([
      'PROVIDER_ACME_CLIENT_ID is required, because PROVIDERS names acme',
      'PROVIDER_ACME_ISSUER is required, because PROVIDERS names acme',
      'PROVIDER_GITHUB_CLIENT_ID is required, because PROVIDERS names github',
      'PROVIDER_GITHUB_CLIENT_SECRET is required, because PROVIDERS names github',
      'PROVIDER_APPLE_CLIENT_ID is required, because PROVIDERS names apple',
      'PROVIDER_APPLE_TEAM_ID is required, because PROVIDERS names apple',
      'PROVIDER_APPLE_KEY_ID is required, because PROVIDERS names apple',
      'PROVIDER_APPLE_PRIVATE_KEY is required, because PROVIDERS names apple',
      'PROVIDER_GOOGLE_CLIENT_ID is required, because PROVIDERS names google',
    ])
  })

  it.each([
    ['PROVIDER_GOOGLE_ISSUER', 'google', 'https://accounts.google.com'],
    ['PROVIDER_GOOGLE_TENANT', 'google', TENANT],
    ['PROVIDER_GOOGLE_TEAM_ID', 'google', 'TEAM000001'],
    ['PROVIDER_GOOGLE_KEY_ID', 'google', 'KEY0000001'],
    ['PROVIDER_GOOGLE_PRIVATE_KEY', 'google', pemOf('P-256')],
    ['PROVIDER_APPLE_CLIENT_SECRET', 'apple', 'hush'],
  ])('%s, which its provider does not have', (variable, id, value) => {
    const sound = { ...APPLE, PROVIDER_GOOGLE_CLIENT_ID: 'a', PROVIDERS: 'apple,google' }
    expect(findMistakes({ ...sound, [variable]: value })).toEqual([
      `${variable} must not be set: ${id} has no such setting`,
    ])
  })

  it.each([
    ['ISSUER', 'http://id.acme.example'],
    ['ISSUER', 'id.acme.example'],
    ['ISSUER', 'https://ada:hush@id.acme.example'],
    ['ISSUER', 'https://ada@id.acme.example'],
    ['ISSUER', 'https://:hush@id.acme.example'],
    ['ISSUER', 'ftp://127.0.0.1'],
    ['ISSUER', 'https://id.acme.example?tenant=1'],
    ['ISSUER', 'https://id.acme.example#'],
    ['CLIENT_ID', ','],
    ['CLIENT_ID', 'wéb'],
    ['CLIENT_ID', 'a'.repeat(256)],
    ['CLIENT_SECRET', 'two words'],
    ['CLIENT_SECRET', 'a'.repeat(1025)],
    ['NAME', 'a'.repeat(61)],
    ['NAME', 'Ac\u202eme'],
    ['SCOPES', 'openid "email"'],
    ['EMAIL_DOMAINS', 'acme'],
    ['EMAIL_DOMAINS', '*,acme.example'],
    ['EMAIL_DOMAINS', '*.acme.example'],
    ['EMAIL_DOMAINS', 'acme.example,xn--a'],
    ['EMAIL_DOMAINS', 'ada@acme.example'],
    ['LINK', 'always'],
  ])('PROVIDER_ACME_%s=%s, without its value', (field, value) => {
    const [mistake, ...others] = findMistakes({ ...ACME, [`PROVIDER_ACME_${field}`]: value })
    expect(mistake).toMatch(new RegExp(`^PROVIDER_ACME_${field} must be `))
    expect(others).toEqual([])
    if (field === 'CLIENT_SECRET') expect(mistake).not.toContain(value)
  })

  it.each([
    ['TEAM_ID', 'team000001'],
    ['KEY_ID', 'KEY1'],
    ['PRIVATE_KEY', 'no key'],
    ['PRIVATE_KEY', pemOf('P-384')],
  ])('PROVIDER_APPLE_%s that Apple does not give', (field, value) => {
    expect(findMistakes({ ...APPLE, [`PROVIDER_APPLE_${field}`]: value })).toEqual([
      expect.stringMatching(`^PROVIDER_APPLE_${field} must be `),
    ])
  })

  it('tenants that are no ids: a name could be given to another tenant', () => {
    const microsoft = { PROVIDERS: 'microsoft', PROVIDER_MICROSOFT_CLIENT_ID: 'a' }
    expect(findMistakes({ ...microsoft, PROVIDER_MICROSOFT_TENANT: 'acme.onmicrosoft.com' })).toEqual([
      'PROVIDER_MICROSOFT_TENANT must be ids of tenants, separated by commas',
    ])
  })

  it('scopes without openid, where the provider gives an ID token', () => {
    expect(findMistakes({ ...ACME, PROVIDER_ACME_SCOPES: 'email profile' })).toEqual([
      'PROVIDER_ACME_SCOPES must contain openid: without it there is no ID token',
    ])
    const github = { PROVIDERS: 'github', PROVIDER_GITHUB_CLIENT_ID: 'a', PROVIDER_GITHUB_CLIENT_SECRET: 'b' }
    expect(findMistakes({ ...github, PROVIDER_GITHUB_SCOPES: 'user:email' })).toEqual([])
  })

  it('http, except to this machine outside of production', () => {
    const local = { ...ACME, PROVIDER_ACME_ISSUER: 'http://127.0.0.1:4000' }
    expect(findMistakes(local)).toEqual([])
    expect(read(local).allowInsecureRequests).toBe(true)
    const refusal = 'PROVIDER_ACME_ISSUER must begin with https:// in production'
    expect(findMistakes({ ...local, NODE_ENV: 'production' })).toContain(refusal)
    expect(findMistakes({ ...ACME, NODE_ENV: 'production' })).not.toContain(refusal)
  })

  it('a variable of a provider that is not named, in the log', () => {
    const env = { ...ACME, PROVIDER_GITHUB_CLIENT_ID: 'a', PROVIDER_ACME_COLOR: 'red', HOME: '/' }
    expect(loadConfig(env).warnings).toEqual([
      'PROVIDER_GITHUB_CLIENT_ID has no effect: PROVIDERS names no provider with this setting',
      'PROVIDER_ACME_COLOR has no effect: PROVIDERS names no provider with this setting',
    ])
  })

  it('a misspelt variable of a provider, with the name that was meant', () => {
    const { PROVIDER_ACME_ISSUER: PROVIDER_ACME_ISUER, ...others } = ACME
    expect(findMistakes({ ...others, PROVIDER_ACME_ISUER })).toEqual([
      'PROVIDER_ACME_ISSUER is required, because PROVIDERS names acme',
      'PROVIDER_ACME_ISUER is not a setting; did you mean PROVIDER_ACME_ISSUER?',
    ])
  })
})

describe('the addresses of apps', () => {
  it('for codes are compared exactly, so they stay as they are', () => {
    const callbackUrls = ['https://app.example.com/callback', 'com.example.app:/callback']
    expect(read({ PROVIDER_CALLBACK_URLS: callbackUrls.join(',') }).callbackUrls).toEqual(callbackUrls)
  })

  it('to return to are those of the server and of its pages, unless a setting says it; the portal always', () => {
    const own = { PUBLIC_URL: 'http://localhost:4000', CORS_ORIGINS: 'https://app.example.com' }
    const returns = (env: Record<string, string>) => loadConfig(env).config.providerReturnUrls
    const portal = 'http://localhost:4000/account/return'
    expect(returns(own)).toEqual(['http://localhost:4000', 'https://app.example.com', portal])
    expect(
      returns({ ...own, PROVIDER_RETURN_URLS: 'https://app.example.com/in com.example.app:/in' }),
    ).toEqual(['https://app.example.com/in', 'com.example.app:/in', portal])
  })

  it.each(['PROVIDER_CALLBACK_URLS', 'PROVIDER_RETURN_URLS'])('%s are no other than they seem', (name) => {
    for (const value of [
      'app.example.com',
      'http://app.example.com/',
      'https://a@app.example.com/',
      'https://*.example.com/',
    ]) {
      expect(findMistakes({ [name]: value })).toEqual([expect.stringMatching(`^${name} must be `)])
    }
  })
})
