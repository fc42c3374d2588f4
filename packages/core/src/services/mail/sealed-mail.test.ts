import { startSmtpSink, TEST_SECRET_KEY } from '@latchkey/testkit'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { describe, expect, test } from 'vitest'
import { createTestMailers } from '../../../tests/support/test-mailers.ts'
import { MAIL_PUBLIC_URL, MAIL_SITE, resetMail } from '../../../tests/support/test-mails.ts'
import { deriveSecrets } from '../keys/derived-keys.ts'
import { createComposer, prepareMail } from './compose-mail.ts'
import { openMail, type SealedMail, sealMail } from './sealed-mail.ts'

const { mail: keys } = deriveSecrets(TEST_SECRET_KEY, [])
const prepared = {
  id: crypto.randomUUID(),
  ...prepareMail(resetMail('ada@example.com', 's'), MAIL_PUBLIC_URL),
}

async function compose(): Promise<SealedMail> {
  const composer = await createComposer(MAIL_SITE)
  return { ...composer(prepared), id: prepared.id }
}

/** Opens a mail as a worker of a former release does, which knows fewer extensions of the header. */
function openAsFormerWorker(sealed: string, crit: Record<string, boolean> = {}) {
  const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'], crit }
  return compactDecrypt(sealed, keys.current.key, options)
}

describe('a prepared mail', () => {
  test('is opened as it was sealed', async () => {
    expect(await openMail(await sealMail(prepared, keys), keys)).toEqual(prepared)
  })

  test('under a secret that the server does not hold is not opened, and the fault says so', async () => {
    const { mail: others } = deriveSecrets('another secret of at least thirty-two bytes', [])
    await expect(openMail(await sealMail(prepared, others), keys)).rejects.toThrow(
      'sealed under a secret this server does not hold',
    )
  })

  test('is refused by a worker of a former release, which would send it without its text', async () => {
    await expect(openAsFormerWorker(await sealMail(prepared, keys))).rejects.toThrow('prepared')
    await expect(openAsFormerWorker(await sealMail(await compose(), keys))).resolves.toBeDefined()
  })

  test('is refused by a worker that would show its times and durations as numbers', async () => {
    const sealed = await sealMail(prepared, keys)
    await expect(openAsFormerWorker(sealed, { prepared: true })).rejects.toThrow('written')
  })

  test('of the former release, whose header has one extension less, is opened', async () => {
    const { kid, key } = keys.current
    const header = { alg: 'dir', enc: 'A256GCM', kid, prepared: true, crit: ['prepared'] }
    const sealed = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(prepared)))
      .setProtectedHeader(header)
      .encrypt(key, { crit: { prepared: true } })
    expect(await openMail(sealed, keys)).toEqual(prepared)
  })

  test('with a link to another site is not prepared, so that its cause fails with it', () => {
    const request = resetMail('ada@example.com', 's')
    expect(() => prepareMail(request, 'https://other.example')).toThrow('must lead to PUBLIC_URL')
  })
})

describe('a composed mail', () => {
  test('that a former release queued is sent as it is', async () => {
    const sink = await startSmtpSink()
    const mailers = await createTestMailers(sink.port)
    try {
      const mailer = await mailers.create()
      await mailer.outbox.queue(mailers.db, resetMail('other@example.com', 's'))
      const data = { sealed: await sealMail(await compose(), keys) }
      await mailers.database.sql`update latchkey_mail.job set data = ${mailers.database.sql.json(data)}`
      await mailer.start()
      const [message] = await sink.waitFor(1)
      expect(message?.to).toEqual(['ada@example.com'])
      expect(message?.text).toContain('/password/reset/confirm/abc/s/')
    } finally {
      await mailers.close()
      await sink.stop()
    }
  })
})
