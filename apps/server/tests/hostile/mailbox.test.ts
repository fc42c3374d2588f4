import { request } from 'node:http'
import { requestPasswordReset } from '@latchkey/core/operations/password/request-password-reset'
import { signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFromThisMachine } from '../../src/doors/http/this-machine.ts'
import { call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
let paths: string[]
beforeAll(async () => {
  server = await startTestServer({ mail: true })
  const { email } = await signUp(server.ctx)
  await requestPasswordReset(server.ctx, { email })
  const { id } = await server.mailbox.next(email, 'reset-password')
  paths = ['/dev/mailbox', `/dev/mailbox/${id}`, `/dev/mailbox/${id}/html`]
})
afterAll(() => server.close())

/** Asks with the headers as they are given. `fetch` would set its own `Host`. */
function ask(
  path: string,
  headers: Record<string, string | string[]>,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(server.url + path, { headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => {
        text += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe("the developers' mailbox", () => {
  it.each<Record<string, string>>([
    {},
    { host: 'localhost' },
    { host: 'LocalHost:3000' },
    { host: '127.0.0.1:3000' },
    { host: '[::1]:3000' },
    { host: 'auth.localhost:3000' },
    { host: 'localhost', 'x-forwarded-for': '127.0.0.1, ::1', 'x-forwarded-host': 'localhost:5173' },
  ])('is shown on this machine: %j', async (headers) => {
    for (const path of paths) expect([path, (await ask(path, headers)).status]).toEqual([path, 200])
  })

  it.each<Record<string, string | string[]>>([
    { host: 'evil.example' },
    { host: 'evil.example:3000' },
    { host: '127.0.0.1.evil.example' },
    { host: 'localhost.evil.example' },
    { host: '192.0.2.1' },
    { host: '0.0.0.0:3000' },
    { host: 'localhost', 'x-forwarded-host': 'evil.example' },
    { host: 'localhost', 'x-forwarded-for': '192.0.2.1' },
    { host: 'localhost', 'x-forwarded-for': '192.0.2.1, 127.0.0.1' },
    { host: 'localhost', 'x-forwarded-for': 'unknown' },
    { host: 'localhost', 'x-real-ip': '192.0.2.1' },
    { host: 'localhost', forwarded: 'for=192.0.2.1' },
    { host: 'localhost', via: '1.1 proxy.example' },
  ])('is shown to nobody else: %j', async (headers) => {
    for (const path of paths) {
      for (const accept of ['text/html', '*/*']) {
        const { status, text } = await ask(path, { ...headers, accept })
        expect([path, status]).toEqual([path, 403])
        expect(text).not.toContain('password/reset/confirm')
      }
    }
  })

  it('shows a mail in a frame of this site alone', async () => {
    const { headers } = await call(server.url + paths[1])
    expect(headers.get('content-security-policy')).toContain("frame-src 'self'")
  })

  it('is not shown to a peer of another machine, whatever it writes', async () => {
    const addresses = ['192.0.2.1', '10.0.0.1', '2001:db8::1', '::ffff:192.0.2.1', '172.17.0.1', '']
    const headers = { host: 'localhost', 'x-forwarded-for': '127.0.0.1' }
    const isShownTo = (remoteAddress: string) =>
      isFromThisMachine({ headers, socket: { remoteAddress } } as never, 'http://localhost/')
    expect(addresses.filter(isShownTo)).toEqual([])
    expect(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'].filter((one) => !isShownTo(one))).toEqual([])
  })
})
