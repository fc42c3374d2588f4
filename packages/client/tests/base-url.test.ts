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

it('in a frame with `srcdoc`, baseUrl may be relative to the origin of its page', () => {
  vi.stubGlobal('location', { origin: 'null', href: 'about:srcdoc' })
  vi.stubGlobal('origin', 'https://app.example.com')
  expect(open('/auth').baseUrl).toBe('https://app.example.com/auth')
})

it('in a frame without an origin, a relative baseUrl is refused', () => {
  vi.stubGlobal('location', { origin: 'null', href: 'about:srcdoc' })
  vi.stubGlobal('origin', 'null')
  expect(() => open('/auth')).toThrow('baseUrl must be an absolute URL: "/auth"')
})
