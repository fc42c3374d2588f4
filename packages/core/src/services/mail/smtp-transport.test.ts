import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSmtpSink, TEST_SECRET_KEY } from '@latchkey/testkit'
import { describe, expect, test } from 'vitest'
import { deriveSecrets } from '../keys/derived-keys.ts'
import { describeFailure } from './describe-failure.ts'
import { type ComposedMail, openMail, sealMail } from './sealed-mail.ts'
import { createSmtpTransport, parseSmtpUrl } from './smtp-transport.ts'

const MAIL: ComposedMail = {
  id: '0192f0c1-0000-7000-8000-000000000000',
  kind: 'verify-email',
  to: 'ada@example.com',
  date: '2025-11-22T19:29:00.000Z',
  subject: 'Subject',
  text: 'text',
  html: '<p>text</p>',
  discard: false,
}

describe('SMTP_URL', () => {
  test.each([
    ['smtp://mail.example.com', { port: 587, secure: false, requireTLS: false }],
    ['smtp://u:p@mail.example.com:2525', { port: 2525, secure: false, requireTLS: true }],
    ['smtp://u:p@127.0.0.1', { requireTLS: false }],
    ['smtp://u:p@[::1]:25', { host: '::1', requireTLS: false }],
    ['smtp://u:p@localhost', { requireTLS: false }],
    ['smtp://u:p@localhost.example.com', { requireTLS: true }],
    ['smtps://u%40x:p%2F@mail.example.com', { port: 465, secure: true, auth: { user: 'u@x', pass: 'p/' } }],
  ])('%s is parsed', (url, expected) => {
    expect(parseSmtpUrl(url)).toMatchObject(expected)
  })

  test.each(['', 'mail.example.com', 'http://u:secret@x', 'smtp://', 'smtp//u:secret@x'])(
    '%j is refused, and the error does not repeat it',
    (url) => {
      expect(() => parseSmtpUrl(url)).toThrow('SMTP_URL must look like')
      expect(() => parseSmtpUrl(url)).not.toThrow('secret')
    },
  )
})

describe('an untrusted certificate', () => {
  test.each([true, false])(
    'stops the delivery before the mail is sent (TLS from the start: %s)',
    async (secure) => {
      const folder = await mkdtemp(join(tmpdir(), 'latchkey-tls-'))
      const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
      const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
      const making = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...subject]
      execFileSync('openssl', [...making, '-keyout', key, '-out', certificate], { stdio: 'ignore' })
      const sink = await startSmtpSink({ certificate, key, secure, auth: { u: 'p' } })
      const scheme = secure ? 'smtps' : 'smtp'
      const transport = await createSmtpTransport(
        `${scheme}://u:p@127.0.0.1:${sink.port}`,
        'no-reply@x.example',
      )
      try {
        const attempt = transport.deliver(MAIL, AbortSignal.timeout(10_000))
        await expect(attempt).rejects.toThrow(/certificate/)
        expect(sink.messages).toEqual([])
      } finally {
        transport.close()
        await sink.stop()
        await rm(folder, { recursive: true })
      }
    },
  )
})

describe('a sealed mail', () => {
  test('opens under its own secret and the successor of that secret, and under no other key', async () => {
    const { mail: first } = await deriveSecrets(TEST_SECRET_KEY, [])
    const { mail: next } = await deriveSecrets('b'.repeat(40), [TEST_SECRET_KEY])
    const { mail: other, 'signing-key': otherPurpose } = await deriveSecrets('c'.repeat(40), [])
    const sealed = await sealMail(MAIL, first)
    expect(await openMail(sealed, next)).toEqual(MAIL)
    for (const keys of [other, otherPurpose]) {
      await expect(openMail(sealed, keys)).rejects.toThrow('does not hold')
    }
  })
})

test.each([
  ['550 <ada@example.com>: no\r\nsuch user', '550 <a…@example.com>: no such user'],
  ['see https://help.example/x?y=1 please', 'see (link) please'],
  [`token ${'a1_-'.repeat(11)} seen`, 'token (…) seen'],
  ['x '.repeat(400), 'x '.repeat(150)],
])('a failure is described without full address, URL or token: %j', (words, shown) => {
  expect(describeFailure(new Error(words))).toBe(shown)
})
