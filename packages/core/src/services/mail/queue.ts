import type { Clock, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import { summarizeFault } from '../../database/describe-fault.ts'
import type { Sender } from '../../database/sender.ts'
import { DAY_SECONDS, MINUTE_SECONDS } from '../../words/time.ts'
import { createQueueDatabase } from './queue-database.ts'

/** The queue of mails to send. */
export const MAIL_QUEUE = 'mail'
/** The queue that keeps failed mails for the operator. */
export const FAILED_QUEUE = 'mail-failed'

/** A job of the queue. */
export interface QueuedMail {
  /** A composed mail, encrypted under a key of purpose `mail`. */
  sealed: string
}

/** The pause after the first failed attempt. It doubles per attempt, up to the longest pause. */
const FIRST_PAUSE_SECONDS = 5
const LONGEST_PAUSE_SECONDS = 15 * MINUTE_SECONDS
/** Eight growing pauses take half an hour, and each other pause a quarter: together one day. */
export const RETRY_LIMIT = 102
const KEEP_FAILED_SECONDS = 30 * DAY_SECONDS
/** After this time another worker takes over the attempt. */
const ATTEMPT_SECONDS = 2 * MINUTE_SECONDS
/** A worker without a heartbeat for this time counts as dead. Another worker takes its mail at the next supervision. */
const HEARTBEAT_SECONDS = 25
const SUPERVISION_SECONDS = 15
const RARELY_SECONDS = 3600
const COMPLAINT_PAUSE_MILLISECONDS = MINUTE_SECONDS * 1000

const MAIL_QUEUE_OPTIONS = {
  retryLimit: RETRY_LIMIT,
  retryDelay: FIRST_PAUSE_SECONDS,
  retryBackoff: true,
  retryDelayMax: LONGEST_PAUSE_SECONDS,
  expireInSeconds: ATTEMPT_SECONDS,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  deadLetter: FAILED_QUEUE,
  deleteAfterSeconds: MINUTE_SECONDS,
}

/**
 * Opens the queue of this process. It starts no workers.
 *
 * @param options.complain - is called with every trouble, see {@link createComplaint}
 * @param options.install - creates or upgrades the tables of the queue; servers that start together wait for each other
 * @param options.supervise - returns the mail of dead workers to the queue, and deletes sent mail
 */
export async function openQueue(options: {
  sql: Sender
  complain: Complaint
  install: boolean
  supervise: boolean
}): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss')
  const boss = new PgBoss({
    db: createQueueDatabase(options.sql),
    clock: PATIENT_CLOCK,
    migrate: options.install,
    supervise: options.supervise,
    superviseIntervalSeconds: SUPERVISION_SECONDS,
    monitorIntervalSeconds: SUPERVISION_SECONDS,
    maintenanceIntervalSeconds: MINUTE_SECONDS,
    flowIntervalSeconds: RARELY_SECONDS,
    bamIntervalSeconds: RARELY_SECONDS,
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  })
  boss.on('error', options.complain)
  boss.on('warning', options.complain)
  await boss.start()
  if (options.install) await createQueues(boss)
  return boss
}

async function createQueues(boss: PgBoss): Promise<void> {
  const failed = { retentionSeconds: KEEP_FAILED_SECONDS }
  await boss.createQueue(FAILED_QUEUE, failed)
  await boss.createQueue(MAIL_QUEUE, MAIL_QUEUE_OPTIONS)
}

/** Timers that do not keep an otherwise idle process alive. */
const PATIENT_CLOCK: Clock = {
  now: () => Date.now(),
  setTimeout: (work, milliseconds) => setTimeout(work, milliseconds).unref(),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  setInterval: (work, milliseconds) => setInterval(work, milliseconds).unref(),
  clearInterval: (timer) => clearInterval(timer as NodeJS.Timeout),
}

/** Is called with trouble of the queue. */
export type Complaint = (trouble: Error | { message: string }) => void

/** Logs trouble with the queue, at most once per minute instead of at every poll. */
export function createComplaint(log: Logger): Complaint {
  let quietUntil = 0
  return (trouble) => {
    if (Date.now() < quietUntil) return
    quietUntil = Date.now() + COMPLAINT_PAUSE_MILLISECONDS
    // An error of PostgreSQL may quote the values of a statement: the sealed mails.
    const reason = trouble instanceof Error ? summarizeFault(trouble) : trouble.message
    log.error({ reason }, 'the mail queue has trouble; it goes on by itself')
  }
}
