import type { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Watch } from '../../words/watch.ts'
import { type Composer, type ComposerOptions, createComposer } from './compose-mail.ts'
import { createDevTransport } from './dev-mailbox.ts'
import { CLOSED_OUTBOX, type Outbox, type OutboxOptions, openOutbox } from './outbox.ts'
import { type Complaint, createComplaint, openQueue } from './queue.ts'
import { createSmtpTransport } from './smtp-transport.ts'
import type { Transport } from './transport.ts'
import { startWorkers } from './worker.ts'

/** Where mail goes: to an SMTP server, into the development mailbox, or nowhere. */
export type MailMode = 'smtp' | 'dev' | 'off'

/** What a mailer needs. */
export interface MailerOptions extends OutboxOptions, ComposerOptions {
  mode: MailMode
  /** The sender: `Latchkey <no-reply@example.com>`. */
  from: string
  /** `smtp://user:password@host:587` or `smtps://…`; required by mode `smtp`. */
  smtpUrl: string | null
  /** The folder of the development mailbox; required by mode `dev`. */
  mailboxDir: string | null
  log: Logger
  watch?: Watch
  /** Seconds between two looks for mail of other processes; 2 unless given. */
  pollSeconds?: number
}

/** An outbox, and the workers that send its mail. */
export interface Mailer {
  outbox: Outbox
  /** Starts the workers. Without this call the process only queues, and other processes send. */
  start(): Promise<void>
  /** Waits at most five seconds for the mails being sent, then closes the SMTP connections and the outbox. */
  stop(): Promise<void>
}

const STOP_TIMEOUT_MILLISECONDS = 5000

/**
 * Creates the mailer of a process and opens its outbox.
 *
 * @throws when the templates have mistakes, a setting of the mode is missing, or the queue cannot be set up
 */
export async function createMailer(options: MailerOptions): Promise<Mailer> {
  if (options.mode === 'off') return { outbox: CLOSED_OUTBOX, start: async () => {}, stop: async () => {} }
  const transport = await createTransport(options)
  const complain = createComplaint(options.log)
  const compose = await createComposer(options)
  const delivery = createDelivery({ ...options, compose, transport, complain })
  const outbox = await openOutbox(options, { onQueued: delivery.wake, complain })
  return {
    outbox,
    start: delivery.start,
    async stop() {
      await delivery.stop()
      await outbox.close()
    },
  }
}

/** Creates the workers. Their own queue also returns the mail of processes that died. */
function createDelivery(
  options: MailerOptions & { compose: Composer; transport: Transport; complain: Complaint },
) {
  let running: { boss: PgBoss; wake(): void; stop(): void } | undefined
  return {
    wake: () => running?.wake(),
    async start() {
      if (running) return
      const { sql, log, keys, compose, transport, complain, pollSeconds, watch } = options
      const boss = await openQueue({ sql, complain, install: false, supervise: true })
      running = { boss, ...(await startWorkers({ boss, compose, transport, keys, log, pollSeconds, watch })) }
    },
    async stop() {
      running?.stop()
      // Without the database no mail can be settled. Other workers take the mails over after their heartbeat.
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
  const { smtpUrl: url, from, publicUrl, brand } = options
  return createSmtpTransport({ url, from, publicUrl, name: brand.name })
}
