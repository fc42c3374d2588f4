import { afterEach, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const ENDPOINTS = '/.well-known/passkey-endpoints'
const RELATED = '/.well-known/webauthn'

let server: TestServer
afterEach(() => server.close())

const start = (settings: object) => startTestServer({ settings: settings as never })
const fetchFile = (path: string) => call(server.url + path)

describe(ENDPOINTS, () => {
  it('leads password managers to the page of the portal', async () => {
    server = await start({ portalServed: true, publicUrl: 'https://example.com' })
    const page = 'https://example.com/account/security'
    const answer = await fetchFile(ENDPOINTS)
    expect(answer).toMatchObject({ status: 200, body: { enroll: page, manage: page } })
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
  })

  it('is at the root of the site, and below the path of PUBLIC_URL for a proxy that leaves it', async () => {
    const publicUrl = 'https://example.com/auth'
    server = await start({ portalServed: true, publicUrl, basePath: '/auth' })
    const page = `${publicUrl}/account/security`
    for (const path of [ENDPOINTS, `/auth${ENDPOINTS}`]) {
      expect(await fetchFile(path)).toMatchObject({ status: 200, body: { enroll: page, manage: page } })
    }
  })

  it.each([{ portalServed: false }, { portalServed: true, passkeysEnabled: false }])(
    'is not there with %j',
    async (settings) => {
      server = await start(settings)
      expect(await fetchFile(ENDPOINTS)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    },
  )
})

describe(RELATED, () => {
  const own = ['https://auth.example.com', 'https://example.com', 'http://localhost:3000']
  const app = `android:apk-key-hash:${'A'.repeat(43)}`

  it('names the other sites whose pages may use the passkeys, and neither own pages nor apps', async () => {
    const origins = ['https://example.net', 'https://app.example.org:8443']
    const passkeyOrigins = [...own, app, ...origins, 'https://notexample.com']
    server = await start({ passkeyRpId: 'example.com', passkeyOrigins })
    const answer = await fetchFile(RELATED)
    expect(answer).toMatchObject({ status: 200, body: { origins: [...origins, 'https://notexample.com'] } })
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect((await call(server.url + RELATED, { method: 'POST', json: {} })).status).toBe(405)
  })

  it.each([
    { passkeyOrigins: [...own, app] },
    { passkeysEnabled: false, passkeyOrigins: ['https://example.net'] },
  ])('is not there with %j', async (settings) => {
    server = await start({ passkeyRpId: 'example.com', ...settings })
    expect(await fetchFile(RELATED)).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})
