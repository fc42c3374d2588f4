import { describe, expect, test } from 'vitest'
import { makeSafe } from './safe-values.ts'

const HOME = 'https://example.com/auth'

describe('a value in a mail', () => {
  test.each(['address', 'hidableAddress'] as const)('of type %s is no link before its @', (type) => {
    const address = 'ada+www.evil.example/win?a=1@example.com'
    expect(makeSafe(type, address, HOME)).toBe('ada+www.evil.example…win…a…1@example.com')
    expect(makeSafe(type, 'ada@example.com', HOME)).toBe('ada@example.com')
  })

  test('that is an address is one line of 254 characters at most', () => {
    expect(makeSafe('address', 'a\r\nb\u202E@example.com', HOME)).toBe('a b @example.com')
    const longest = `${'🔑'.repeat(242)}@example.com`
    expect(makeSafe('address', longest, HOME)).toBe(longest)
    expect(makeSafe('address', `🔑${longest}`, HOME)).toBe(`${'🔑'.repeat(243)}@example.c…`)
  })

  test('that names a device has no line ends, and what is no text stays', () => {
    const origin = { browser: 'a\nb', os: null, network: '192.0.2.1\u2028' }
    expect(makeSafe('origin', origin, HOME)).toEqual({ browser: 'a b', os: null, network: '192.0.2.1' })
    expect(makeSafe('origin', undefined, HOME)).toEqual({})
  })

  test.each([
    ['hidableAddress', null],
    ['time', 1_795_373_600_000],
    ['factorChange', { kind: 'codeUsed', left: 3 }],
  ] as const)('of type %s stays as it is, if it is no text', (type, value) => {
    expect(makeSafe(type, value, HOME)).toBe(value)
  })
})

describe('a link in a mail', () => {
  test.each(['https://example.com/auth', 'https://example.com/auth/', 'https://example.com/auth/a?b#c'])(
    'may lead to this server: %s',
    (link) => {
      expect(makeSafe('link', link, HOME)).toBe(link)
    },
  )

  test.each([
    'https://example.com/authors',
    'https://example.com/',
    'https://example.com/auth/../other',
    'https://evil.example/auth/',
    'https://example.com@evil.example/auth/',
    'http://example.com/auth/',
    '/auth/',
    '',
    undefined,
  ])('leads nowhere else: %j', (link) => {
    expect(() => makeSafe('link', link, HOME)).toThrow('must lead to PUBLIC_URL')
  })
})
