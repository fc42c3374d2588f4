import { findFreePort, type SinkOptions, type SinkRules, startSmtpSink } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeRelayCertificate, type RelayCertificate } from '../../../tests/support/relay-certificate.ts'
import { MAIL_PUBLIC_URL, MAIL_SITE, resetMail } from '../../../tests/support/test-mails.ts'
import { createComposer, prepareMail } from './compose-mail.ts'
import { createSmtpTransport } from './smtp-transport.ts'
import { type MailTest, sendTestMail } from './test-mail.ts'

let own: RelayCertificate
beforeAll(async () => {
  own = await makeRelayCertificate('IP:127.0.0.1')
})
afterAll(() => own.remove())

const PUBLIC_URL = 'https://auth.example.com'

async function send(
  sink: SinkOptions,
  url: (port: number) => string,
  rules: SinkRules = {},
): Promise<MailTest & { arrived: number }> {
  const server = await startSmtpSink(sink)
  try {
    await server.setRules(rules)
    const options = { from: 'Example <no-reply@example.com>', publicUrl: PUBLIC_URL, to: 'ada@example.com' }
    const result = await sendTestMail({ ...options, smtpUrl: url(server.port) })
    if (result.sent) await server.waitFor(1)
    return { ...result, arrived: server.messages.length }
  } finally {
    await server.stop()
  }
}

const plain = (port: number) => `smtp://127.0.0.1:${port}`

describe('a test mail', () => {
  test('is sent at once, and every step is told without the password', async () => {
    const url = (port: number) => `smtp://post:p4ssw0rd@127.0.0.1:${port}?tls.ca=${own.certificate}`
    const result = await send({ ...own, auth: { post: 'p4ssw0rd' } }, url)
    expect(result).toMatchObject({
      sent: true,
      arrived: 1,
      helloName: 'auth.example.com',
      from: 'no-reply@example.com',
    })
    expect(result.attempts).toHaveLength(1)
    const { steps = [], failure, conversation = [] } = result.attempts[0] ?? {}
    expect(failure).toBeNull()
    expect(Object.fromEntries(steps.map(({ step, outcome }) => [step, outcome]))).toMatchObject({
      encrypt: expect.stringMatching(/^TLSv1\.[23], the certificate is valid$/),
      'sign in': 'as post',
      send: '250 OK',
    })
    expect(conversation).toEqual(
      expect.arrayContaining(['> EHLO auth.example.com', '> AUTH PLAIN (…)', '> DATA']),
    )
    const told = JSON.stringify(result)
    for (const secret of ['p4ssw0rd', Buffer.from('p4ssw0rd').toString('base64'), 'AHBvc3Q']) {
      expect(told).not.toContain(secret)
    }
  })

  test('tells that nothing is encrypted, and that the server offers no sign-in', async () => {
    const result = await send({}, plain)
    expect(result.attempts[0]?.steps.map(({ outcome }) => outcome)).toMatchObject({
      1: 'no: the server offers no STARTTLS',
      2: 'no: SMTP_URL has no user',
    })
  })

  test('is sent in the clear after a failed handshake, and both attempts are told', async () => {
    const result = await send({ ...own, oldTls: true }, plain)
    expect(result).toMatchObject({ sent: true, arrived: 1 })
    expect(result.attempts.map(({ failure }) => failure?.step)).toEqual(['encrypt', undefined])
  })
})

test('a test mail and every other mail have the name of the service when MAIL_FROM has none', async () => {
  const server = await startSmtpSink({})
  const options = { from: 'no-reply@example.com', name: 'Söhne, "Ada"', publicUrl: PUBLIC_URL }
  const url = plain(server.port)
  await sendTestMail({ ...options, smtpUrl: url, to: 'ada@example.com' })
  const transport = await createSmtpTransport({ ...options, url })
  const compose = await createComposer(MAIL_SITE)
  const mail = compose(prepareMail(resetMail('ada@example.com', 'x'), MAIL_PUBLIC_URL))
  await transport.deliver({ ...mail, id: 'x' }, new AbortController().signal)
  transport.close()
  const messages = await server.waitFor(2)
  const senders = messages.map(({ raw }) => /^From: (.*)$/m.exec(raw)?.[1]?.trim())
  await server.stop()
  expect(senders[0]).toMatch(/^=\?UTF-8\?.* <no-reply@example\.com>$/)
  expect(senders).toEqual([senders[0], senders[0]])
})

