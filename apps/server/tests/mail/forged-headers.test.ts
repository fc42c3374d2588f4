import { request } from 'node:http'
import { newEmail, PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MailServer, type Pair, startMailServer } from './mail-server.ts'

const EVIL = 'evil.example'
const PUBLIC_URL = 'https://auth.example.com'
const FORGED = {
  host: EVIL,
  origin: `https://${EVIL}`,
  referer: `https://${EVIL}/`,
  forwarded: `for=192.0.2.60;proto=http;by=203.0.113.43;host=${EVIL}`,
  'x-forwarded-host': EVIL,
  'x-forwarded-proto': 'http',
  'x-forwarded-for': EVIL,
  'x-forwarded-port': '1',
  'x-forwarded-prefix': `//${EVIL}`,
  'x-original-url': `//${EVIL}/`,
  'x-rewrite-url': `//${EVIL}/`,
  'x-host': EVIL,
  'x-request-id': 'forged',
  'user-agent': EVIL,
}

let server: MailServer
beforeAll(async () => {
  server = await startMailServer({
    emailVerification: 'optional',
    publicUrl: PUBLIC_URL,
    linkBaseUrl: PUBLIC_URL,
  })
})
afterAll(() => server.close())

/** Sends the forged headers. `fetch` cannot be used, because it does not send `Host`. */
function send(method: string, path: string, json?: unknown, token?: string) {
  const { hostname, port } = new URL(server.url)
  const headers = {
    ...FORGED,
    'content-type': 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
  }
  return new Promise<{ status: number; location: string | undefined; body: string }>((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers }, async (response) => {
      let body = ''
      for await (const chunk of response) body += chunk
      resolve({ status: response.statusCode ?? 0, location: response.headers.location, body })
    })
    sent.on('error', reject)
    sent.end(json === undefined ? undefined : JSON.stringify(json))
  })
}

it('forged headers of a request do not change a mailed link or a redirect', async () => {
  const [email, target] = [newEmail(), newEmail()]
  const form = { email, password1: PASSWORD, password2: PASSWORD, first_name: 'Ada', last_name: 'Lovelace' }
  const { access } = JSON.parse((await send('POST', '/registration/', form)).body) as Pair
  await send('POST', '/registration/resend-email/', { email })
  await send('POST', '/password/reset/', { email })
  await send('POST', '/email/change/', { new_email: target, password: PASSWORD }, access)
  const mails = await server.mailbox.all()
  expect(mails.map(({ kind }) => kind).sort()).toEqual([
    'confirm-email-change',
    'email-change-requested',
    'reset-password',
    'verify-email',
    'verify-email',
  ])
  for (const { text, html, subject, link, kind } of mails) {
    expect(text + html + subject).not.toContain(EVIL)
    if (kind !== 'email-change-requested') expect(link.startsWith(`${PUBLIC_URL}/`)).toBe(true)
  }
  // Opening a reset link does not use it up. The other links are used up, and void the remaining links.
  for (const kind of ['reset-password', 'confirm-email-change'] as const) {
    const path = mails.find((mail) => mail.kind === kind)?.path ?? ''
    const { status, location } = await send('GET', `${path}?next=https://${EVIL}/`)
    expect(status).toBe(302)
    expect(location).toMatch(/^\/[a-z]/)
  }
})

it.each([`//${EVIL}/login/`, `/\\${EVIL}`, `//${EVIL}`, `/%2f%2f${EVIL}/`, `/.//${EVIL}/..`])(
  'the path %s is redirected nowhere',
  async (path) => {
    const { status, location } = await send('GET', path)
    expect([200, 400, 404]).toContain(status)
    expect(location).toBeUndefined()
  },
)
