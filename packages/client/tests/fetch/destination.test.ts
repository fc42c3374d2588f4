import { afterEach, describe, expect, test, vi } from 'vitest'
import { createTrust, readDestination } from '../../src/fetch/destination.ts'
import { createFetch } from '../../src/fetch/index.ts'
import { createClient } from '../../src/index.ts'

afterEach(() => vi.unstubAllGlobals())

const trust = createTrust({
  urls: ['https://api.example.com', 'https://example.com/auth/', 'http://[::1]:80'],
})

describe('a URL is trusted with the access token', () => {
  test.each([
    ['https://api.example.com', 'https://api.example.com'],
    ['https://api.example.com/', 'https://api.example.com'],
    ['HTTPS://API.example.com:443/things?a=\\#b', 'https://api.example.com'],
    ['https://api.example.com?q', 'https://api.example.com'],
    ['https://example.com/auth', 'https://example.com'],
    ['https://example.com/auth/user/', 'https://example.com'],
    ['https://example.com/auth/.well-known/jwks.json', 'https://example.com'],
    ['http://[::1]/', 'http://[::1]'],
  ])('%s', (url, origin) => {
    expect(trust(url)).toBe(origin)
  })
})

describe('a URL is not trusted with it', () => {
  test.each([
    // Another origin.
    'http://api.example.com/',
    'https://api.example.com:8443/',
    'https://api.example.com.evil.net/',
    'https://api.example.com./',
    'https://sub.api.example.com/',
    // Read as another host by one parser or the other.
    'https://api.example.com@evil.net/',
    'https://user@api.example.com/',
    'https://api.example.com\\@evil.net/',
    'https://api.example.com\t.evil.net/',
    'https://api.example.com%2eevil.net/',
    'https://evil.net\\.api.example.com/',
    'https:api.example.com/',
    'https:///api.example.com/',
    '//api.example.com/',
    ' https://api.example.com/',
    'https://api.example.com/a\nb',
    // Beside the path of the base URL.
    'https://example.com/',
    'https://example.com/authors/',
    'https://example.com/auth/../things/',
    'https://example.com/auth/%2E%2e/things/',
    'https://example.com/auth/..%2fthings/',
    'https://example.com/auth/%2f..%5cthings/',
    'https://example.com/auth%2f../things/',
    // Servers of Java cut off what is behind a semicolon, and read the dots then.
    'https://example.com/auth/..;/things/',
    'https://example.com/auth/%2e%2E%3bx=1/things/',
    'https://example.com//auth/user/',
    // No URL of HTTP.
    'ftp://api.example.com/',
    'data:text/plain,https://api.example.com/',
    'blob:https://api.example.com/0',
    '',
    '/things',
  ])('%j', (url) => {
    expect(trust(url)).toBeNull()
  })
})

test('a URL is read alike with and without the URL of the runtime', () => {
  const urls = [
    'https://bücher.example/',
    'http://EXAMPLE.com:080/a/',
    'https://[2001:db8::1]:8443/',
    'http://x_y/',
  ]
  for (const url of urls.map((text) => new URL(text).href)) {
    expect(readDestination(url)?.[0]).toBe(new URL(url).origin)
  }
})

describe('at creation', () => {
  test.each(['api.example.com', '*', '', '/api', 'ftp://api.example.com', 'https://a@b.example'])(
    'a trusted origin that is no absolute URL is refused: %j',
    (url) => {
      const client = createClient({ baseUrl: 'https://auth.example.com' })
      const create = () => createFetch(client, { trustedOrigins: [url] })
      expect(create).toThrow(`trustedOrigins must be an absolute URL of http or https: "${url}"`)
    },
  )

  test.each([
    'https:auth.example.com',
    'localhost:3000',
    'https://a@b.example',
    'https://a.example?b',
    '/auth#a',
  ])('a base URL that would be read in another way is refused, also in a page: %j', (baseUrl) => {
    vi.stubGlobal('location', { origin: 'https://app.example.com', href: 'https://app.example.com/' })
    expect(() => createClient({ baseUrl })).toThrow(TypeError)
  })

  test('needs no origin of a URL, which React Native does not have', () => {
    const OldUrl = class {
      get origin(): string {
        throw new Error('URL.origin is not implemented')
      }
      get href(): string {
        return 'https://auth.example.com/'
      }
    }
    vi.stubGlobal('URL', OldUrl)
    expect(createClient({ baseUrl: 'https://auth.example.com' }).baseUrl).toBe('https://auth.example.com')
  })
})
