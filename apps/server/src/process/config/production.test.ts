import { expect, it } from 'vitest'
import { loadConfig } from './index.ts'
import { findMistakes } from './test-mistakes.ts'

const STRONG = 'q8Zr1xUuVnH2kYw7sT4eJ0aLm9PcD3fGbN6iRoKtWlE='
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://auth.example.com',
  SECRET_KEY: STRONG,
  DATABASE_URL: 'postgres://latchkey:pw@db.example.com:5432/latchkey',
  MAIL: 'off',
}
const load = (env: Record<string, string>) => loadConfig({ ...PRODUCTION, ...env }).config
const mistakesOf = (env: Record<string, string>) => findMistakes({ ...PRODUCTION, ...env })

it('a missing PUBLIC_URL is said to be missing, and one of http to be of http', () => {
  expect(mistakesOf({ PUBLIC_URL: '' })).toEqual([expect.stringMatching(/^PUBLIC_URL is required/)])
  expect(mistakesOf({ PUBLIC_URL: 'http://auth.example.com' })).toEqual([
    expect.stringMatching(/^PUBLIC_URL must begin with https/),
  ])
})

it('a PUBLIC_URL with a password alone is refused', () => {
  expect(mistakesOf({ PUBLIC_URL: 'https://:pw@auth.example.com' })).toContainEqual(
    expect.stringMatching(/^PUBLIC_URL must be /),
  )
})

it('a word of an example is refused also within a text of much entropy', () => {
  for (const [name, value] of [
    ['SECRET_KEY', `change-me-${STRONG}`],
    ['SECRET_KEY_FALLBACKS', `${STRONG},${STRONG}placeholder`],
    ['METRICS_TOKEN', `${STRONG}-example`],
  ] as const) {
    expect(mistakesOf({ [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name} must not .* an example value`)),
    ])
  }
})

it('a strong token of the metrics and a strong former secret are accepted', () => {
  const config = load({ METRICS_TOKEN: STRONG, SECRET_KEY_FALLBACKS: STRONG })
  expect(config).toMatchObject({ metrics: { token: STRONG }, secretKeyFallbacks: [STRONG] })
})

it('cookies are Secure without a setting', () => {
  const config = load({ REFRESH_TOKEN_AS_COOKIE: 'true' })
  expect(config).toMatchObject({
    cookiePrefix: '',
    resetCookie: { secure: true },
    refreshCookie: { secure: true },
  })
})

it('a cookie without Secure is named once, whatever its SameSite is', () => {
  for (const name of ['PASSWORD_RESET_COOKIE', 'REFRESH_TOKEN_COOKIE']) {
    const env = { REFRESH_TOKEN_AS_COOKIE: 'true', [`${name}_SECURE`]: 'off', [`${name}_SAME_SITE`]: 'None' }
    expect(mistakesOf(env)).toEqual([`${name}_SECURE must not be off in production`])
  }
})
