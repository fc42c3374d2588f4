import { expect, it } from 'vitest'
import { loadConfig } from './index.ts'

it.each([
  ['https://Example.com/auth', 'https://example.com/auth', '/auth'],
  ['https://example.com/auth/', 'https://example.com/auth', '/auth'],
  ['https://example.com/Sign/in/', 'https://example.com/Sign/in', '/Sign/in'],
  ['https://example.com:443/', 'https://example.com', ''],
])('PUBLIC_URL may have a path: %s', (PUBLIC_URL, publicUrl, basePath) => {
  const { config } = loadConfig({ PUBLIC_URL, REST_PREFIX: '/v1' })
  expect(config).toMatchObject({ publicUrl, basePath, linkBaseUrl: `${publicUrl}/v1` })
})

it.each(['/account', '/user/x', '/.well-known', '/docs', '/sessions', '/trpc'])(
  'PUBLIC_URL has no path that begins like a path of the server: %s',
  (path) => {
    const [, word] = path.split('/')
    expect(() => loadConfig({ PUBLIC_URL: `https://example.com${path}` })).toThrow(
      `PUBLIC_URL must not have a path that begins with /${word}, because the server has addresses there`,
    )
    expect(() => loadConfig({ PUBLIC_URL: `https://example.com/${word}s-of-ours` })).not.toThrow()
  },
)

it('a redirect to the portal outside of PUBLIC_URL gets a warning', () => {
  const PUBLIC_URL = 'https://example.com/auth'
  for (const name of ['EMAIL_VERIFIED_REDIRECT', 'PASSWORD_RESET_REDIRECT']) {
    expect(loadConfig({ PUBLIC_URL, [name]: '/account/x' }).warnings).toEqual([
      `${name} leads outside of PUBLIC_URL; the portal is below /auth/account/`,
    ])
    for (const target of ['/auth/account/x', '/welcome']) {
      expect(loadConfig({ PUBLIC_URL, [name]: target }).warnings).toEqual([])
    }
    expect(loadConfig({ [name]: '/account/x' }).warnings).toEqual([])
  }
})
