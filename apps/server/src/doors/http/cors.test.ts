import { describe, expect, it } from 'vitest'
import { createCors } from './cors.ts'

const ORIGIN = 'https://app.example'
const PREFLIGHT = { origin: ORIGIN, 'access-control-request-method': 'POST' }

/** The headers of an answer to a request, without the prefix that they share. */
function answer(method: string, sent: Record<string, string>, allow: string | null = 'POST, OPTIONS') {
  const headers = new Headers(allow === null ? {} : { Allow: allow })
  createCors([ORIGIN])(new Request('http://localhost/', { method, headers: sent }), headers)
  const own = [...headers].filter(([name]) => name.startsWith('access-control-'))
  return Object.fromEntries(own.map(([name, value]) => [name.slice('access-control-'.length), value]))
}

const ALLOWED = { 'allow-origin': ORIGIN, 'allow-credentials': 'true', 'expose-headers': expect.any(String) }

describe('an allowed page', () => {
  it('learns from a preflight which methods and headers it may send, for ten minutes', () => {
    expect(answer('OPTIONS', { ...PREFLIGHT, 'access-control-request-headers': 'x-trace,  dpop' })).toEqual({
      ...ALLOWED,
      'allow-methods': 'POST, OPTIONS',
      'allow-headers': 'x-trace, dpop',
      'max-age': '600',
    })
  })

  it.each([
    ['none', ''],
    ['what is no name', 'x-trace, x y'],
    ['too many', 'x,'.repeat(60).concat('x')],
    ['too long a list', 'x'.repeat(2001)],
  ])('gets the headers of the contract for a preflight that asks for %s', (_case, asked) => {
    const { 'allow-headers': names } = answer('OPTIONS', {
      ...PREFLIGHT,
      'access-control-request-headers': asked,
    })
    expect(names).toContain('Authorization, Content-Type')
  })

  it.each([
    ['a call', 'POST', { origin: ORIGIN }],
    ['a call that names the method of a preflight', 'POST', PREFLIGHT],
    ['OPTIONS that is no preflight', 'OPTIONS', { origin: ORIGIN }],
  ])('gets no rules of a preflight for %s', (_case, method, sent) => {
    expect(answer(method, sent)).toEqual(ALLOWED)
  })

  it('gets no rules for a path that does not say its methods', () => {
    expect(answer('OPTIONS', PREFLIGHT, null)).toEqual(ALLOWED)
  })
})

describe('a page of another site', () => {
  it.each([`${ORIGIN}.evil.example`, 'https://APP.example', 'http://app.example', 'null'])(
    'gets nothing: %s',
    (origin) => {
      expect(answer('OPTIONS', { ...PREFLIGHT, origin })).toEqual({})
    },
  )
})
