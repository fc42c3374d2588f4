import { afterEach, expect, it, vi } from 'vitest'
import { createClient, memoryStorage } from '../src/index.ts'

afterEach(() => vi.unstubAllGlobals())

const open = (baseUrl: string) => createClient({ baseUrl, storage: memoryStorage() })

it.each([
  ['', 'https://app.example.com'],
  ['/', 'https://app.example.com'],
  ['/auth/', 'https://app.example.com/auth'],
  ['https://auth.example.com/', 'https://auth.example.com'],
])('in a page, baseUrl may be relative to the origin: %s', (baseUrl, absolute) => {
  const origin = 'https://app.example.com'
  vi.stubGlobal('location', { origin, href: `${origin}/account/sessions?x=1` })
  expect(open(baseUrl).baseUrl).toBe(absolute)
})

it('outside a page, a relative baseUrl is refused', () => {
  expect(() => open('/auth')).toThrow('baseUrl must be an absolute URL: "/auth"')
})
