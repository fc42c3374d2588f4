import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, loadConfig } from './index.ts'
import { findMailWarnings } from './mail.ts'
import { findOpenSettings } from './open-settings.ts'
import { readWords } from './setting.ts'
import { findMistakes } from './test-mistakes.ts'
import { throttleVariables } from './throttle.ts'

const SECRET = 'q8Zr1xUuVnH2kYw7sT4eJ0aLm9PcD3fGbN6iRoKtWlE='
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://auth.example.com',
  SECRET_KEY: SECRET,
  DATABASE_URL: 'postgres://latchkey:pw@db.example.com:5432/latchkey',
  SMTP_URL: 'smtps://latchkey:pw@mail.example.com',
  MAIL_FROM: 'Example <no-reply@example.com>',
}

/** The origins of pages in apps and extensions. */
const APPS = [
  'capacitor://localhost',
  'ionic://localhost',
  'tauri://localhost',
  'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
  'moz-extension://0f0e0d0c-0b0a-0908-0706-050403020100',
  // Electron apps have these hosts.
  'app://-',
  'app://.',
  'capacitor-electron://-',
]

describe('defaults', () => {
  it('are those of the documentation', () => {
    const { config, warnings } = loadConfig({})
    expect(warnings).toEqual([])
    expect(config).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      basePath: '',
      restPrefix: '',
      shutdownDelaySeconds: 0,
      keepAliveTimeoutSeconds: 65,
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
      sessionsPerAccount: 100,
      refreshGraceSeconds: 30,
      mfaMode: 'optional',
      mfaRequiredRoles: [],
      mfaIssuer: 'Latchkey',
      mfaChallengeLifetimeSeconds: 300,
      mfaSetupLifetimeSeconds: 900,
      mfaMaxAttempts: 10,
      mfaLockoutSeconds: 900,
      reauthenticationMaxAgeSeconds: 900,
      passkeysEnabled: true,
      passkeyRpId: 'localhost',
      passkeyOrigins: ['http://localhost:3000'],
      defaultLanguage: 'en',
      jwtAlgorithm: 'ES256',
      passwordHash: { memoryKib: 19_456, passes: 2, lanes: 1 },
      logLevel: 'info',
      linkBaseUrl: 'http://localhost:3000',
      emailVerification: 'none',
      emailVerifiedRedirect: null,
      passwordResetRedirect: null,
      emailLinkButton: false,
      emailConfirmationLifetimeSeconds: 259_200,
      passwordResetLifetimeSeconds: 3600,
      invitationLifetimeSeconds: 259_200,
      preventEnumeration: true,
      resetCookie: { httpOnly: true, secure: false, sameSite: 'Lax', maxAgeSeconds: 3600 },
      mail: {
        mode: 'dev',
        smtpUrl: null,
        from: 'Latchkey <no-reply@localhost>',
        mailboxDir: resolve('.data/mailbox'),
        templatesDir: null,
      },
      brand: { name: 'Latchkey', logoUrl: null, color: '#0d6157', supportUrl: null, appUrl: null },
      logo: null,
    })
  })

  it('follow the port and the environment, and an empty variable counts as not set', () => {
    expect(loadConfig({ PORT: '8080', HOST: '  ' }).config).toMatchObject({
      publicUrl: 'http://localhost:8080',
      host: '127.0.0.1',
    })
    expect(loadConfig(PRODUCTION).config).toMatchObject({ host: '0.0.0.0', shutdownDelaySeconds: 5 })
  })
})

