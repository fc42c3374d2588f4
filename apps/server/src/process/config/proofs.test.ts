import { expect, it } from 'vitest'
import { loadConfig } from './index.ts'

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://auth.example.com',
  SECRET_KEY: 'q8Zr1xUuVnH2kYw7sT4eJ0aLm9PcD3fGbN6iRoKtWlE=',
  DATABASE_URL: 'postgres://latchkey:pw@db.example.com:5432/latchkey',
  SMTP_URL: 'smtps://latchkey:pw@mail.example.com',
  MAIL_FROM: 'Example <no-reply@example.com>',
}

const read = (env: NodeJS.ProcessEnv) => loadConfig(env).config

it('proofs are optional unless the operator says otherwise', () => {
  expect(read({}).dpop).toBe('optional')
  for (const DPOP of ['optional', 'required', 'off'] as const) expect(read({ DPOP }).dpop).toBe(DPOP)
  expect(() => read({ DPOP: 'on' })).toThrow('DPOP must be one of optional, required, off')
})

it('DPOP_BASE_URLS are addresses with a path, in one form', () => {
  const DPOP_BASE_URLS = 'https://App.Example.com:443/auth/, https://example.org http://127.0.0.1:4000'
  expect(read({ DPOP_BASE_URLS }).dpopBaseUrls).toEqual([
    'https://app.example.com/auth',
    'https://example.org',
    'http://127.0.0.1:4000',
  ])
})

it.each([
  ['over http on another machine', 'http://app.example.com'],
  ['with a user', 'https://user@app.example.com'],
  ['with a query', 'https://app.example.com/?a=1'],
  ['without a scheme', 'app.example.com'],
  ['with another scheme', 'capacitor://localhost'],
  ['with a good one beside it', 'https://app.example.com,x'],
])('an address of DPOP_BASE_URLS %s is a mistake', (_name, DPOP_BASE_URLS) => {
  expect(() => read({ DPOP_BASE_URLS })).toThrow('DPOP_BASE_URLS must be addresses such as')
})

it('in production each of them is an address of https', () => {
  const message = 'DPOP_BASE_URLS must begin with https:// in production'
  const DPOP_BASE_URLS = 'https://app.example.com,http://localhost:4000'
  expect(() => read({ ...PRODUCTION, DPOP_BASE_URLS })).toThrow(message)
  expect(read({ ...PRODUCTION, DPOP_BASE_URLS: 'https://app.example.com' }).dpopBaseUrls).toHaveLength(1)
})

it('the portal of npm run dev is known outside of production', () => {
  expect(read({}).dpopBaseUrls).toEqual(['http://localhost:5173'])
  expect(read(PRODUCTION).dpopBaseUrls).toEqual([])
})
