import { withDeadline } from './database/deadline.ts'
import { shareAnswers } from './database/share-answers.ts'
import type { KeyRing } from './services/keys/key-ring.ts'
import type { MailCounts } from './services/mail/count-mails.ts'
import type { Outbox } from './services/mail/outbox.ts'

/** The state that all processes on one database share. */
export interface Census {
  /** Null when the server sends no mail. */
  mails: MailCounts | null
  /** For how many seconds the active signing key has signed. */
  keyAgeSeconds: number
  /** How far the clock of the database is ahead of that of this process; null when it has not answered yet. */
  clockOffsetSeconds: number | null
}

const KEEP_MILLISECONDS = 10_000
const DEADLINE_MILLISECONDS = 2000

/**
 * Makes the function that reads the state in the database, for metrics.
 *
 * It sends its statements at most once per ten seconds, however often it is called. It answers within two seconds: null
 * when the database does not.
 */
export function createCensus(parts: {
  keys: Pick<KeyRing, 'ageSeconds'>
  outbox: Pick<Outbox, 'count'>
  readClockOffset(): Promise<number | null>
}): () => Promise<Census | null> {
  const { keys, outbox, readClockOffset } = parts
  const take = async (): Promise<Census> => ({
    clockOffsetSeconds: await readClockOffset(),
    keyAgeSeconds: keys.ageSeconds(),
    mails: await outbox.count(),
  })
  return shareAnswers(() => withDeadline(take(), DEADLINE_MILLISECONDS).catch(() => null), KEEP_MILLISECONDS)
}
