import { describe, expect, it } from 'vitest'
import { ConfigError, loadConfig } from './index.ts'

const SECRET = 'q8Zr1xUuVnH2kYw7sT4eJ0aLm9PcD3fGbN6iRoKtWlE='
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://auth.example.com',
  SECRET_KEY: SECRET,
  DATABASE_URL: 'postgres://latchkey:pw@db.example.com:5432/latchkey',
}

function findMistakes(env: Record<string, string>): string[] {
  try {
    loadConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
}

describe('defaults', () => {
  it('are those of the documentation', () => {
    const { config, warnings } = loadConfig({})
    expect(warnings).toEqual([])
    expect(config).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      restPrefix: '',
      databaseUrl: null,
      databasePoolSize: 10,
      databasePrepare: true,
      secretKey: null,
      corsOrigins: [],
      oldPasswordRequired: true,
      logoutOnPasswordChange: true,
      registrationNamesRequired: true,
      accessTokenLifetimeSeconds: 1800,
      refreshTokenLifetimeSeconds: 1_209_600,
      sessionLifetimeSeconds: null,
      refreshGraceSeconds: 30,
      jwtAlgorithm: 'ES256',
      passwordHash: { memoryKib: 19_456, passes: 2, lanes: 1 },
      logLevel: 'info',
    })
  })

  it('follow the port and the environment, and an empty variable is one that is not set', () => {
    expect(loadConfig({ PORT: '8080', HOST: '  ' }).config).toMatchObject({
      publicUrl: 'http://localhost:8080',
      host: '127.0.0.1',
    })
    expect(loadConfig(PRODUCTION).config.host).toBe('0.0.0.0')
  })
})

describe('values', () => {
  it('are read from their texts', () => {
    const { config } = loadConfig({
      PUBLIC_URL: 'https://Auth.Example.com/',
      REST_PREFIX: '/jwt-allauth/',
      CORS_ORIGINS: 'https://a.example.com, http://localhost:5173',
      REFRESH_GRACE: '0',
      SESSION_LIFETIME: '90d',
      LOGOUT_ON_PASSWORD_CHANGE: 'False',
      SECRET_KEY_FALLBACKS: `${SECRET},${SECRET}`,
    })
    expect(config).toMatchObject({
      publicUrl: 'https://auth.example.com',
      restPrefix: '/jwt-allauth',
      corsOrigins: ['https://a.example.com', 'http://localhost:5173'],
      refreshGraceSeconds: 0,
      sessionLifetimeSeconds: 7_776_000,
      logoutOnPasswordChange: false,
      secretKeyFallbacks: [SECRET, SECRET],
    })
  })

  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['NODE_ENV', 'prod'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'auth.example.com'],
    ['PUBLIC_URL', 'https://auth.example.com/path'],
    ['PUBLIC_URL', 'https://user:pw@auth.example.com'],
    ['REST_PREFIX', 'jwt-allauth'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://a.example.com/path'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_URL', 'postgres://'],
    ['DATABASE_POOL_SIZE', '0'],
    ['DATABASE_PREPARE', 'maybe'],
    ['SECRET_KEY', 'short'],
    ['SECRET_KEY_FALLBACKS', `${SECRET},short`],
    ['ACCESS_TOKEN_LIFETIME', '0'],
    ['ACCESS_TOKEN_LIFETIME', '30 minutes'],
    ['REFRESH_GRACE', '-1'],
    ['JWT_ALGORITHM', 'none'],
    ['PASSWORD_HASH_PASSES', '0'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s is refused by name, and not repeated', (name, value) => {
    const [mistake, ...others] = findMistakes({ [name]: value })
    expect(others).toEqual([])
    expect(mistake).toMatch(new RegExp(`^${name} must be `))
    if (name.startsWith('SECRET')) expect(mistake).not.toContain(value)
  })

  it('are refused all at once, with what production misses', () => {
    const mistakes = findMistakes({
      NODE_ENV: 'production',
      PORT: 'x',
      REFRESH_GRACE: 'y',
      SECRET_KEY: 'short',
    })
    expect(mistakes.map((mistake) => mistake.split(' ')[0])).toEqual([
      'PORT',
      'SECRET_KEY',
      'REFRESH_GRACE',
      'PUBLIC_URL',
    ])
  })
})

describe('production', () => {
  it('accepts settings that are there and sound', () => {
    expect(loadConfig(PRODUCTION)).toMatchObject({ config: { production: true }, warnings: [] })
  })

  it.each([
    ['PUBLIC_URL', { PUBLIC_URL: '' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://auth.example.com' }],
    ['SECRET_KEY', { SECRET_KEY: '' }],
    ['SECRET_KEY', { SECRET_KEY: 'change-me-change-me-change-me-change-me' }],
    ['SECRET_KEY', { SECRET_KEY: 'a'.repeat(64) }],
    ['SECRET_KEY_FALLBACKS', { SECRET_KEY_FALLBACKS: 'an-example-of-a-key-1234567890-abcdef' }],
    ['PASSWORD_HASH_MEMORY_KIB', { PASSWORD_HASH_MEMORY_KIB: '1024' }],
  ])('refuses a missing or insecure %s: %o', (name, env) => {
    const mistakes = findMistakes({ ...PRODUCTION, ...env })
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]).toMatch(new RegExp(`^${name} `))
  })

  it('warns about the embedded database', () => {
    expect(loadConfig({ ...PRODUCTION, DATABASE_URL: '' }).warnings).toEqual([
      expect.stringContaining('DATABASE_URL'),
    ])
  })
})

describe('names that mean nothing', () => {
  it.each([
    ['DATABSE_URL', 'DATABASE_URL'],
    ['DATABASE_ULR', 'DATABASE_URL'],
    ['ACCESS_TOKEN_LIFTIME', 'ACCESS_TOKEN_LIFETIME'],
    ['PROT', 'PORT'],
    ['SECRETKEY', 'SECRET_KEY'],
    ['public_url', 'PUBLIC_URL'],
  ])('%s is taken for a misspelt %s', (name, meant) => {
    expect(loadConfig({ [name]: 'x' }).warnings).toEqual([`${name} is not a setting; did you mean ${meant}?`])
  })

  it.each([
    'HOME',
    'PATH',
    'HOSTNAME',
    'USER',
    'LANG',
    'PWD',
    'SHLVL',
    'MAIL',
    'TERM',
    'NODE_OPTIONS',
    'TZ',
    '_',
  ])('%s is nobody’s misspelling', (name) => {
    expect(loadConfig({ [name]: 'x' }).warnings).toEqual([])
  })
})
