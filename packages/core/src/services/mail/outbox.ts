import type { Logger } from 'pino'
import type postgres from 'postgres'
import type { Database } from '../../database/connection.ts'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import type { FailedMail } from './failed-mails.ts'
import type { MailRequest } from './mail-kinds.ts'

/** Where mail goes: to an SMTP server, into a folder for developers, or nowhere. */
export type MailMode = 'smtp' | 'dev' | 'off'

/** What a mailer needs. */
export interface MailerOptions {
  mode: MailMode
  /** The pool the queue is kept over; the same database as every `tx` given to {@link Mailer.queue}. */
  sql: postgres.Sql
  /** The keys of purpose `mail`: no mail lies in the database in the clear. */
  secrets: DerivedKeys
  /** `Latchkey <no-reply@example.com>` */
  from: string
  /** Base of every link in a mail. */
  publicUrl: string
  /** `smtp://user:password@host:587` or `smtps://…`; with mode `smtp`. */
  smtpUrl: string | null
  /** The folder developers read mail from; with mode `dev`. */
  mailboxDir: string | null
  templatesDir: string | null
  log: Logger
}

/** The outbox: mail is queued in the transaction that causes it and sent by a worker of any server. */
export interface Mailer {
  /** Whether mail is sent at all; with mode `off` what is queued is forgotten. */
  sends: boolean
  /**
   * Composes a mail and puts it into the outbox; it is sent when `tx` commits and never when it rolls back.
   *
   * @param tx - a transaction, or the database for a mail of its own
   */
  queue(tx: Database, mail: MailRequest): Promise<void>
  /** Starts sending. A process that only queues leaves it to the others. */
  start(): Promise<void>
  /** Lets the mails being sent finish, at most a few seconds, and closes the connections. */
  stop(): Promise<void>
  /** The mails given up on in the last 30 days, for an operator to look at. */
  listFailed(): Promise<FailedMail[]>
  /** Puts them, without `ids` all, back into the outbox, and says how many. */
  retryFailed(ids?: string[]): Promise<number>
}
