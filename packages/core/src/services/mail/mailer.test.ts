import { type SmtpSink, startSmtpSink, waitUntil } from '@latchkey/testkit'
import pLimit from 'p-limit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestMailers, type TestMailers } from '../../../tests/support/test-mailers.ts'
import { resetMail, signUpMail } from '../../../tests/support/test-mails.ts'
import type { MailerOptions } from './mailer.ts'

const SECRET = 'Zm9vYmFyYmF6cXV4LXRoaXMtaXMtYS1saW5rLXNlY3I'

let sink: SmtpSink
let mailers: TestMailers

beforeEach(async () => {
  sink = await startSmtpSink()
  mailers = await createTestMailers(sink.port)
})

afterEach(async () => {
  await mailers.close()
  await sink.stop()
})

async function startMailer(options: Partial<MailerOptions> = {}) {
  const mailer = await mailers.create(options)
  await mailer.start()
  return mailer
}

describe('a mail', () => {
  test('wakes a worker at its commit: forty mails in turn take less time than forty polls', async () => {
    // Forty polls would outlast the time limit of this test. A slow machine may need a few.
    const mailer = await startMailer({ pollSeconds: 10 })
    for (let sent = 1; sent <= 40; sent++) {
      await mailers.db.transaction((tx) => mailer.outbox.queue(tx, resetMail(`p${sent}@example.com`, SECRET)))
      await sink.waitFor(sent)
      await allSettled()
      // A worker looks for another mail right after it has sent one. In this pause it finds none.
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })

  test('arrives well-formed, with the same values in the text and the HTML part', async () => {
    const startedAt = Date.now()
    const mailer = await startMailer()
    await mailers.db.transaction((tx) => mailer.outbox.queue(tx, signUpMail('zoë@example.com')))
    const [message] = await sink.waitFor(1)
    expect(message?.defects).toEqual([])
    expect(message?.to).toEqual(['zoë@example.com'])
    expect(message?.headers).toMatchObject({
      from: 'Łatchkey <no-reply@auth.example.com>',
      subject: 'Confirm your sign-up at Latchkey',
      'auto-submitted': 'auto-generated',
      'message-id': expect.stringMatching(/^<[0-9a-f-]{36}@auth\.example\.com>$/),
    })
    const sentAt = Date.parse(message?.headers.date ?? '')
    expect(sentAt).toBeGreaterThan(startedAt - 1000)
    expect(sentAt).toBeLessThan(Date.now() + 1000)
    for (const shown of ['zoë@example.com', '3 days', '/registration/verification/key/']) {
      expect(message?.text).toContain(shown)
      expect(message?.html?.replaceAll('&#x2F;', '/')).toContain(shown)
    }
  })

  test('is not sent when the transaction rolls back', async () => {
    const mailer = await startMailer()
    const rolledBack = mailers.db.transaction(async (tx) => {
      await mailer.outbox.queue(tx, resetMail('never@example.com', SECRET))
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    await mailer.outbox.queue(mailers.db, resetMail('later@example.com', SECRET))
    await sink.waitFor(1)
    expect(sink.messages.map(({ to }) => to)).toEqual([['later@example.com']])
    expect(await mailers.database.sql`select 1 from latchkey_mail.job where state < 'active'`).toHaveLength(0)
  })

  test('with a wait is not sent before its time, and the operator sees when', async () => {
    const mailer = await startMailer()
    const later = { ...resetMail('later@example.com', SECRET), afterSeconds: 3600 }
    await mailer.outbox.queue(mailers.db, later)
    await mailer.outbox.queue(mailers.db, resetMail('now@example.com', SECRET))
    await sink.waitFor(1)
    expect(sink.messages.map(({ to }) => to)).toEqual([['now@example.com']])
    const [waiting] = (await mailer.outbox.listWaiting()).filter(({ to }) => to?.startsWith('l'))
    const { queuedAt, nextAttemptAt } = waiting ?? {}
    expect(Number(nextAttemptAt) - Number(queuedAt)).toBeGreaterThan(3_500_000)
  })

  test('with discard is processed by a worker but not sent', async () => {
    const mailer = await startMailer()
    await mailer.outbox.queue(mailers.db, { ...resetMail('nobody@example.com', SECRET), discard: true })
    await mailer.outbox.queue(mailers.db, resetMail('somebody@example.com', SECRET))
    await sink.waitFor(1)
    await allSettled()
    expect(sink.messages.map(({ to }) => to)).toEqual([['somebody@example.com']])
  })

  test('is in the database only in encrypted form, before and after it is sent', async () => {
    const mailer = await mailers.create()
    const mail = resetMail('ada.lovelace@example.com', SECRET)
    await mailer.outbox.queue(mailers.db, mail)
    const before = await dumpDatabase()
    expect(before).toContain('eyJhbGciOiJkaXIi')
    await mailer.start()
    await sink.waitFor(1)
    await allSettled()
    for (const dump of [before, await dumpDatabase()]) {
      for (const secret of [SECRET, Buffer.from(SECRET).toString('base64url'), 'ada.lovelace']) {
        expect(dump).not.toContain(secret)
      }
    }
    expect(sink.messages[0]?.text).toContain(SECRET)
  })
})

test('MAIL=off queues no mail and does not set up the queue', async () => {
  const empty = await createTestMailers(sink.port, { empty: true })
  try {
    const mailer = await empty.create({ mode: 'off' })
    await mailer.start()
    await mailer.outbox.queue(empty.db, resetMail('ada@example.com', SECRET))
    expect(await mailer.outbox.listFailed()).toEqual([])
    expect(await empty.database.sql`select 1 from pg_namespace where nspname = 'latchkey_mail'`).toHaveLength(
      0,
    )
  } finally {
    await empty.close()
  }
})

describe('an outbox', () => {
  test('shared by two mailers sends each mail of a burst of 200 once', async () => {
    const [first, second] = await Promise.all([startMailer(), startMailer()])
    // At most as many at once as there are connections, because a call waits at most five seconds for one.
    const atOnce = pLimit(10)
    const queueOne = (_: unknown, index: number) =>
      atOnce(() =>
        mailers.db.transaction((tx) =>
          (index % 2 ? first : second).outbox.queue(tx, resetMail(`p${index}@example.com`, SECRET)),
        ),
      )
    await Promise.all(Array.from({ length: 200 }, queueOne))
    await sink.waitFor(200)
    await allSettled()
    expect(sink.messages).toHaveLength(200)
    expect(new Set(sink.messages.map(({ to }) => to[0])).size).toBe(200)
    expect(new Set(sink.messages.map(({ headers }) => headers['message-id'])).size).toBe(200)
  })

  test('is set up once when five servers start together on an empty database', async () => {
    const empty = await createTestMailers(sink.port, { empty: true })
    try {
      const all = await Promise.all(Array.from({ length: 5 }, () => empty.create()))
      await Promise.all(all.map((mailer) => mailer.start()))
      await all[3]?.outbox.queue(empty.db, resetMail('a@example.com', SECRET))
      await sink.waitFor(1)
      expect(empty.logged).toEqual([])
    } finally {
      await empty.close()
    }
  })

  test('logs trouble while the database is down, and sends mail again when it is back', async () => {
    const mailer = await startMailer()
    await mailers.gate.shut()
    await waitUntil(() => mailers.logged.length > 0, 'a complaint')
    await expect(mailer.outbox.queue(mailers.db, resetMail('lost@example.com', SECRET))).rejects.toThrow()
    await mailers.gate.open()
    const queued = () =>
      mailer.outbox.queue(mailers.db, resetMail('after@example.com', SECRET)).then(
        () => true,
        () => false,
      )
    await waitUntil(queued, 'the database to be used again')
    await sink.waitFor(1)
    await allSettled()
    expect(sink.messages.map(({ to }) => to)).toEqual([['after@example.com']])
    for (const line of mailers.logged) {
      expect(line).toMatchObject({ level: 50, msg: 'the mail queue has trouble; it goes on by itself' })
    }
  })

  test('works again without a restart after every connection was lost', async () => {
    const mailer = await startMailer()
    await mailers.database.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
    const queued = () =>
      mailer.outbox.queue(mailers.db, resetMail('after@example.com', SECRET)).then(
        () => true,
        () => false,
      )
    await waitUntil(queued, 'the database to be used again')
    await sink.waitFor(1)
    // Only a poll that meets the loss logs a line, so there may be none.
    for (const line of mailers.logged) {
      expect(line).toMatchObject({ level: 50, msg: expect.stringContaining('trouble') })
    }
  })
})

async function allSettled() {
  const open = () => mailers.database.sql`select 1 from latchkey_mail.job where state < 'completed'`
  await waitUntil(async () => (await open()).length === 0, 'every mail to be settled')
}

/** Returns every row of every table as text. */
async function dumpDatabase(): Promise<string> {
  const { sql } = mailers.database
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`
  const rows = await Promise.all(tables.map(({ name }) => sql.unsafe(`select t::text as row from ${name} t`)))
  return rows.flatMap((result) => result.map(({ row }) => String(row))).join('\n')
}
