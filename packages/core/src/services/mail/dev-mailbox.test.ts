import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestMailers } from '../../../tests/support/test-mailers.ts'
import { resetMail } from '../../../tests/support/test-mails.ts'
import { findDevMail, listDevMails, storeDevMail } from './dev-mailbox.ts'
import type { ComposedMail } from './sealed-mail.ts'

let mailboxDir: string

beforeEach(async () => {
  mailboxDir = join(await mkdtemp(join(tmpdir(), 'latchkey-mailbox-')), 'mailbox')
})

afterEach(() => rm(join(mailboxDir, '..'), { recursive: true }))

const make = (id: string): ComposedMail => ({
  id,
  kind: 'verify-email',
  to: 'ada@example.com',
  date: new Date().toISOString(),
  subject: 'Subject',
  text: 'text',
  html: '<p>text</p>',
  discard: false,
})

test('MAIL=dev stores a mail with its link in the development mailbox', async () => {
  const mailers = await createTestMailers(1)
  try {
    const mailer = await mailers.create({ mode: 'dev', smtpUrl: null, mailboxDir })
    await mailer.start()
    await mailer.outbox.queue(mailers.db, resetMail('ada@example.com', 'the-secret'))
    await expect.poll(() => listDevMails(mailboxDir)).toHaveLength(1)
    const [mail] = await listDevMails(mailboxDir)
    expect(mail).toMatchObject({ kind: 'reset-password', to: 'ada@example.com' })
    expect(mail?.text).toContain('/the-secret/')
    expect(await findDevMail(mailboxDir, mail?.id ?? '')).toEqual(mail)
  } finally {
    await mailers.close()
  }
})

test('the development mailbox keeps the newest 200 mails, newest first', async () => {
  const ids = Array.from({ length: 205 }, (_, index) => uuid({ msecs: 1_700_000_000_000 + index }))
  for (const id of ids) await storeDevMail(mailboxDir, make(id))
  const kept = await listDevMails(mailboxDir)
  expect(kept.map(({ id }) => id)).toEqual(ids.slice(5).reverse())
})

test('a development mailbox that cannot be read is a fault, and no empty mailbox', async () => {
  await writeFile(mailboxDir, '')
  await expect(listDevMails(mailboxDir)).rejects.toThrow('ENOTDIR')
})

test('the files of the development mailbox are private to the system user', async () => {
  const id = uuid()
  await storeDevMail(mailboxDir, make(id))
  expect((await stat(mailboxDir)).mode & 0o777).toBe(0o700)
  expect((await stat(join(mailboxDir, `${id}.json`))).mode & 0o777).toBe(0o600)
})

test('a path as the id reads no file outside the development mailbox', async () => {
  await storeDevMail(mailboxDir, make(uuid()))
  await writeFile(join(mailboxDir, '..', 'secret.json'), '{}')
  for (const id of ['../secret', '..%2fsecret', '', 'x'.repeat(36), uuid()]) {
    expect(await findDevMail(mailboxDir, id)).toBeNull()
  }
})

test('a development mailbox without a folder lists no mails', async () => {
  expect(await listDevMails(mailboxDir)).toEqual([])
})
