import { sql } from 'drizzle-orm'
import type { PgBoss } from 'pg-boss'
import { v7 as uuid } from 'uuid'
import { createComposer } from './compose-mail.ts'
import { createDevTransport } from './dev-transport.ts'
import { listFailedMails, retryFailedMails } from './failed-mails.ts'
import type { Mailer, MailerOptions } from './outbox.ts'
import { type Complaint, createComplaint, MAIL_QUEUE, openQueue } from './queue.ts'
import { sealMail } from './sealed-mail.ts'
import { createSmtpTransport } from './smtp-transport.ts'
import type { Transport } from './transport.ts'
import { startWorkers } from './worker.ts'

const STOP_TIMEOUT_MILLISECONDS = 5000

/**
 * Makes the mailer of a process.
 *
 * @throws when the templates have mistakes, the settings contradict one another or the queue cannot be set up
 */
export async function createMailer(options: MailerOptions): Promise<Mailer> {
  if (options.mode === 'off') return OFF
  const compose = await createComposer(options)
  const transport = await createTransport(options)
  const { fromDrizzle } = await import('pg-boss')
  const { sql: pool, log } = options
  const complain = createComplaint(log)
  const boss = await openQueue({ sql: pool, complain, install: true, supervise: false })
  const sending = createSending({ ...options, transport, complain })
  return {
    sends: true,
    async queue(tx, request) {
      const mail = { id: uuid(), ...compose(request) }
      const sealed = await sealMail(mail, options.secrets)
      await boss.send(MAIL_QUEUE, { sealed }, { db: fromDrizzle(tx, sql) })
      sending.wake()
    },
    start: sending.start,
    async stop() {
      await sending.stop()
      await boss.stop({ close: false }).catch(complain)
    },
    listFailed: () => listFailedMails(boss, options.secrets),
    async retryFailed(ids) {
      const count = await retryFailedMails(boss, ids)
      sending.wake()
      return count
    },
  }
}

/** The half of the mailer that sends: a queue of its own, which also looks after the mail of dead processes. */
function createSending(options: MailerOptions & { transport: Transport; complain: Complaint }) {
  let running: { boss: PgBoss; wake(): void; stop(): void } | undefined
  return {
    wake: () => running?.wake(),
    async start() {
      if (running) return
      const { sql, log, secrets: keys, transport, complain } = options
      const boss = await openQueue({ sql, complain, install: false, supervise: true })
      running = { boss, ...(await startWorkers({ boss, transport, keys, log })) }
    },
    async stop() {
      running?.stop()
      // Without the database nothing can be settled; the mails in hand come back by their heartbeat.
      await running?.boss.stop({ close: false, timeout: STOP_TIMEOUT_MILLISECONDS }).catch(options.complain)
      running = undefined
      options.transport.close()
    },
  }
}

async function createTransport(options: MailerOptions): Promise<Transport> {
  if (options.mode === 'dev') {
    if (!options.mailboxDir) throw new Error('MAIL=dev needs a folder for its mailbox.')
    return createDevTransport(options.mailboxDir)
  }
  if (!options.smtpUrl) throw new Error('MAIL=smtp needs SMTP_URL.')
  return createSmtpTransport(options.smtpUrl, options.from)
}

/** With mail off, nothing of the queue is loaded. */
const OFF: Mailer = {
  sends: false,
  queue: async () => {},
  start: async () => {},
  stop: async () => {},
  listFailed: async () => [],
  retryFailed: async () => 0,
}
