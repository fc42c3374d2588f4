import { type SinkMessage, type SinkOptions, startSmtpSink, TEST_SECRET_KEY } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeRelayCertificate, type RelayCertificate } from '../../../tests/support/relay-certificate.ts'
import { deriveSecrets } from '../keys/derived-keys.ts'
import { describeFailure } from './describe-failure.ts'
import { findMailSettingMistakes } from './find-setting-mistakes.ts'
import { type ComposedMail, openMail, sealMail } from './sealed-mail.ts'
import { createSmtpTransport } from './smtp-transport.ts'
import { PermanentRefusal } from './transport.ts'

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

let own: RelayCertificate
let other: RelayCertificate
beforeAll(async () => {
  own = await makeRelayCertificate('DNS:localhost,IP:127.0.0.1')
  other = await makeRelayCertificate('DNS:relay.example')
})
afterAll(() => {
  own.remove()
  other.remove()
})

/** Sends one mail to an SMTP server that is set up as `sink` says, and returns what arrived. */
async function deliver(
  sink: SinkOptions,
  given: { url(port: number): string; from?: string; to?: string; publicUrl?: string },
): Promise<SinkMessage[]> {
  const server = await startSmtpSink(sink)
  const { from = 'no-reply@auth.example.com', to = MAIL.to, publicUrl = 'https://auth.example.com' } = given
  const transport = await createSmtpTransport({ url: given.url(server.port), from, publicUrl })
  try {
    await transport.deliver({ ...MAIL, to }, AbortSignal.timeout(150_000))
    return await server.waitFor(1)
  } finally {
    transport.close()
    await server.stop()
  }
}

const plain = (port: number) => `smtp://127.0.0.1:${port}`

describe('the address of a mail that a former release queued', () => {
  test('is sent with the A-labels of its domain, in the envelope and in the header', async () => {
    const to = 'ada@xn--bcher-kva.example'
    expect(await deliver({}, { url: plain, to: 'ada@bücher.example' })).toMatchObject([
      { to: [to], headers: { to } },
    ])
  })

  test('that would lose a character on the way is refused for good', async () => {
    await expect(deliver({}, { url: plain, to: 'ada@exam\u00ADple.com' })).rejects.toThrow(PermanentRefusal)
  })
})

describe('a relay with a certificate of its own', () => {
  const user = { auth: { post: 'secret' } }

  test('gets the mail encrypted when SMTP_URL does not require TLS', async () => {
    expect(await deliver({ ...own }, { url: plain })).toMatchObject([{ tls: true }])
    expect(await deliver({ ...other }, { url: plain })).toMatchObject([{ tls: true }])
  })

  test('on this machine gets user, password and mail encrypted', async () => {
    const url = (port: number) => `smtp://post:secret@127.0.0.1:${port}`
    expect(await deliver({ ...own, ...user }, { url })).toMatchObject([{ tls: true, user: 'post' }])
  })

  test.each<[string, (port: number) => string, boolean]>([
    ['smtps://', (port) => `smtps://127.0.0.1:${port}`, true],
    ['requireTLS', (port) => `smtp://127.0.0.1:${port}?requireTLS=true`, false],
  ])('gets no mail when %s requires TLS', async (_name, url, secure) => {
    await expect(deliver({ ...own, secure }, { url })).rejects.toThrow(/certificate/)
  })

  test.each<[string, (port: number) => string, boolean]>([
    ['smtps://', (port) => `smtps://127.0.0.1:${port}?tls.ca=${own.certificate}`, true],
    ['smtp://', (port) => `smtp://localhost:${port}?tls.ca=${own.certificate}`, false],
  ])('gets the mail by %s when tls.ca names the certificate', async (_name, url, secure) => {
    expect(await deliver({ ...own, secure }, { url })).toMatchObject([{ tls: true }])
  })

  test.each([true, false])(
    'must show the name of the host, or of tls.servername (from the start: %s)',
    async (secure) => {
      const scheme = secure ? 'smtps' : 'smtp'
      const url = (port: number) => `${scheme}://127.0.0.1:${port}?tls.ca=${other.certificate}`
      await expect(deliver({ ...other, secure }, { url })).rejects.toThrow(/altname|does not match/i)
      const named = (port: number) => `${url(port)}&tls.servername=relay.example`
      expect(await deliver({ ...other, secure }, { url: named })).toMatchObject([{ tls: true }])
    },
  )
})

describe('a relay that cannot encrypt', () => {
  const tooOld = (sink: object = {}) => ({ ...own, oldTls: true, ...sink })

  test('gets the mail in the clear when SMTP_URL does not require TLS', async () => {
    const url = (port: number) => `smtp://127.0.0.1:${port}`
    expect(await deliver({}, { url })).toMatchObject([{ tls: false }])
    expect(await deliver(tooOld(), { url })).toMatchObject([{ tls: false }])
    expect(await deliver({ ...own }, { url: (port) => `${url(port)}?ignoreTLS=true` })).toMatchObject([
      { tls: false },
    ])
  })

  test.each([{}, { oldTls: true }])('gets no mail when requireTLS requires TLS: %o', async (sink) => {
    const url = (port: number) => `smtp://127.0.0.1:${port}?requireTLS=true`
    await expect(deliver(sink.oldTls ? tooOld() : {}, { url })).rejects.toThrow(/STARTTLS|SSL|TLS|socket/i)
  })

  test('and refuses the mail in the clear: the reason names the failed TLS too', async () => {
    const url = (port: number) => `smtp://post:secret@127.0.0.1:${port}`
    const failed = deliver(tooOld({ auth: { post: 'other' } }), { url })
    await expect(failed).rejects.toThrow(/; before that TLS failed: /)
  })
})

