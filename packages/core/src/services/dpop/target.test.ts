import { describe, expect, it } from 'vitest'
import { namesTarget } from './target.ts'

const PLAIN = {
  path: '/refresh',
  publicUrl: 'https://auth.example.com',
  baseUrls: ['https://app.example.com/auth'],
  restPrefix: '',
}
const PREFIXED = { ...PLAIN, restPrefix: '/jwt-allauth' }
const BELOW = { ...PLAIN, publicUrl: 'https://example.com/auth' }
const AT_HOME = { ...PLAIN, publicUrl: 'http://localhost:3000', baseUrls: [], loopbackPort: 3000 }

describe('the address of a proof is that of the request', () => {
  it.each([
    ['as it is', 'https://auth.example.com/refresh/'],
    ['without the slash at its end', 'https://auth.example.com/refresh'],
    ['with a query and a fragment', 'https://auth.example.com/refresh/?a=1#b'],
    ['with the usual port', 'https://auth.example.com:443/refresh/'],
    ['with capitals in scheme and host', 'HTTPS://Auth.Example.COM/refresh/'],
    ['with an encoded letter', 'https://auth.example.com/%72efres%68/'],
    ['with dots', 'https://auth.example.com/a/../refresh/'],
    ['with encoded dots', 'https://auth.example.com/a/%2E%2e/refresh/'],
    ['at the proxy of an app', 'https://app.example.com/auth/refresh/'],
  ])('%s', (_name, htu) => {
    expect(namesTarget(htu, PLAIN)).toBe(true)
  })

  it.each([
    ['below the prefix', '/refresh', 'https://auth.example.com/jwt-allauth/refresh/'],
    ['without the prefix', '/jwt-allauth/refresh', 'https://auth.example.com/refresh/'],
    ['with the prefix on both', '/jwt-allauth/refresh', 'https://auth.example.com/jwt-allauth/refresh'],
    [
      'at a proxy that takes the prefix away',
      '/refresh',
      'https://app.example.com/auth/jwt-allauth/refresh/',
    ],
  ])('%s', (_name, path, htu) => {
    expect(namesTarget(htu, { ...PREFIXED, path })).toBe(true)
  })

  it('below the path of the public URL', () => {
    expect(namesTarget('https://example.com/auth/refresh/', BELOW)).toBe(true)
    expect(namesTarget('https://example.com/refresh/', BELOW)).toBe(false)
  })

  it('of a batch with all of its names', () => {
    const batch = { ...PLAIN, path: '/trpc/auth.refresh,user.me' }
    expect(namesTarget('https://auth.example.com/trpc/auth.refresh,user.me?batch=1', batch)).toBe(true)
    expect(namesTarget('https://auth.example.com/trpc/auth.refresh', batch)).toBe(false)
  })

  it.each([
    'http://localhost:3000/refresh/',
    'http://127.0.0.1:3000/refresh/',
    'http://[::1]:3000/refresh/',
    'http://app.localhost:3000/refresh/',
    'https://localhost:3000/refresh/',
  ])('in development: %s', (htu) => {
    expect(namesTarget(htu, AT_HOME)).toBe(true)
  })

  it.each([
    [80, 'http://localhost/refresh/', true],
    [80, 'https://localhost/refresh/', false],
    [443, 'https://localhost/refresh/', true],
    [443, 'http://localhost/refresh/', false],
  ])('in development on port %i, which is usual for one scheme: %s is %s', (loopbackPort, htu, isOurs) => {
    expect(namesTarget(htu, { ...AT_HOME, loopbackPort })).toBe(isOurs)
  })
})

describe('the address of a proof is another one', () => {
  it.each([
    ['another path', 'https://auth.example.com/login/'],
    ['another host', 'https://evil.example.com/refresh/'],
    ['another scheme', 'http://auth.example.com/refresh/'],
    ['another port', 'https://auth.example.com:8443/refresh/'],
    ['a host that begins like ours', 'https://auth.example.com.evil.com/refresh/'],
    ['two slashes at the end', 'https://auth.example.com/refresh//'],
    ['two slashes at the start', 'https://auth.example.com//refresh/'],
    ['capitals in the path', 'https://auth.example.com/REFRESH/'],
    ['an encoded slash', 'https://auth.example.com%2Frefresh/'],
    ['a slash encoded at the end', 'https://auth.example.com/refresh%2F'],
    ['user information', 'https://user@auth.example.com/refresh/'],
    ['user information with a password', 'https://user:pass@auth.example.com/refresh/'],
    ['a password alone', 'https://:pass@auth.example.com/refresh/'],
    ['the path of a proxy on our host', 'https://auth.example.com/auth/refresh/'],
    ['the host of a proxy without its path', 'https://app.example.com/refresh/'],
    ['a path alone', '/refresh/'],
    ['another kind of address', 'ftp://auth.example.com/refresh/'],
    ['a script', 'javascript:alert(1)'],
    ['nothing', ''],
    ['NUL', '\0'],
    ['a name of this machine, in production', 'http://localhost:3000/refresh/'],
    ['a number', 7],
    ['a list', ['https://auth.example.com/refresh/']],
    ['null', null],
    ['missing', undefined],
  ])('%s', (_name, htu) => {
    expect(namesTarget(htu, PLAIN)).toBe(false)
  })

  it.each([
    ['of another port', 'http://localhost:3001/refresh/'],
    ['without a port', 'http://localhost/refresh/'],
    ['of another machine', 'http://192.0.2.1:3000/refresh/'],
    ['with a name that begins like ours', 'http://localhost.example.com:3000/refresh/'],
    ['of another kind', 'ftp://localhost:3000/refresh/'],
    ['without a host', '/refresh/'],
    ['missing', undefined],
  ])('in development %s', (_name, htu) => {
    expect(namesTarget(htu, AT_HOME)).toBe(false)
  })

  it('keeps the encoding of what is not unreserved, in any case of its digits', () => {
    const encoded = { ...PLAIN, path: '/sessions/%C3%A4' }
    expect(namesTarget('https://auth.example.com/sessions/%c3%a4', encoded)).toBe(true)
    expect(namesTarget('https://auth.example.com/sessions/ä', encoded)).toBe(true)
    expect(namesTarget('https://auth.example.com/sessions/%A4', encoded)).toBe(false)
  })
})