describe('values', () => {
  it('are read from their texts', () => {
    const { config } = loadConfig({
      PUBLIC_URL: 'https://Auth.Example.com/',
      REST_PREFIX: '/jwt-allauth/',
      CORS_ORIGINS: `https://a.example.com, http://localhost:5173 ${APPS.join()}`,
      SHUTDOWN_DELAY: '20s',
      KEEP_ALIVE_TIMEOUT: '10m',
      REFRESH_GRACE: '0',
      SESSION_LIFETIME: '90d',
      SESSIONS_PER_ACCOUNT: '5',
      LOGOUT_ON_PASSWORD_CHANGE: 'False',
      SECRET_KEY_FALLBACKS: `${SECRET},${SECRET}`,
      EMAIL_VERIFICATION: 'True',
      EMAIL_VERIFIED_REDIRECT: '/welcome?from=mail',
      PASSWORD_RESET_REDIRECT: 'https://app.example.com/new-password',
      EMAIL_LINK_CONFIRMATION: 'button',
      PASSWORD_RESET_COOKIE_SAME_SITE: 'strict',
      PREVENT_ENUMERATION: 'no',
      SMTP_URL: 'smtp://mail.example.com',
    })
    expect(config).toMatchObject({
      publicUrl: 'https://auth.example.com',
      restPrefix: '/jwt-allauth',
      corsOrigins: ['https://a.example.com', 'http://localhost:5173', ...APPS],
      shutdownDelaySeconds: 20,
      keepAliveTimeoutSeconds: 600,
      refreshGraceSeconds: 0,
      sessionLifetimeSeconds: 7_776_000,
      sessionsPerAccount: 5,
      logoutOnPasswordChange: false,
      secretKeyFallbacks: [SECRET, SECRET],
      linkBaseUrl: 'https://auth.example.com/jwt-allauth',
      emailVerification: 'mandatory',
      emailVerifiedRedirect: '/welcome?from=mail',
      passwordResetRedirect: 'https://app.example.com/new-password',
      emailLinkButton: true,
      resetCookie: { sameSite: 'Strict', secure: false },
      preventEnumeration: false,
      mail: { mode: 'smtp', smtpUrl: 'smtp://mail.example.com', mailboxDir: null },
    })
  })

  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['NODE_ENV', 'prod'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'auth.example.com'],
    ['PUBLIC_URL', 'https://auth.example.com/a//b'],
    ['PUBLIC_URL', 'https://auth.example.com/a%2fb'],
    ['PUBLIC_URL', 'https://auth.example.com/?x=1'],
    ['PUBLIC_URL', 'https://auth.example.com/#x'],
    ['PUBLIC_URL', 'ftp://auth.example.com'],
    ['PUBLIC_URL', 'https://user:pw@auth.example.com'],
    ['REST_PREFIX', 'jwt-allauth'],
    ['REST_PREFIX', '/a/../b'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'https://*.example.com'],
    ['CORS_ORIGINS', 'chrome-extension://*'],
    ['CORS_ORIGINS', 'https://a.example.com/path'],
    ['CORS_ORIGINS', 'capacitor://localhost/path'],
    ['CORS_ORIGINS', 'file://localhost'],
    ['CORS_ORIGINS', 'data://x'],
    ['SHUTDOWN_DELAY', '11m'],
    ['KEEP_ALIVE_TIMEOUT', '0'],
    ['KEEP_ALIVE_TIMEOUT', '2d'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_URL', 'postgres://'],
    ['DATABASE', 'postgres'],
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
    ['EMAIL_VERIFICATION', 'always'],
    ['EMAIL_VERIFICATION', 'constructor'],
    ['EMAIL_VERIFIED_REDIRECT', '//evil.example'],
    ['EMAIL_VERIFIED_REDIRECT', '/\\evil.example'],
    ['EMAIL_VERIFIED_REDIRECT', 'javascript:alert(1)'],
    ['EMAIL_VERIFIED_REDIRECT', 'welcome'],
    ['PASSWORD_RESET_REDIRECT', 'https://user:pw@app.example.com/'],
    ['PASSWORD_RESET_REDIRECT', '/a b'],
    ['EMAIL_LINK_CONFIRMATION', 'page'],
    ['EMAIL_CONFIRMATION_LIFETIME', '10s'],
    ['PASSWORD_RESET_LIFETIME', 'soon'],
    ['PREVENT_ENUMERATION', 'maybe'],
    ['PASSWORD_RESET_COOKIE_SAME_SITE', 'loose'],
    ['PASSWORD_RESET_COOKIE_MAX_AGE', '1'],
    ['MAIL', 'on'],
    ['SMTP_URL', 'mail.example.com:25'],
    ['SMTP_URL', 'https://mail.example.com'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'Team: a@example.com, b@example.com;'],
    ['MAIL_FROM', 'a@example.com (Example)'],
    ['MAIL_FROM', 'A <a@example.com>, B <b@example.com>'],
  ])('%s=%s is refused with the name of the setting and without its value', (name, value) => {
    const [mistake, ...others] = findMistakes({ [name]: value })
    expect(others).toEqual([])
    expect(mistake).toMatch(new RegExp(`^${name} must be `))
    if (name.startsWith('SECRET')) expect(mistake).not.toContain(value)
  })

  it.each([
    ['smtp://latchkey:se%cret@mail.example.com', /^SMTP_URL has a stray % in the password/],
    ['smtp://latchkey:se/cret@mail.example.com', /^SMTP_URL must be .*; percent-encode/],
    ['smtp://mail.example.com?pool=true', /^SMTP_URL has the parameter pool,/],
    [
      'smtp://mail.example.com?tls.ca=/nowhere.pem',
      /^SMTP_URL: tls\.ca names \/nowhere\.pem, which cannot be read/,
    ],
  ])(
    'SMTP_URL=%s is refused before anything is opened, and no part of a password is shown',
    (url, mistake) => {
      expect(findMistakes({ SMTP_URL: url })).toEqual([expect.stringMatching(mistake)])
      expect(findMistakes({ SMTP_URL: url })[0]).not.toMatch(/cret/)
    },
  )

  it('are refused all at once, together with the settings that production requires', () => {
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
      'DATABASE_URL',
      'SMTP_URL',
    ])
  })
})

