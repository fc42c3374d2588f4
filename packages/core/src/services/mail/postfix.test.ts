import { type SmtpSink, startPostfix, startSmtpSink, type TestPostfix } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeRelayCertificate, type RelayCertificate } from '../../../tests/support/relay-certificate.ts'
import { sendTestMail } from './test-mail.ts'

let certificate: RelayCertificate
let sink: SmtpSink
let postfix: TestPostfix
beforeAll(async () => {
  certificate = await makeRelayCertificate('DNS:relay.example')
  sink = await startSmtpSink()
  postfix = await startPostfix({ ...certificate, relayTo: sink.port })
})
afterAll(async () => {
  await postfix.stop()
  await sink.stop()
  certificate.remove()
})

const send = (parameters = '') =>
  sendTestMail({
    smtpUrl: `smtp://127.0.0.1:${postfix.port}${parameters}`,
    from: 'Łatchkey: Auth <no-reply@bücher.example>',
    publicUrl: 'https://auth.example.com',
    to: 'zoë@example.com',
  })

test('Debian’s Postfix out of the box takes a mail, encrypted, and passes it on', async () => {
  const { sent, attempts } = await send()
  expect(sent).toBe(true)
  expect(attempts).toHaveLength(1)
  expect(attempts[0]?.steps).toMatchObject([
    { step: 'connect', outcome: `to 127.0.0.1 port ${postfix.port}` },
    { step: 'encrypt', outcome: expect.stringMatching(/^TLSv1\.3, the certificate was not checked/) },
    { step: 'sign in', outcome: 'no: SMTP_URL has no user' },
    { step: 'send', outcome: expect.stringMatching(/^250 2\.0\.0 Ok: queued as /) },
  ])
  const [message] = await sink.waitFor(1)
  expect(message).toMatchObject({ to: ['zoë@example.com'], from: 'no-reply@xn--bcher-kva.example' })
  expect(message?.headers.from).toBe('"Łatchkey: Auth" <no-reply@xn--bcher-kva.example>')
})

test('it takes a mail with verified TLS too, when SMTP_URL names its certificate', async () => {
  const verified = await send(`?tls.ca=${certificate.certificate}&tls.servername=relay.example`)
  expect(verified.attempts[0]?.steps[1]?.outcome).toBe('TLSv1.3, the certificate is valid')
  const refused = await send('?requireTLS=true')
  expect(refused).toMatchObject({ sent: false, attempts: [{ failure: { step: 'encrypt' } }] })
  expect(refused.attempts[0]?.failure?.advice).toContain('tls.ca')
})
