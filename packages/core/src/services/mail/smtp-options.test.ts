import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSmtpOptions, readCertificates } from './smtp-options.ts'
import { readSmtpUrl } from './smtp-url.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-certificates-'))
})
afterAll(() => rm(folder, { recursive: true }))

const optionsOf = (url: string) => createSmtpOptions(readSmtpUrl(url), 'https://auth.example.com')

test('the certificate of a server is that of its host, unless tls.servername names another', () => {
  expect(optionsOf('smtps://mail.example.com').tls).toEqual({ rejectUnauthorized: true })
  const named = optionsOf('smtps://mail.example.com?tls.servername=relay.example')
  expect(named.tls).toEqual({ rejectUnauthorized: true, servername: 'relay.example' })
})

test.each([
  ['nothing', ''],
  ['a text', 'no certificate'],
  [
    'a block that is no certificate',
    '-----BEGIN CERTIFICATE-----\nbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n',
  ],
])('a file with %s holds no certificates', async (_, text) => {
  const path = join(folder, 'ca.pem')
  await writeFile(path, text)
  expect(() => readCertificates(path)).toThrow(`tls.ca names ${path}, which holds no certificates in PEM`)
})