describe('the port of the metrics', () => {
  it.each([
    { METRICS_PORT: '3000' },
    { METRICS_PORT: '4000', PORT: '4000' },
    { METRICS_PORT: '3000', METRICS_HOST: '0.0.0.0', HOST: '10.0.0.1' },
    { METRICS_PORT: '3000', HOST: '0.0.0.0' },
    { METRICS_PORT: '3000', HOST: '::' },
    { METRICS_PORT: '3000', HOST: 'localhost' },
  ] as Record<string, string>[])('must be another one than that of the server: %o', (env) => {
    const mistakes = findMistakes(env)
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]).toMatch(/^METRICS_PORT must be another port than PORT, which is [34]000;/)
  })

  it.each([
    { METRICS_PORT: '0', PORT: '0' },
    { METRICS_PORT: '3000', HOST: '10.0.0.1' },
    { METRICS_PORT: '3001' },
    { METRICS_TOKEN: 'a-token-of-tests-that-is-long-enough-0123456789' },
  ] as Record<string, string>[])('is accepted where both can listen: %o', (env) => {
    expect(findMistakes(env)).toEqual([])
  })
})

describe('production', () => {
  it('accepts complete and secure settings', () => {
    expect(loadConfig(PRODUCTION)).toMatchObject({ config: { production: true }, warnings: [] })
  })

  it.each([
    ['PUBLIC_URL', { PUBLIC_URL: '' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://auth.example.com' }],
    ['SECRET_KEY', { SECRET_KEY: '' }],
    ['SECRET_KEY', { SECRET_KEY: 'change-me-change-me-change-me-change-me' }],
    ['SECRET_KEY', { SECRET_KEY: 'a'.repeat(64) }],
    ['SECRET_KEY_FALLBACKS', { SECRET_KEY_FALLBACKS: 'an-example-of-a-key-1234567890-abcdef' }],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'change-me-change-me-change-me-change-me' }],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'a'.repeat(64) }],
    ['PASSWORD_HASH_MEMORY_KIB', { PASSWORD_HASH_MEMORY_KIB: '1024' }],
    ['SMTP_URL', { SMTP_URL: '' }],
    ['MAIL', { SMTP_URL: '', MAIL: 'dev' }],
    ['PASSWORD_RESET_COOKIE_SECURE', { PASSWORD_RESET_COOKIE_SECURE: 'false' }],
    [
      'PASSWORD_RESET_COOKIE_SECURE',
      { PASSWORD_RESET_COOKIE_SECURE: 'false', PASSWORD_RESET_COOKIE_SAME_SITE: 'None' },
    ],
  ])('refuses a missing or insecure %s: %o', (name, env) => {
    const mistakes = findMistakes({ ...PRODUCTION, ...env })
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]).toMatch(new RegExp(`^${name} `))
  })

  it('ignores the MAIL of a login shell', () => {
    const { config, warnings } = loadConfig({ MAIL: '/var/mail/ada' })
    expect(config.mail.mode).toBe('dev')
    expect(warnings).toEqual([])
    expect(findMistakes({ ...PRODUCTION, SMTP_URL: '', MAIL: '/var/mail/ada' })[0]).toMatch(/^SMTP_URL /)
  })

  it('turns mail off only with MAIL=off', () => {
    const { config, warnings } = loadConfig({ ...PRODUCTION, SMTP_URL: '', MAIL: 'off' })
    expect(config.mail).toMatchObject({ mode: 'off', mailboxDir: null })
    expect(warnings).toEqual([])
    expect(findMailWarnings(config)).toEqual([
      'MAIL is off: password resets, changes of address, invitations and notices to owners cannot work',
    ])
  })

  it('warns that without mail no address is verified, and refuses mandatory verification', () => {
    const env = { ...PRODUCTION, SMTP_URL: '', MAIL: 'off' }
    const { config } = loadConfig({ ...env, EMAIL_VERIFICATION: 'optional' })
    expect(findMailWarnings(config)[0]).toMatch(/^MAIL is off: verification of addresses, password resets, /)
    for (const base of [env, { MAIL: 'off' }]) {
      expect(findMistakes({ ...base, EMAIL_VERIFICATION: 'mandatory' })).toEqual([
        'EMAIL_VERIFICATION must not be mandatory with MAIL=off: nobody could finish a sign-up',
      ])
    }
  })

  it.each([
    ['MAIL_FROM', { ...PRODUCTION, MAIL_FROM: '' }],
    ['web mailbox', { PASSWORD_RESET_COOKIE_SAME_SITE: 'Strict' }],
  ])('warns about %s when it cannot work well', (name, env) => {
    expect(loadConfig(env).warnings).toEqual([expect.stringContaining(name)])
  })

  it('warns about variables of the clients of PostgreSQL, which it does not read', () => {
    const unread = { PGHOST: 'elsewhere', PGSSLMODE: 'require', PGDATA: '/data' }
    expect(loadConfig({ ...PRODUCTION, ...unread }).warnings).toEqual([
      'DATABASE_URL alone says how the database is reached; without effect: PGHOST, PGSSLMODE',
    ])
  })

  it('refuses a start without a database that the operator named, and names the misspelt variable', () => {
    const { DATABASE_URL, ...rest } = PRODUCTION
    expect(findMistakes(rest)).toEqual([
      expect.stringMatching(/^DATABASE_URL is required .*DATABASE=embedded/),
    ])
    expect(findMistakes({ ...rest, DATABSE_URL: DATABASE_URL })).toEqual([
      expect.stringMatching(/^DATABASE_URL is required /),
      'DATABSE_URL is not a setting; did you mean DATABASE_URL?',
    ])
  })

  it('takes the embedded database when DATABASE=embedded names it, and no second database beside it', () => {
    const { DATABASE_URL: _, ...rest } = PRODUCTION
    expect(loadConfig({ ...rest, DATABASE: 'embedded' })).toMatchObject({
      config: { databaseUrl: null },
      warnings: [],
    })
    expect(findMistakes({ ...PRODUCTION, DATABASE: 'embedded' })).toEqual([
      expect.stringMatching(/^DATABASE must not be embedded beside DATABASE_URL/),
    ])
  })

  it('warns about a misspelt name also when nothing else is wrong', () => {
    expect(loadConfig({ ...PRODUCTION, CORS_ORIGIN: 'https://app.example.com' }).warnings).toEqual([
      'CORS_ORIGIN is not a setting; did you mean CORS_ORIGINS?',
    ])
  })
})

