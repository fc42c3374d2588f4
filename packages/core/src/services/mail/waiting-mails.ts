import type { JobWithMetadata, PgBoss } from 'pg-boss'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import { maskAddress } from './describe-failure.ts'
import type { MailKind } from './mail-kinds.ts'
import { MAIL_QUEUE, type QueuedMail } from './queue.ts'
import { openMail } from './sealed-mail.ts'

/** A mail that is not sent yet, as the operator may see it: without the link and with a masked address. */
export interface WaitingMail {
  id: string
  /** Null when the mail was sealed under a secret that this server does not know any more. */
  kind: MailKind | null
  to: string | null
  queuedAt: Date
  /** How many attempts have failed. */
  attempts: number
  /** When the next attempt is due; null while an attempt runs. */
  nextAttemptAt: Date | null
  /** Why the last attempt failed; null before the first. */
  reason: string | null
}

/** Lists the mails that are not sent yet, oldest first, at most 1000. Decoys are left out, because they are not sent. */
export async function listWaitingMails(boss: PgBoss, keys: DerivedKeys): Promise<WaitingMail[]> {
  const [queued, all] = await Promise.all([
    boss.findJobs<QueuedMail>(MAIL_QUEUE, { queued: true }),
    boss.findJobs<QueuedMail>(MAIL_QUEUE),
  ])
  const waiting = new Set(queued.map(({ id }) => id))
  const running = all.filter(({ id, state }) => state === 'active' && !waiting.has(id))
  const described = await Promise.all([...running, ...queued].map((job) => describe(job, keys)))
  return described.filter((mail) => mail !== null).sort((a, b) => a.queuedAt.getTime() - b.queuedAt.getTime())
}

async function describe(job: JobWithMetadata<QueuedMail>, keys: DerivedKeys): Promise<WaitingMail | null> {
  const mail = await openMail(job.data.sealed, keys).catch(() => null)
  if (mail?.discard) return null
  const output = job.output as { reason?: unknown; message?: unknown } | null
  const reason = output?.reason ?? output?.message
  return {
    id: job.id,
    kind: mail?.kind ?? null,
    to: mail && maskAddress(mail.to),
    queuedAt: new Date(job.createdOn),
    attempts: job.state === 'created' ? 0 : job.state === 'retry' ? job.retryCount + 1 : job.retryCount,
    nextAttemptAt: job.state === 'active' ? null : new Date(job.startAfter),
    reason: reason === undefined ? null : String(reason),
  }
}
