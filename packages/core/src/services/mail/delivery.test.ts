import { findFreePort, type SinkOptions, type SmtpSink, startSmtpSink, waitUntil } from '@latchkey/testkit'
import { afterEach, describe, expect, test } from 'vitest'
import { createTestMailers, type TestMailers } from '../../../tests/support/test-mailers.ts'
import { resetMail } from '../../../tests/support/test-mails.ts'
import type { Mailer, MailerOptions } from './mailer.ts'

const STARTED_AT = Date.now()
const SECRET = 'Zm9vYmFyYmF6cXV4LXRoaXMtaXMtYS1saW5rLXNlY3I'

let sink: SmtpSink
let mailers: TestMailers

async function open(
  sinkOptions: SinkOptions = {},
  options: (port: number) => Partial<MailerOptions> = () => ({}),
) {
  sink = await startSmtpSink(sinkOptions)
  mailers = await createTestMailers(sink.port)
  const mailer = await mailers.create(options(sink.port))
  await mailer.start()
  return mailer
}

afterEach(async () => {
  await mailers.close()
  await sink.stop()
})

describe('an SMTP server that is down', () => {
  test('does not slow queueing down, and gets the mail when it is back', async () => {
    // While it is down, nothing of this machine may get its port.
    const mailer = await open({ port: await findFreePort() })
    await sink.setRules({ delay: 600 })
    // Twenty waits of ten seconds, the time limit of SMTP, would outlast the time limit of this test.
    await queueTwenty(mailer)
    expect(mailers.logged.length).toBeLessThan(20)
    await sink.stop()
    await waitUntil(() => mailers.logged.length >= 20, 'twenty failed attempts')
    const back = await startSmtpSink({ port: sink.port })
    try {
      await back.waitFor(20)
      expect(new Set(back.messages.map(({ to }) => to[0])).size).toBe(20)
    } finally {
      await back.stop()
    }
  })
})

describe('a refusal by the SMTP server', () => {
  test('that is permanent is listed at once, without link and full address, and can be retried', async () => {
    const mailer = await open()
    await sink.setRules({ refuse: { 'gone@example.com': '550 5.1.1 <gone@example.com> no such user' } })
    await mailer.outbox.queue(mailers.db, resetMail('gone@example.com', SECRET))
    await waitUntil(async () => (await mailer.outbox.listFailed()).length === 1, 'a failed mail')
    const [failed] = await mailer.outbox.listFailed()
    expect(failed).toMatchObject({
      kind: 'reset-password',
      to: 'g…@example.com',
      attempts: 1,
      reason: '550 5.1.1 <g…@example.com> no such user',
    })
    expectNow(failed?.failedAt.getTime())
    expect(mailers.logged).toMatchObject([{ level: 50, kind: 'reset-password', to: 'g…@example.com' }])
    expect(JSON.stringify(mailers.logged)).not.toMatch(/gone@|Zm9v/)
    await sink.setRules({})
    expect(await mailer.outbox.retryFailed([failed?.id ?? ''])).toBe(1)
    await sink.waitFor(1)
    expect(await mailer.outbox.listFailed()).toEqual([])
  })

  test('that quotes the mail puts no link into the log or the database', async () => {
    const mailer = await open()
    const link = `https://auth.example.com/password/reset/confirm/abc/${SECRET}/`
    await sink.setRules({ data: `554 5.7.1 spam: ${link} ${SECRET}` })
    await mailer.outbox.queue(mailers.db, resetMail('ada@example.com', SECRET))
    await waitUntil(async () => (await mailer.outbox.listFailed()).length === 1, 'a failed mail')
    expect((await mailer.outbox.listFailed())[0]?.reason).toBe('554 5.7.1 spam: (link) (…)')
    expect(JSON.stringify(mailers.logged)).not.toContain(SECRET)
    expect(JSON.stringify(await mailers.database.sql`select * from latchkey_mail.job`)).not.toContain(SECRET)
  })

  test('that is temporary is retried', async () => {
    const mailer = await open()
    await sink.setRules({ refuse: { 'full@example.com': '452 4.2.2 mailbox full' } })
    await mailer.outbox.queue(mailers.db, resetMail('full@example.com', SECRET))
    await waitUntil(() => mailers.logged.length === 1, 'a failed attempt')
    await sink.setRules({})
    await sink.waitFor(1)
    expect(mailers.logged).toMatchObject([{ level: 40, attempt: 1, reason: '452 4.2.2 mailbox full' }])
    expect(await mailer.outbox.listFailed()).toEqual([])
  })
})