describe('names that are no setting', () => {
  it.each([
    ['DATABSE_URL', 'DATABASE_URL'],
    ['DATABASE_ULR', 'DATABASE_URL'],
    ['ACCESS_TOKEN_LIFTIME', 'ACCESS_TOKEN_LIFETIME'],
    ['PROT', 'PORT'],
    ['SECRET_KEY_FIEL', 'SECRET_KEY_FILE'],
    ['DATABSE_URL_FILE', 'DATABASE_URL_FILE'],
    ['SECRETKEY', 'SECRET_KEY'],
    ['public_url', 'PUBLIC_URL'],
  ])('%s is taken for a misspelt %s', (name, meant) => {
    expect(loadConfig({ [name]: 'x' }).warnings).toEqual([`${name} is not a setting; did you mean ${meant}?`])
  })

  it.each(['HOME', 'PATH', 'HOSTNAME', 'USER', 'LANG', 'PWD', 'SHLVL', 'TERM', 'NODE_OPTIONS', 'TZ', '_'])(
    '%s is not taken for a misspelt setting',
    (name) => {
      expect(loadConfig({ [name]: 'x' }).warnings).toEqual([])
    },
  )
})

describe('what is left open is warned about by its name', () => {
  const warningsOf = (env: Record<string, string>) => findOpenSettings(loadConfig(env).config)

  it.each([
    ['CORS_ORIGINS', 'https://app.example.com http://app.example.com', 'http://app.example.com'],
    ['CORS_ORIGINS', 'http://10.0.0.7:8080', 'http://10.0.0.7:8080'],
    ['EMAIL_VERIFIED_REDIRECT', 'http://app.example.com/welcome', 'http://app.example.com'],
    ['PASSWORD_RESET_REDIRECT', 'http://auth.example.com/new', 'http://auth.example.com'],
  ])('%s over plain http in production: %s', (name, value, origin) => {
    const warnings = warningsOf({ ...PRODUCTION, [name]: value })
    expect(
      warnings.filter((warning) => warning.startsWith(`${name} names ${origin}: over http`)),
    ).toHaveLength(1)
  })

  it.each([
    'http://localhost:5173',
    'http://127.0.0.1:8080',
    'http://[::1]',
    'http://app.localhost',
    APPS.join(),
  ])('and this machine and apps are not: %s', (origins) =>
    expect(warningsOf({ ...PRODUCTION, CORS_ORIGINS: origins })).toEqual([]),
  )

  it.each(
    Object.keys(throttleVariables).filter((name) =>
      readWords(throttleVariables[name as never]).default.includes('/'),
    ),
  )('%s=off in production, and not in development', (name) => {
    expect(warningsOf({ ...PRODUCTION, [name]: 'off' })).toEqual([
      expect.stringMatching(new RegExp(`^${name} is off in production, and nothing limits `)),
    ])
    expect(warningsOf({ [name]: 'off' })).toEqual([])
  })

  it.each([
    [{ HOST: '0.0.0.0' }, 'HOST=0.0.0.0'],
    [{ HOST: '::' }, 'HOST=::'],
    [{ HOST: '192.0.2.1' }, 'HOST=192.0.2.1'],
    [{ PUBLIC_URL: 'https://auth.example.com' }, 'PUBLIC_URL=https://auth.example.com'],
    [{ NODE_ENV: 'test', PUBLIC_URL: 'http://auth.example.com' }, 'PUBLIC_URL=http://auth.example.com'],
  ])('a public address outside of production: %o', (env, name) => {
    const [warning, ...others] = warningsOf(env)
    expect(others).toEqual([])
    expect(warning).toMatch(
      new RegExp(`^${name.replaceAll('.', '\\.')} .*NODE_ENV is not production.*mailbox`),
    )
    expect(warningsOf({ ...env, MAIL: 'off' })[0]).not.toContain('mailbox')
  })

  it.each<Record<string, string>>([
    { HOST: 'localhost' },
    { HOST: '::1' },
    { HOST: '127.0.0.2' },
    { PUBLIC_URL: 'http://auth.localhost:3000' },
  ])('and an address of this machine is not: %o', (env) => expect(warningsOf(env)).toEqual([]))
})