test('without a recipient the report ends with the sign-in, and nothing is sent', async () => {
  const server = await startSmtpSink({ auth: { post: 'p4ssw0rd' } })
  const smtpUrl = `smtp://post:p4ssw0rd@127.0.0.1:${server.port}`
  const { sent, attempts } = await sendTestMail({
    smtpUrl,
    from: 'a@example.com',
    publicUrl: PUBLIC_URL,
    to: null,
  })
  await server.stop()
  expect(sent).toBe(false)
  expect(attempts).toMatchObject([
    { failure: null, steps: [{}, {}, { step: 'sign in', outcome: 'as post' }] },
  ])
  expect(attempts[0]?.conversation.join()).not.toContain('MAIL FROM')
})

describe('a step that fails is named, with the words of the server and an advice', () => {
  const required = (port: number) => `smtp://127.0.0.1:${port}?requireTLS=true`

  test.each<[string, SinkOptions, (port: number) => string, SinkRules, string, string, RegExp]>([
    [
      '421 after EHLO',
      { refuseLiterals: true },
      (port) => `${plain(port)}?name=[192.0.2.1]`,
      {},
      'greet',
      '421',
      /name/,
    ],
    ['no STARTTLS', {}, required, {}, 'encrypt', 'STARTTLS', /smtps:/],
    ['smtps:// to a port without TLS', {}, (port) => `smtps://127.0.0.1:${port}`, {}, 'encrypt', '', /smtp:/],
    [
      'a wrong password',
      { auth: { a: 'b' }, quotePasswords: true },
      (port) => `smtp://a:p4ssw0rd@127.0.0.1:${port}`,
      {},
      'sign in',
      '535',
      /percent/,
    ],
    ['no password', { auth: { a: 'b' } }, plain, {}, 'send', '530', /sender/],
    [
      'a refused recipient',
      {},
      plain,
      { refuse: { 'ada@example.com': '550 5.1.1 unknown' } },
      'send',
      '550 5.1.1',
      /recipient/,
    ],
    ['a refused mail', {}, plain, { data: '554 5.7.1 spam' }, 'send', '554 5.7.1 spam', /words/],
  ])('%s', async (_name, sink, url, rules, step, words, advice) => {
    const result = await send(sink, url, rules)
    expect(result).toMatchObject({ sent: false, arrived: 0 })
    const failure = result.attempts.at(-1)?.failure
    expect(failure).toMatchObject({
      step,
      reason: expect.stringContaining(words),
      advice: expect.stringMatching(advice),
    })
    expect(JSON.stringify(result)).not.toContain('p4ssw0rd')
  })

  test.each([true, false])('an untrusted certificate (from the start: %s)', async (secure) => {
    const url = secure ? (port: number) => `smtps://127.0.0.1:${port}` : required
    const result = await send({ ...own, secure }, url)
    expect(result.attempts[0]?.failure).toMatchObject({
      step: 'encrypt',
      advice: expect.stringContaining('tls.ca'),
    })
  })

  test('an unknown host, and a port where no server listens', async () => {
    const options = { from: 'a@example.com', publicUrl: PUBLIC_URL, to: 'ada@example.com' }
    for (const host of ['relay.invalid:25', `127.0.0.1:${await findFreePort()}`]) {
      const { attempts } = await sendTestMail({ ...options, smtpUrl: `smtp://${host}` })
      expect(attempts).toMatchObject([
        { steps: [], failure: { step: 'connect', advice: expect.stringContaining('SMTP_URL') } },
      ])
    }
  })
})
