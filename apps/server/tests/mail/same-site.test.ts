import { NEW_PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

const NEW = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }

let server: MailServer
let cookie: string
beforeAll(async () => {
  server = await startMailServer({
    publicUrl: 'https://auth.example.com',
    linkBaseUrl: 'https://auth.example.com',
    corsOrigins: ['https://app.example.com'],
    emailVerifiedRedirect: 'https://marketing.example/',
  })
})
beforeEach(async () => {
  cookie = (await server.openReset((await server.register()).email)).cookie
})
afterAll(() => server.close())

/** All headers that a browser may send for a page of another site. */
const CROSS_SITE: Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { origin: 'https://auth.example.com.evil.example' },
  { origin: 'https://evil.example/https://auth.example.com' },
  { origin: 'https://auth.example.comevil.example' },
  { origin: 'https://xauth.example.com' },
  { origin: 'https://sub.auth.example.com' },
  { origin: 'http://auth.example.com' },
  { origin: 'https://auth.example.com:8443' },
  { origin: 'https://AUTH.example.com' },
  { origin: 'https://auth.example.com/' },
  { origin: 'https://auth.example.com, https://evil.example' },
  { origin: 'https://marketing.example' },
  { origin: 'null' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  { origin: 'null', 'sec-fetch-site': 'same-site' },
  { origin: 'null', 'sec-fetch-site': 'none' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'anything' },
]

const OWN: Record<string, string>[] = [
  {},
  { origin: 'https://auth.example.com' },
  { origin: 'https://app.example.com', 'sec-fetch-site': 'same-site' },
  { origin: 'null', 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'none' },
]

describe('a new password', () => {
  it.each(CROSS_SITE)('is refused from %o, through both doors', async (headers) => {
    const sent = { cookie, ...headers }
    const rest = await server.post('/password/reset/set-new/', NEW, { headers: sent })
    expect(rest).toMatchObject({ status: 403, body: { code: 'csrf_failed' } })
    const form = await call(`${server.url}/password/reset/set-new/`, {
      body: new URLSearchParams(NEW),
      headers: { accept: 'text/html', ...sent },
    })
    expect(form.status).toBe(403)
    const procedure = { path: 'password.setNew', type: 'mutation' }
    const trpc = await callTrpc(server.url, procedure, { input: NEW, headers: sent })
    expect(trpc).toMatchObject({ status: 403, body: { error: { data: { code: 'csrf_failed' } } } })
    expect((await server.post('/password/reset/set-new/', NEW, { headers: { cookie } })).status).toBe(200)
  })

  it.each(OWN)('is accepted from %o', async (headers) => {
    const answer = await server.post('/password/reset/set-new/', NEW, { headers: { cookie, ...headers } })
    expect(answer.status).toBe(200)
  })
})