describe('COOKIE_PREFIX', () => {
  const COOKIE_MODE = { ...PRODUCTION, REFRESH_TOKEN_AS_COOKIE: 'true' }

  it('is none by default, and makes cookies Secure in development too', () => {
    expect(loadConfig({}).config.cookiePrefix).toBe('')
    const { config } = loadConfig({ COOKIE_PREFIX: '__Host-', REFRESH_TOKEN_AS_COOKIE: 'true' })
    expect(config).toMatchObject({
      cookiePrefix: '__Host-',
      resetCookie: { secure: true },
      refreshCookie: { secure: true, path: '/' },
    })
  })

  it.each<[string, Record<string, string>]>([
    ['COOKIE_PREFIX', { COOKIE_PREFIX: '__host-' }],
    ['COOKIE_PREFIX', { COOKIE_PREFIX: '__Host-', PUBLIC_URL: 'https://example.com/auth' }],
    ['REFRESH_TOKEN_COOKIE_PATH', { COOKIE_PREFIX: '__Host-', REFRESH_TOKEN_COOKIE_PATH: '/refresh' }],
    ['REFRESH_TOKEN_COOKIE_DOMAIN', { COOKIE_PREFIX: '__Host-', REFRESH_TOKEN_COOKIE_DOMAIN: 'example.com' }],
    ['REFRESH_TOKEN_COOKIE_SECURE', { REFRESH_TOKEN_COOKIE_SECURE: 'off' }],
    ['PASSWORD_RESET_COOKIE_SECURE', { PASSWORD_RESET_COOKIE_SECURE: 'off' }],
  ])('%s is refused in production: %o', (name, env) => {
    expect(findMistakes({ ...COOKIE_MODE, ...env })).toContainEqual(
      expect.stringMatching(new RegExp(`^${name} must`)),
    )
  })

  it.each(['__Secure-', '__Host-'])('%s needs Secure outside of production too', (COOKIE_PREFIX) => {
    const off = { PASSWORD_RESET_COOKIE_SECURE: 'off', REFRESH_TOKEN_COOKIE_SECURE: 'off' }
    expect(findMistakes({ COOKIE_PREFIX, REFRESH_TOKEN_AS_COOKIE: 'true', ...off })).toEqual([
      expect.stringMatching(/^PASSWORD_RESET_COOKIE_SECURE must not be off with COOKIE_PREFIX/),
      expect.stringMatching(/^REFRESH_TOKEN_COOKIE_SECURE must not be off with COOKIE_PREFIX/),
    ])
  })

  it('__Secure- fits a path and a domain', () => {
    const env = {
      COOKIE_PREFIX: '__Secure-',
      PUBLIC_URL: 'https://auth.example.com/auth',
      REFRESH_TOKEN_COOKIE_DOMAIN: 'example.com',
    }
    expect(findMistakes({ ...COOKIE_MODE, ...env })).toEqual([])
  })
})

