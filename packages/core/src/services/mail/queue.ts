import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import { summarizeFault } from '../../database/describe-fault.ts'
import { SchemaError } from '../../database/schema-error.ts'
import type { Sender } from '../../database/sender.ts'
import { DAY_SECONDS, MINUTE_SECONDS } from '../../words/time.ts'
import { createQueueDatabase } from './queue-database.ts'
import { findQueueSchema, hasSchema, readQueueState } from './queue-schema.ts'

/** The queue of mails to send. */
export const MAIL_QUEUE = 'mail'
/** The queue that keeps failed mails for the operator. */
export const FAILED_QUEUE = 'mail-failed'
/** Every queue. */
export const QUEUES = [MAIL_QUEUE, FAILED_QUEUE]

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
const BUILD_POLL_MILLISECONDS = 200
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

/** What {@link openQueue} needs. */
export interface QueueOptions {
  sql: Sender
  /** Is called with every trouble, see {@link createComplaint}. */
  complain: Complaint
  /** Whether to create or upgrade the tables of the queue. Servers that start together wait for each other. */
  install: boolean
  /** Whether to return the mail of dead workers to the queue, and to delete sent mail. */
  supervise: boolean
}

/**
 * Opens the queue of this process in its own schema. It starts no workers.
 *
 * Tables that a newer release has upgraded are used as they are.
 *
 * @throws {SchemaError} when the tables are missing or outdated and `install` is false
 */
export async function openQueue(options: QueueOptions): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss')
  const { sql, complain, supervise } = options
  const schema = await findQueueSchema(sql)
  const state = await readQueueState(sql, schema, QUEUES)
  const isReady = state === 'current' || state === 'newer'
  if (!isReady && !options.install) throw notInstalled(schema)
  const boss = new PgBoss({
    db: createQueueDatabase(sql),
    schema,
    createSchema: state === 'missing' && !(await hasSchema(sql, schema)),
    clock: PATIENT_CLOCK,
    // Without it the library refuses tables that are newer than itself. It never touches those.
    migrate: options.install || state === 'newer',
    supervise,
    superviseIntervalSeconds: SUPERVISION_SECONDS,
    monitorIntervalSeconds: SUPERVISION_SECONDS,
    maintenanceIntervalSeconds: MINUTE_SECONDS,
    flowIntervalSeconds: RARELY_SECONDS,
    bamIntervalSeconds: RARELY_SECONDS,
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  })
  boss.on('error', complain)
  boss.on('warning', complain)
  await boss.start()
  if (!isReady) await createQueues(boss)
  return boss
}

function notInstalled(schema: string): SchemaError {
  return new SchemaError(
    `The mail queue (schema ${schema}) is not set up for this release, and MIGRATE_ON_START is false: run latchkey migrate.`,
  )
}

/**
 * Creates or upgrades the tables of the queue, and waits for the indexes that an upgrade builds afterwards.
 *
 * @throws when the queue cannot be set up
 */
export async function installQueue(options: Pick<QueueOptions, 'sql' | 'complain'>): Promise<void> {
  const boss = await openQueue({ ...options, install: true, supervise: false })
  try {
    while (await isBuilding(boss)) await sleep(BUILD_POLL_MILLISECONDS)
  } finally {
    await boss.stop({ close: false })
  }
}

async function isBuilding(boss: PgBoss): Promise<boolean> {
  const open = await boss.getBamStatus()
  return open.some(({ status }) => status === 'pending' || status === 'in_progress')
}

async function createQueues(boss: PgBoss): Promise<void> {
  const failed = { retentionSeconds: KEEP_FAILED_SECONDS }
  await boss.createQueue(FAILED_QUEUE, failed)
  await boss.createQueue(MAIL_QUEUE, MAIL_QUEUE_OPTIONS)
}

/**
 * Timers that do not keep an otherwise idle process alive, and a time that no setting of the clock moves: the library
 * measures ages with it, and lets the database write every time of a job.
 */
const PATIENT_CLOCK: Clock = {
  now: () => performance.timeOrigin + performance.now(),
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
    if (performance.now() < quietUntil) return
    quietUntil = performance.now() + COMPLAINT_PAUSE_MILLISECONDS
    log.error({ reason: describeTrouble(trouble) }, 'the mail queue has trouble; it goes on by itself')
  }
}

/** An error of PostgreSQL may quote the values of a statement: the sealed mails. */
export function describeTrouble(trouble: Parameters<Complaint>[0]): string {
  return trouble instanceof Error ? summarizeFault(trouble) : trouble.message
}
