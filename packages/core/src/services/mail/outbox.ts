import { v7 as uuid } from 'uuid'
import type { Database } from '../../database/connection.ts'
import { joinTransaction } from '../../database/join-transaction.ts'
import type { Sender } from '../../database/sender.ts'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import { prepareMail } from './compose-mail.ts'
import { countMails, type MailCounts } from './count-mails.ts'
import { countDueJobs, type DueJobs } from './due-jobs.ts'
import { type FailedMail, listFailedMails, retryFailedMails } from './failed-mails.ts'
import { startMovingFormerMails } from './former-queue.ts'
import type { MailRequest } from './mail-kinds.ts'
import { type Complaint, MAIL_QUEUE, openQueue } from './queue.ts'
import { countOutdatedMails, resealMails } from './reseal-mails.ts'
import { sealMail } from './sealed-mail.ts'
import { listWaitingMails, type WaitingMail } from './waiting-mails.ts'

/** The transactional outbox: a mail is queued in the transaction that causes it. A worker of any server sends it. */
export interface Outbox {
  /** Whether mail is sent. With mode `off` it is false, and queued mail is dropped. */
  sends: boolean
  /**
   * Puts a mail into the outbox. A worker composes it. It is sent after `tx` commits, and not sent when `tx` rolls back.
   *
   * @param tx - a transaction, or the database to queue the mail at once
   */
  queue(tx: Database, mail: MailRequest): Promise<void>
  /** Lists the mails that are not sent yet, for the operator. */
  listWaiting(): Promise<WaitingMail[]>
  /** Counts the mails that wait and those that failed, in one statement; null when no mail is sent. */
  count(): Promise<MailCounts | null>
  /** Lists the failed mails of the last 30 days, for the operator. */
  listFailed(): Promise<FailedMail[]>
  /** Puts failed mails back into the outbox (all without `ids`), and returns their number. */
  retryFailed(ids?: string[]): Promise<number>
  /** Counts the mails, sent later or failed, that another secret than the present one has sealed. */
  countOutdated(): Promise<number>
  /**
   * Seals those mails under the present secret. A mail that is sent meanwhile is left out.
   *
   * @param onEach - is called after each mail
   * @returns how many were sealed anew
   */
  reseal(onEach: () => void): Promise<number>
  /**
   * Counts the jobs that the queue should have deleted, among so many jobs.
   *
   * @returns null when this server has no queue
   */
  countDueJobs(looked: number): Promise<DueJobs | null>
  close(): Promise<void>
}

/** What an outbox needs. */
export interface OutboxOptions {
  /** The pool of the queue. It leads to the same database as every `tx` of {@link Outbox.queue}. */
  sql: Sender
  /** The keys of purpose `mail`, which encrypt every mail in the database. */
  keys: DerivedKeys
  /** The base of every link in a mail. */
  publicUrl: string
  /** False: the tables of the queue are neither created nor upgraded. Default: true. */
  install?: boolean
}

/**
 * Opens the outbox.
 *
 * @param hooks.onQueued - is called when a mail was queued; its transaction may not have committed yet
 * @param hooks.complain - is called with every trouble of the queue
 * @throws when the queue cannot be set up
 */
export async function openOutbox(
  options: OutboxOptions,
  hooks: { onQueued(): void; complain: Complaint },
): Promise<Outbox> {
  const { sql, keys, publicUrl } = options
  const { onQueued, complain } = hooks
  const { install = true } = options
  const boss = await openQueue({ sql, complain, install, supervise: false })
  const stopMoving = await startMovingFormerMails({ sql, keys, complain })
  return {
    sends: true,
    async queue(tx, request) {
      const sealed = await sealMail({ id: uuid(), ...prepareMail(request, publicUrl) }, keys)
      const startAfter = request.afterSeconds ?? 0
      await boss.send(MAIL_QUEUE, { sealed }, { db: await joinTransaction(tx), startAfter })
      onQueued()
    },
    listWaiting: () => listWaitingMails(boss, keys),
    count: () => countMails(sql),
    listFailed: () => listFailedMails(boss, keys),
    async retryFailed(ids) {
      const count = await retryFailedMails(boss, ids)
      onQueued()
      return count
    },
    countOutdated: () => countOutdatedMails(sql, keys),
    reseal: (onEach) => resealMails(sql, keys, onEach),
    countDueJobs: (looked) => countDueJobs(sql, looked),
    close: async () => {
      stopMoving()
      await boss.stop({ close: false }).catch(complain)
    },
  }
}

/** The outbox of a server that sends no mail. It does not load the queue. */
export const CLOSED_OUTBOX: Outbox = {
  sends: false,
  queue: async () => {},
  listWaiting: async () => [],
  count: async () => null,
  listFailed: async () => [],
  retryFailed: async () => 0,
  countOutdated: async () => 0,
  reseal: async () => 0,
  countDueJobs: async () => null,
  close: async () => {},
}
