import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority, findFreePort, startOwnPostgres, startSmtpSink } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readDatabaseCertificates } from '../src/database/database-certificate.ts'
import { readMailCertificate } from '../src/services/mail/mail-certificate.ts'
import { DAY_SECONDS } from '../src/words/time.ts'

let folder: string
let files: { cert: string; key: string }
let authority: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-ends-'))
  const made = await createAuthority(folder, 'nobody-trusts-it')
  authority = made.cert
  // Certificates of the tests are valid for two days.
  files = await made.sign({ subject: 'localhost', names: 'DNS:localhost' })
})
afterAll(() => rm(folder, { recursive: true }))

const daysLeft = (endsAt: Date | null | undefined) =>
  ((endsAt?.getTime() ?? 0) - Date.now()) / 1000 / DAY_SECONDS

it('the end of the certificate of a database is read where it has TLS, whoever signed it, and nowhere else', async () => {
  const own = await startOwnPostgres()
  const { host } = new URL(own.url)
  expect(await readDatabaseCertificates(own.url)).toEqual([])
  await own.useCertificate(files, authority)
  const [certificate, ...others] = await readDatabaseCertificates(own.url)
  expect(certificate?.host).toBe(host)
  expect(daysLeft(certificate?.endsAt)).toBeCloseTo(2, 1)
  expect(others).toEqual([])
  expect(await readDatabaseCertificates(`${own.url}?sslmode=disable`)).toEqual([])
  await own.requireClientCertificate(true)
  expect(await readDatabaseCertificates(own.url)).toHaveLength(1)
  await own.stop()
  expect(await readDatabaseCertificates(own.url)).toEqual([])
})

it('the end of the certificate of a mail server is read after STARTTLS and with TLS from the start', async () => {
  for (const secure of [false, true]) {
    const sink = await startSmtpSink({ certificate: files.cert, key: files.key, secure })
    const url = `${secure ? 'smtps' : 'smtp'}://localhost:${sink.port}`
    expect(daysLeft(await readMailCertificate(url, 'http://localhost'))).toBeCloseTo(2, 1)
    await sink.stop()
  }
  const plain = await startSmtpSink()
  expect(await readMailCertificate(`smtp://localhost:${plain.port}`, 'http://localhost')).toBeNull()
  await plain.stop()
  const dead = `smtp://localhost:${await findFreePort()}`
  await expect(readMailCertificate(dead, 'http://localhost')).rejects.toThrow('ECONNREFUSED')
})
