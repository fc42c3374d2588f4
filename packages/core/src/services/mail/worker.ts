import type { Job, JobResult, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import { UNWATCHED, type Watch } from '../../words/watch.ts'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import type { Composer } from './compose-mail.ts'
import { describeFailure, maskAddress } from './describe-failure.ts'
import { MAIL_QUEUE, type QueuedMail, RETRY_LIMIT } from './queue.ts'
import { openMail, type SealedMail } from './sealed-mail.ts'
import { PermanentRefusal, type Transport } from './transport.ts'
import { createWaker } from './wake-workers.ts'

interface WorkerOptions {
  boss: PgBoss
  compose: Composer
  transport: Transport
  keys: DerivedKeys
  log: Logger
  watch?: Watch
  /** Seconds between two polls of the first worker; 2 unless given. */
  pollSeconds?: number
}

/** How many mails one process sends at once. */
const WORKERS = 4
/** The first worker polls for mails of other processes and for mails that are due again. It wakes the other workers. */
const POLL_SECONDS = 2
const RELAXED_POLL_SECONDS = 30
const REMEMBERED_DELIVERIES = 1000

/** Starts workers. Each settles one mail before it takes the next, so a killed process leaves few mails unsettled. */
export async function startWorkers(options: WorkerOptions): Promise<{ wake(): void; stop(): void }> {
  const { boss, pollSeconds = POLL_SECONDS } = options
  const deliver = createDelivery(options)
  const workers: { id: string; busy: boolean }[] = []
  const wakeOne = () => {
    const idle = workers.find((worker) => !worker.busy)
    if (idle) boss.notifyWorker(idle.id)
  }
  for (let index = 0; index < WORKERS; index++) {
    const worker = { id: '', busy: false }
    const work = async (jobs: Job<QueuedMail>[]) => {
      worker.busy = true
      // There may be more mails than this one.
      wakeOne()
      try {
        return await Promise.all(jobs.map(deliver))
      } finally {
        worker.busy = false
        boss.notifyWorker(worker.id)
      }
    }
    const pollingIntervalSeconds = index === 0 ? pollSeconds : RELAXED_POLL_SECONDS
    workers.push(worker)
    worker.id = await boss.work(MAIL_QUEUE, { perJobResults: true, pollingIntervalSeconds }, work)
  }
  return createWaker(wakeOne)
}

function createDelivery(options: WorkerOptions): (job: Job<QueuedMail>) => Promise<JobResult> {
  const delivered = new Set<string>()
  const { transport, watch = UNWATCHED } = options
  return async (job) => {
    let mail: SealedMail | undefined
    try {
      mail = await openMail(job.data.sealed, options.keys)
      // This process sent the mail before, but could not record it because the database was down.
      if (mail.discard || delivered.has(mail.id)) return { id: job.id, status: 'completed' }
      const composed = 'view' in mail ? { ...options.compose(mail), id: mail.id } : mail
      const { kind } = mail
      await watch.step(
        'mail',
        () => kind,
        () => transport.deliver(composed, job.signal),
      )
      watch.note('mail_settled', { outcome: 'sent' })
      remember(delivered, mail.id)
      return { id: job.id, status: 'completed' }
    } catch (error) {
      return giveUpOrRetry(options, job, mail, error)
    }
  }
}

function giveUpOrRetry(
  { log, watch = UNWATCHED }: WorkerOptions,
  job: Job<QueuedMail>,
  mail: SealedMail | undefined,
  error: unknown,
): JobResult {
  const reason = describeFailure(error)
  const about = { job: job.id, mail: mail?.id, kind: mail?.kind, to: mail && maskAddress(mail.to), reason }
  const permanent = error instanceof PermanentRefusal
  const isLast = permanent || job.retryCount >= RETRY_LIMIT
  watch.note('mail_settled', { outcome: isLast ? 'given_up' : 'delayed' })
  if (isLast) {
    log.error(about, 'a mail was given up on; it is kept for 30 days')
  } else {
    log.warn({ ...about, attempt: job.retryCount + 1 }, 'a mail could not be sent; it is tried again')
  }
  return { id: job.id, status: permanent ? 'deadletter' : 'failed', output: { reason } }
}

function remember(delivered: Set<string>, id: string): void {
  delivered.add(id)
  const [oldest] = delivered
  if (oldest !== undefined && delivered.size > REMEMBERED_DELIVERIES) delivered.delete(oldest)
}
