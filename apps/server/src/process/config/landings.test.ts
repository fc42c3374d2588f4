import { describe, expect, it } from 'vitest'
import { loadConfig } from './index.ts'
import { findMistakes } from './test-mistakes.ts'

describe.each(['PASSWORD_RESET_REDIRECT', 'EMAIL_VERIFIED_REDIRECT'])('%s', (name) => {
  it.each([
    ['https://app.example.com/done#token={token}', 'https://app.example.com/done#token={token}'],
    ['/done#{purpose}={token}', '/done#{purpose}={token}'],
  ])('may have placeholders behind its #: %s', (value, read) => {
    const { config } = loadConfig({ [name]: value })
    expect([config.passwordResetRedirect, config.emailVerifiedRedirect]).toContain(read)
  })

  it.each([
    'https://app.example.com/done?token={token}',
    'https://app.example.com/{token}',
    '/done?token={token}#x',
    '/done#{secret}',
  ])('is refused with a secret that a log would hold, or an unknown placeholder: %s', (value) => {
    expect(findMistakes({ [name]: value })).toEqual([expect.stringContaining(`${name} must be `)])
    expect(findMistakes({ [name]: value })[0]).toContain('because a query is logged')
  })
})

describe('REDIRECT_URLS', () => {
  it('is a list of addresses in their canonical form', () => {
    const REDIRECT_URLS =
      'HTTPS://App.example.com:443/app/, https://b.example/r#t={token} http://localhost:5173'
    expect(loadConfig({ REDIRECT_URLS }).config.redirectUrls).toEqual([
      'https://app.example.com/app/',
      'https://b.example/r#t={token}',
      'http://localhost:5173/',
    ])
  })

  it.each([
    'http://app.example.com/',
    'https://*.example.com/',
    '/path',
    'https://a.example/?t={token}',
    'https://u@a.example',
  ])('is refused by name with %s', (value) => {
    const REDIRECT_URLS = `https://app.example.com/,${value}`
    expect(findMistakes({ REDIRECT_URLS })).toEqual([expect.stringContaining('REDIRECT_URLS must be URLs')])
  })
})

it('a form on another site that takes the token needs no cookie, so no warning is given', () => {
  const env = {
    PUBLIC_URL: 'https://auth.example.com',
    PASSWORD_RESET_REDIRECT: 'https://app.example.org/reset',
  }
  expect(loadConfig(env).warnings).toEqual([expect.stringContaining('#token={token}')])
  const PASSWORD_RESET_REDIRECT = 'https://app.example.org/reset#token={token}'
  expect(loadConfig({ ...env, PASSWORD_RESET_REDIRECT }).warnings).toEqual([])
})

it.each([
  ['https://app.example.com/done#key={token}', 1],
  ['https://app.example.com/done#{purpose}={token}', 0],
  ['https://app.example.com/done', 0],
])('a page that confirms addresses must learn which of its two operations to call: %s', (target, count) => {
  const { warnings } = loadConfig({ EMAIL_VERIFIED_REDIRECT: target })
  expect(warnings.filter((one) => one.includes('{purpose}'))).toHaveLength(count)
})
