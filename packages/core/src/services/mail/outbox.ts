import { v7 as uuid } from 'uuid'
import type { Database } from '../../database/connection.ts'
import { joinTransaction } from '../../database/join-transaction.ts'
import type { Sender } from '../../database/pool.ts'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import { createComposer } from './compose-mail.ts'
import { type FailedMail, listFailedMails, retryFailedMails } from './failed-mails.ts'
import type { MailRequest } from './mail-kinds.ts'
import { type Complaint, MAIL_QUEUE, openQueue } from './queue.ts'
import { sealMail } from './sealed-mail.ts'

/** The transactional outbox: mail is queued in the transaction that causes it and sent by a worker of any server. */
export interface Outbox {
  /** Whether mail is sent at all; with mode `off` what is queued is forgotten. */
  sends: boolean
  /**
   * Composes a mail and puts it into the outbox; it is sent when `tx` commits and never when it rolls back.
   *
   * @param tx - a transaction, or the database for a mail of its own
   */
  queue(tx: Database, mail: MailRequest): Promise<void>
  /** The mails given up on in the last 30 days, for an operator to look at. */
  listFailed(): Promise<FailedMail[]>
  /** Puts them, without `ids` all, back into the outbox, and says how many. */
  retryFailed(ids?: string[]): Promise<number>
  close(): Promise<void>
}

/** What an outbox needs. */
export interface OutboxOptions {
  /** What the queue is kept over; the same database as every `tx` given to {@link Outbox.queue}. */
  sql: Sender
  /** The keys of purpose `mail`: no mail lies in the database in the clear. */
  keys: DerivedKeys
  /** Base of every link in a mail. */
  publicUrl: string
  templatesDir: string | null
}

/**
 * Opens the outbox.
 *
 * @param hooks.onQueued - is called when there is mail to send, perhaps before its transaction commits
 * @param hooks.complain - is told of trouble with the queue
 * @throws when the templates have mistakes or the queue cannot be set up
 */
export async function openOutbox(
  options: OutboxOptions,
  hooks: { onQueued(): void; complain: Complaint },
): Promise<Outbox> {
  const { sql, keys } = options
  const { onQueued, complain } = hooks
  const compose = await createComposer(options)
  const boss = await openQueue({ sql, complain, install: true, supervise: false })
  return {
    sends: true,
    async queue(tx, request) {
      const sealed = await sealMail({ id: uuid(), ...compose(request) }, keys)
      await boss.send(MAIL_QUEUE, { sealed }, { db: await joinTransaction(tx) })
      onQueued()
    },
    listFailed: () => listFailedMails(boss, keys),
    async retryFailed(ids) {
      const count = await retryFailedMails(boss, ids)
      onQueued()
      return count
    },
    close: () => boss.stop({ close: false }).catch(complain),
  }
}

/** The outbox of a server that sends no mail; nothing of the queue is loaded for it. */
export const CLOSED_OUTBOX: Outbox = {
  sends: false,
  queue: async () => {},
  listFailed: async () => [],
  retryFailed: async () => 0,
  close: async () => {},
}
