import { expect, it } from 'vitest'
import { loadConfig } from './index.ts'

const COOKIES = { PASSWORD_RESET_COOKIE: {}, REFRESH_TOKEN_COOKIE: { REFRESH_TOKEN_AS_COOKIE: 'true' } }
const HTTPS = { PUBLIC_URL: 'https://auth.example.com' }
const AUTH = { ...HTTPS, REFRESH_TOKEN_AS_COOKIE: 'true' }
const BELOW = { ...AUTH, PUBLIC_URL: 'https://example.com/auth' }

const load = (env: Record<string, string>) => () => loadConfig(env)

it.each(Object.entries(COOKIES))('SameSite=None needs Secure: %s', (name, mode) => {
  const env = { ...mode, ...HTTPS, [`${name}_SAME_SITE`]: 'None' }
  expect(load(env)).toThrow(`${name}_SAME_SITE must not be None without ${name}_SECURE`)
  expect(load({ ...env, [`${name}_SECURE`]: 'true' })).not.toThrow()
})

it.each(Object.entries(COOKIES))('Secure needs https, or the own machine: %s', (name, mode) => {
  const env = { ...mode, [`${name}_SECURE`]: 'true' }
  for (const host of ['192.168.1.5:3000', 'auth.lan', 'localhost.example.com', '127.example.com']) {
    const fault = `${name}_SECURE must be off with a PUBLIC_URL of http`
    expect(load({ ...env, PUBLIC_URL: `http://${host}` })).toThrow(fault)
  }
  for (const url of [
    'http://localhost:3000',
    'http://a.localhost',
    'http://127.0.0.1',
    'http://[::1]:1',
    HTTPS.PUBLIC_URL,
  ]) {
    expect(load({ ...env, PUBLIC_URL: url })).not.toThrow()
  }
})

it.each(['other.com', 'ample.com', 'sub.auth.example.com', 'xauth.example.com'])(
  'a host sets no cookies for other domains: %s',
  (REFRESH_TOKEN_COOKIE_DOMAIN) => {
    expect(load({ ...AUTH, REFRESH_TOKEN_COOKIE_DOMAIN })).toThrow(
      /^REFRESH_TOKEN_COOKIE_DOMAIN must be the host of PUBLIC_URL or a domain above it/,
    )
  },
)

it.each(['auth.example.com', '.auth.example.com', 'example.com', '.Example.com'])(
  'a host sets cookies for itself and for the domains above it: %s',
  (REFRESH_TOKEN_COOKIE_DOMAIN) => {
    expect(load({ ...AUTH, REFRESH_TOKEN_COOKIE_DOMAIN })).not.toThrow()
  },
)

it('no domain is above an address', () => {
  const env = { ...AUTH, PUBLIC_URL: 'https://10.0.0.1', REFRESH_TOKEN_COOKIE_DOMAIN: '0.0.1' }
  expect(load(env)).toThrow(/^REFRESH_TOKEN_COOKIE_DOMAIN/)
})

it.each([
  [AUTH, '/refresh', '/logout/'],
  [AUTH, '/api', '/refresh/ and /logout/'],
  [{ ...AUTH, REST_PREFIX: '/v1' }, '/v', '/v1/refresh/ and /v1/logout/'],
  [{ ...AUTH, REST_PREFIX: '/v1' }, '/v1/refresh/', '/v1/logout/'],
  [BELOW, '/au', '/auth/refresh/ and /auth/logout/'],
  [{ ...BELOW, REST_PREFIX: '/v1' }, '/v1', '/auth/v1/refresh/ and /auth/v1/logout/'],
])('the path covers every operation that reads the cookie: %o, Path=%s', (env, path, missed) => {
  expect(load({ ...env, REFRESH_TOKEN_COOKIE_PATH: path })).toThrow(
    `REFRESH_TOKEN_COOKIE_PATH must cover ${missed}: browsers send the cookie below its path only`,
  )
})

it.each([
  [AUTH, '/', '/'],
  [{ ...AUTH, REST_PREFIX: '/v1' }, '/v1', '/v1'],
  [{ ...AUTH, REST_PREFIX: '/v1' }, '/v1/', '/v1/'],
  [BELOW, '/auth', '/auth'],
  [BELOW, '', '/auth'],
  [AUTH, '', '/'],
])('a path above them is used, and the default is the path of PUBLIC_URL: %o, Path=%s', (env, path, used) => {
  const { config } = loadConfig({ ...env, REFRESH_TOKEN_COOKIE_PATH: path })
  expect(config.refreshCookie?.path).toBe(used)
})

it('an allowed page of another site gets a warning, because it gets no cookie', () => {
  const warned = (origin: string, env: Record<string, string> = {}) =>
    loadConfig({ ...AUTH, CORS_ORIGINS: origin, ...env }).warnings
  const others = [
    'https://app.other.com',
    'http://app.example.com',
    'capacitor://localhost',
    'https://10.0.0.1',
  ]
  for (const origin of others) {
    expect(warned(origin)).toEqual([expect.stringContaining(`pages of ${origin} are of another site`)])
    expect(warned(origin, { REFRESH_TOKEN_AS_COOKIE: 'false' })).toEqual([])
    const none = { REFRESH_TOKEN_COOKIE_SAME_SITE: 'None', REFRESH_TOKEN_COOKIE_SECURE: 'true' }
    expect(warned(origin, none)).toEqual([])
  }
  expect(warned('https://app.example.com')).toEqual([])
  expect(warned('http://localhost:5173', { PUBLIC_URL: 'http://localhost:3000' })).toEqual([])
  expect(warned('http://127.0.0.1:5173', { PUBLIC_URL: 'http://localhost:3000' })).toHaveLength(1)
  // Two addresses are two sites, whatever their last numbers are.
  expect(warned('https://10.9.0.1', { PUBLIC_URL: 'https://10.0.0.1' })).toContainEqual(
    expect.stringContaining('pages of https://10.9.0.1 are of another site'),
  )
})

it('a reset form of another site gets a warning, because it gets no cookie', () => {
  const warned = (PASSWORD_RESET_REDIRECT: string, env: Record<string, string> = {}) =>
    loadConfig({ ...HTTPS, PASSWORD_RESET_REDIRECT, ...env }).warnings
  const none = { PASSWORD_RESET_COOKIE_SAME_SITE: 'None', PASSWORD_RESET_COOKIE_SECURE: 'true' }
  for (const form of ['https://app.other.com/new', 'http://app.example.com/new']) {
    expect(warned(form)).toEqual([
      expect.stringContaining('PASSWORD_RESET_COOKIE_SAME_SITE=Lax: the form of PASSWORD_RESET_REDIRECT'),
    ])
    expect(warned(form, none)).toEqual([])
  }
  const served = ['https://app.example.com/new', '/new', 'https://app.other.com/new#token={token}']
  for (const form of served) expect(warned(form)).toEqual([])
})

it('the attributes of the refresh cookie are not judged while the token travels in the body', () => {
  expect(
    load({ REFRESH_TOKEN_COOKIE_DOMAIN: 'other.com', REFRESH_TOKEN_COOKIE_SAME_SITE: 'None' }),
  ).not.toThrow()
})