describe('the name after EHLO', () => {
  const url = (port: number) => `smtp://127.0.0.1:${port}`

  test('is the host of PUBLIC_URL, for a relay that refuses addresses in brackets', async () => {
    const [message] = await deliver(
      { refuseLiterals: true },
      { url, publicUrl: 'https://auth.example.com:8443' },
    )
    expect(message?.hello).toBe('auth.example.com')
  })

  test('is an address in brackets when PUBLIC_URL has no name', async () => {
    expect(await deliver({}, { url, publicUrl: 'http://[2001:db8::1]:3000' })).toMatchObject([
      { hello: '[IPv6:2001:db8::1]' },
    ])
  })

  test('is the parameter name of SMTP_URL, where there is one', async () => {
    const named = (port: number) => `${url(port)}?name=mail.example.org`
    expect(await deliver({ ...own }, { url: named })).toMatchObject([
      { hello: 'mail.example.org', tls: true },
    ])
  })
})

describe('MAIL_FROM', () => {
  const url = (port: number) => `smtp://127.0.0.1:${port}`

  test.each([
    ['Bücher <no-reply@bücher.example>', 'Bücher <no-reply@xn--bcher-kva.example>'],
    ['Example: Support; Rome <a@example.com>', '"Example: Support; Rome" <a@example.com>'],
    ['Example (Auth) <a@example.com>', '"Example (Auth)" <a@example.com>'],
    ['"The \\"Key\\"" <a@example.com>', '"The \\"Key\\"" <a@example.com>'],
  ])('%s arrives whole, in pure ASCII and as the sender of the envelope', async (from, header) => {
    const [message] = await deliver({}, { url, from })
    expect(message?.headers.from).toBe(header)
    expect(message?.defects).toEqual([])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the bytes of ASCII.
    expect(message?.raw).toMatch(/^[\x00-\x7f]*$/)
    expect(`<${message?.from}>`).toBe(/<.*>/.exec(header)?.[0])
    expect(message?.headers['message-id']).toBe(`<${MAIL.id}@${message?.from.split('@')[1]}>`)
  })
})

test('a recipient outside of ASCII arrives: the host as ASCII, a local part by SMTPUTF8', async () => {
  const url = (port: number) => `smtp://127.0.0.1:${port}`
  expect(await deliver({}, { url, to: 'ada@bücher.example' })).toMatchObject([
    { to: ['ada@xn--bcher-kva.example'] },
  ])
  expect(await deliver({}, { url, to: 'zoë@bücher.example' })).toMatchObject([{ to: ['zoë@bücher.example'] }])
})

describe('a quoted recipient that holds another address', () => {
  test.each(['"eve@evil.example x"@example.com', '"a,eve@evil.example"@example.com'])(
    'is one recipient of its own domain: %s',
    async (to) => {
      expect(await deliver({}, { url: plain, to })).toMatchObject([{ to: [to] }])
    },
  )

  test('is refused for good where it would be rewritten on the way', async () => {
    const to = '"<eve@evil.example>"@example.com'
    await expect(deliver({}, { url: plain, to })).rejects.toThrow(PermanentRefusal)
  })
})

test('a relay that quotes the password in its refusal puts it into no error', async () => {
  const url = (port: number) => `smtp://post:p4ssw0rd@127.0.0.1:${port}`
  const failed = await deliver({ auth: { post: 'other' }, quotePasswords: true }, { url }).catch(
    (error) => error,
  )
  const told = `${failed} ${failed.response} ${failed.stack}`
  expect(told).toContain('535')
  for (const secret of ['p4ssw0rd', Buffer.from('\0post\0p4ssw0rd').toString('base64')]) {
    expect(told).not.toContain(secret)
  }
})

test('a file of tls.ca that cannot be read, or holds no certificate, is a mistake that names it', async () => {
  for (const file of ['/nowhere/ca.pem', own.key]) {
    const smtpUrl = `smtp://127.0.0.1:25?tls.ca=${file}`
    const mistakes = findMailSettingMistakes({ smtpUrl, from: 'a@example.com' })
    expect(mistakes).toEqual([expect.stringMatching(new RegExp(`^SMTP_URL: tls.ca names ${file}, which `))])
  }
  const smtpUrl = `smtp://127.0.0.1:25?tls.ca=${own.certificate}`
  expect(findMailSettingMistakes({ smtpUrl, from: 'a@example.com' })).toEqual([])
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
  [
    'self-signed certificate; if the root CA is installed locally, try running Node.js with --use-system-ca',
    'self-signed certificate',
  ],
])('a failure is described without full address, URL or token: %j', (words, shown) => {
  expect(describeFailure(new Error(words))).toBe(shown)
})
