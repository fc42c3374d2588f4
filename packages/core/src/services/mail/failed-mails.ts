import type { JobWithMetadata, PgBoss } from 'pg-boss'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import { maskAddress } from './describe-failure.ts'
import type { MailKind } from './mail-kinds.ts'
import { FAILED_QUEUE, type QueuedMail } from './queue.ts'
import { openMail } from './sealed-mail.ts'

/** A failed mail, as the operator may see it: without the link and with a masked address. */
export interface FailedMail {
  id: string
  /** Null when the mail was sealed under a secret that this server does not know any more. */
  kind: MailKind | null
  to: string | null
  failedAt: Date
  attempts: number
  reason: string
}

/** Lists the failed mails of the last 30 days, oldest first, at most 1000. */
export async function listFailedMails(boss: PgBoss, keys: DerivedKeys): Promise<FailedMail[]> {
  const jobs = await boss.findJobs<QueuedMail>(FAILED_QUEUE)
  return Promise.all(jobs.map((job) => describe(job, keys)))
}

async function describe(job: JobWithMetadata<QueuedMail>, keys: DerivedKeys): Promise<FailedMail> {
  const mail = await openMail(job.data.sealed, keys).catch(() => null)
  const output = job.sourceOutput as { reason?: unknown; message?: unknown } | null
  return {
    id: job.id,
    kind: mail?.kind ?? null,
    to: mail && maskAddress(mail.to),
    failedAt: new Date(job.createdOn),
    attempts: (job.sourceRetryCount ?? 0) + 1,
    reason: String(output?.reason ?? output?.message ?? 'unknown'),
  }
}

/** Puts failed mails (all without `ids`) back into the outbox for another day of attempts, and returns their number. */
export async function retryFailedMails(boss: PgBoss, ids?: string[]): Promise<number> {
  return boss.redrive(FAILED_QUEUE, ids && { ids })
}