it.each([
  'ACCESS_TOKEN_LIFETIME',
  'REFRESH_TOKEN_LIFETIME',
  'SESSION_LIFETIME',
  'REFRESH_GRACE',
  'EMAIL_CONFIRMATION_LIFETIME',
  'PASSWORD_RESET_LIFETIME',
  'AUDIT_RETENTION',
])('no duration is longer than ten years: %s', (name) => {
  expect(() => loadConfig({ [name]: '3651d' })).toThrow(new RegExp(`^${name} must be a duration`))
  expect(() => loadConfig({ [name]: '999999999d' })).toThrow(ConfigError)
  expect(() => loadConfig({ [name]: '3650d' })).not.toThrow()
})

it.each([
  ['a'.repeat(64)],
  ['abcdefghijkl'.repeat(4)],
  ['0123456789'.repeat(6)],
  ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcdefghijk'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'],
])('a secret with too little entropy is refused in production: %s', (SECRET_KEY) => {
  expect(() => loadConfig({ NODE_ENV: 'production', SECRET_KEY })).toThrow(/SECRET_KEY must not be/)
})

it.each(['hex', 'base64', 'base64url'] as const)('a random secret is accepted in production: %s', (form) => {
  for (let seed = 0; seed < 1000; seed++) {
    // The bytes are fixed: once in 25 million texts, random ones spell a word of an example.
    const SECRET_KEY = createHash('sha256').update(`secret ${seed}`).digest().toString(form)
    expect(() => loadConfig({ NODE_ENV: 'production', SECRET_KEY })).not.toThrow(/SECRET_KEY must/)
  }
})
