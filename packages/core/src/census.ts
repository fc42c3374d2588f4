import type { Clock } from './database/clock.ts'
import type { Database } from './database/connection.ts'
import { withDeadline } from './database/deadline.ts'
import { shareAnswers } from './database/share-answers.ts'
import type { MailCounts } from './services/mail/count-mails.ts'
import type { Outbox } from './services/mail/outbox.ts'
import { readKeyAge } from './tables/signing-keys/statements.ts'

/** The state that all processes on one database share. */
export interface Census {
  /** Null when the server sends no mail. */
  mails: MailCounts | null
  /** For how many seconds the active signing key has signed. */
  keyAgeSeconds: number | null
  /** How far the clock of the database is ahead of that of this process; null when it has not answered yet. */
  clockOffsetSeconds: number | null
}

const KEEP_MILLISECONDS = 10_000
const DEADLINE_MILLISECONDS = 2000

/**
 * Makes the function that reads the state in the database, for metrics.
 *
 * It sends four statements at most once per ten seconds, however often it is called. It answers within two seconds: null
 * when the database does not.
 */
export function createCensus(parts: {
  db: Database
  clock: Clock
  outbox: Pick<Outbox, 'count'>
  readClockOffset(): Promise<number | null>
}): () => Promise<Census | null> {
  const { db, clock, outbox, readClockOffset } = parts
  const take = async (): Promise<Census> => ({
    clockOffsetSeconds: await readClockOffset(),
    keyAgeSeconds: await readKeyAge(db, clock.now()),
    mails: await outbox.count(),
  })
  return shareAnswers(() => withDeadline(take(), DEADLINE_MILLISECONDS).catch(() => null), KEEP_MILLISECONDS)
}