describe('mail that waits', () => {
  test('is listed with its reason and its next attempt, without link, full address and decoys', async () => {
    const mailer = await open()
    expect(await mailer.outbox.listWaiting()).toEqual([])
    await sink.setRules({ refuse: { 'full@example.com': '452 4.2.2 <full@example.com> mailbox full' } })
    await mailer.outbox.queue(mailers.db, resetMail('full@example.com', SECRET))
    await waitUntil(() => mailers.logged.length === 1, 'a failed attempt')
    const read = async () => (await mailer.outbox.listWaiting())[0]
    await waitUntil(async () => (await read())?.reason != null, 'the reason')
    const waiting = await read()
    expect(waiting).toMatchObject({
      kind: 'reset-password',
      to: 'f…@example.com',
      attempts: 1,
      reason: '452 4.2.2 <f…@example.com> mailbox full',
    })
    expectNow(waiting?.queuedAt.getTime())
    expect(waiting?.nextAttemptAt?.getTime()).toBeGreaterThan(waiting?.queuedAt.getTime() ?? 0)
    await sink.setRules({})
    await sink.waitFor(1)
    await waitUntil(async () => (await mailer.outbox.listWaiting()).length === 0, 'an empty list')
  })

  test('before its first attempt has no reason, and a decoy is not listed', async () => {
    sink = await startSmtpSink()
    mailers = await createTestMailers(sink.port)
    const mailer = await mailers.create()
    await mailer.outbox.queue(mailers.db, resetMail('ada@example.com', SECRET))
    await mailer.outbox.queue(mailers.db, { ...resetMail('nobody@example.com', SECRET), discard: true })
    expect(await mailer.outbox.listWaiting()).toMatchObject([
      { to: 'a…@example.com', attempts: 0, reason: null },
    ])
  })
})

describe('a lost answer of the SMTP server', () => {
  test('causes a second copy of the mail, with the same Message-ID', async () => {
    const mailer = await open()
    await sink.setRules({ drop: 1 })
    await mailer.outbox.queue(mailers.db, resetMail('ada@example.com', SECRET))
    const messages = await sink.waitFor(2)
    expect(messages[1]?.headers['message-id']).toBe(messages[0]?.headers['message-id'])
  })
})

describe('an SMTP server with authentication', () => {
  test('gets the user and the password of SMTP_URL', async () => {
    const mailer = await open({ auth: { 'post@example.com': 'p@ss word' } }, (port) => ({
      smtpUrl: `smtp://post%40example.com:p%40ss%20word@127.0.0.1:${port}`,
    }))
    await mailer.outbox.queue(mailers.db, resetMail('ada@example.com', SECRET))
    await sink.waitFor(1)
    expect(sink.messages[0]?.user).toBe('post@example.com')
  })

  test('leaves the mail in the queue when it refuses the password', async () => {
    const mailer = await open({ auth: { post: 'right' } }, (port) => ({
      smtpUrl: `smtp://post:wrong@127.0.0.1:${port}`,
    }))
    await mailer.outbox.queue(mailers.db, resetMail('ada@example.com', SECRET))
    await waitUntil(() => mailers.logged.length === 1, 'a failed attempt')
    expect(mailers.logged).toMatchObject([{ level: 40, attempt: 1 }])
    expect(JSON.stringify(mailers.logged)).not.toContain('wrong')
    expect(await mailer.outbox.listFailed()).toEqual([])
  })
})

/** Fails for a time outside of the time since these tests started. */
function expectNow(milliseconds = 0): void {
  expect(milliseconds).toBeGreaterThan(STARTED_AT - 1000)
  expect(milliseconds).toBeLessThan(Date.now() + 1000)
}

/** Queues twenty mails, each in its own transaction. */
async function queueTwenty(mailer: Mailer): Promise<void> {
  for (let index = 0; index < 20; index++) {
    await mailers.db.transaction((tx) => mailer.outbox.queue(tx, resetMail(`p${index}@example.com`, SECRET)))
  }
}
