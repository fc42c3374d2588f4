import { refusalOf } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { getBearerToken } from './bearer.ts'
import { readPath, readWholePath } from './canonical-path.ts'
import { listSecurityHeaders } from './security-headers.ts'

describe('the token of an Authorization header', () => {
  it.each(['Bearer a.b.c', 'bearer a.b.c', ' BEARER \t a.b.c '])('is read: %j', (header) => {
    expect(getBearerToken(header)).toBe('a.b.c')
  })

  it.each([null, '', ' ', 'a.b.c', 'Basic a.b.c', 'Bearers a.b.c', 'Token Bearer a.b.c'])(
    'is missing: %j',
    async (header) => {
      expect(await refusalOf((async () => getBearerToken(header))())).toMatchObject({
        code: 'not_authenticated',
      })
    },
  )

  it.each(['Bearer', 'Bearer ', 'Bearer a b', 'bearer a.b.c x'])('is not one word: %j', async (header) => {
    expect(await refusalOf((async () => getBearerToken(header))())).toMatchObject({
      code: 'bad_authorization_header',
    })
  })
})

describe('the path of a URL', () => {
  it.each([
    ['http://localhost/', '/', '/'],
    ['http://localhost/a/b/', '/a/b/', '/a/b'],
    ['http://localhost/a/b', '/a/b', '/a/b'],
    ['http://localhost//', '//', '/'],
    ['http://localhost:3000/a/?x=/y/', '/a/', '/a'],
    ['http://localhost/a#/b?c', '/a', '/a'],
    ['http://localhost/%61//B/', '/%61//B/', '/%61//B'],
  ])('of %s is %s, and without its slash %s', (url, whole, path) => {
    expect(readWholePath(url)).toBe(whole)
    expect(readPath({ url } as Request)).toBe(path)
  })
})

describe('Strict-Transport-Security', () => {
  const isStrict = (url: string) =>
    listSecurityHeaders(url).some(([name]) => name === 'Strict-Transport-Security')

  it('is sent where the public address has https, and nowhere else', () => {
    expect(isStrict('https://id.example')).toBe(true)
    expect(isStrict('http://localhost:3000')).toBe(false)
  })
})
