import { afterEach, describe, expect, test, vi } from 'vitest'
import { createClient } from '../src/index.ts'
import { memoryStorage } from '../src/session/storage.ts'
import { modeOf } from './support/modes.ts'

const AUTH = 'https://auth.example.com'
let number = 0

afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** Opens a page, and creates a client of a server at a path that no other test has used. */
function warningsAt(
  page: string,
  options: { baseUrl?: string; mode?: 'cookie' | 'token'; times?: number } = {},
) {
  const { baseUrl = AUTH, mode = 'cookie', times = 1 } = options
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.stubGlobal('location', new URL(page))
  const own = `${baseUrl}/${++number}`
  for (let i = 0; i < times; i++) createClient({ baseUrl: own, mode: modeOf(mode), storage: memoryStorage() })
  return warn.mock.calls.flat()
}

describe('cookie mode on a page of another site', () => {
  test.each([
    ['https://app.example.org/', AUTH],
    ['http://auth.example.com/', AUTH],
    ['http://localhost:5173/', 'http://127.0.0.1:3000'],
    ['https://localhost:5173/', AUTH],
  ])('warns once, and says what to do: %s to %s', (page, baseUrl) => {
    const warnings = warningsAt(page, { baseUrl, times: 3 })
    expect(warnings).toHaveLength(1)
    for (const words of [
      'cookieMode',
      new URL(page).origin,
      'REFRESH_TOKEN_COOKIE_SAME_SITE',
      'the default mode',
    ])
      expect(warnings[0]).toContain(words)
  })

  test.each([
    ['https://app.example.com/', AUTH],
    ['https://auth.example.com:8443/', AUTH],
    ['http://localhost:5173/', 'http://localhost:3000'],
    ['http://127.0.0.1:5173/', 'http://127.0.0.1:3000'],
  ])('does not warn on a page of the same site: %s to %s', (page, baseUrl) => {
    expect(warningsAt(page, { baseUrl })).toEqual([])
  })

  test('does not warn in token mode, in production, and where there is no page', () => {
    expect(warningsAt('https://app.example.org/', { mode: 'token' })).toEqual([])
    vi.stubEnv('NODE_ENV', 'production')
    expect(warningsAt('https://app.example.org/')).toEqual([])
  })

  test('warns without a bundler on this machine alone', () => {
    vi.stubGlobal('process', undefined)
    expect(warningsAt('https://app.example.org/')).toEqual([])
    expect(warningsAt('http://app.localhost:5173/')).toHaveLength(1)
  })
})
