import { withDeadline } from './database/deadline.ts'
import { shareAnswers } from './database/share-answers.ts'
import type { Overdue } from './housekeeping/read-overdue.ts'
import type { KeyRing } from './services/keys/key-ring.ts'
import type { MailCounts } from './services/mail/count-mails.ts'
import type { Outbox } from './services/mail/outbox.ts'
import { MINUTE_SECONDS } from './words/time.ts'

/** The state that all processes on one database share. What could not be read is null. */
export interface Census {
  /** Whether the database answered. */
  hasAnswered: boolean
  /** Whether {@link Core.isReady} says that this process may take calls. */
  isReady: boolean
  /** Null also when the server sends no mail. */
  mails: MailCounts | null
  /** For how many seconds the active signing key has signed. */
  keyAgeSeconds: number
  /** How far the clock of the database is ahead of that of this process. */
  clockOffsetSeconds: number | null
  /** What waits for the housekeeping, as it was read within the last minute. */
  overdue: Overdue[] | null
}

interface CensusParts {
  keys: Pick<KeyRing, 'ageSeconds'>
  outbox: Pick<Outbox, 'count'>
  isReady(): Promise<boolean>
  /** One short statement. */
  ping(): Promise<unknown>
  clockOffsetSeconds(): number | null
  readOverdue(): Promise<Overdue[]>
}

const KEEP_MILLISECONDS = 10_000
const KEEP_OVERDUE_MILLISECONDS = MINUTE_SECONDS * 1000
const DEADLINE_MILLISECONDS = 2000
/** It looks at many rows of each table. */
const OVERDUE_DEADLINE_MILLISECONDS = 5000

/**
 * Makes the function that reads the state in the database, for metrics.
 *
 * It sends its statements at most once per ten seconds, and those about the housekeeping once per minute, however often
 * it is called. It always answers, within five seconds.
 */
export function createCensus(parts: CensusParts): () => Promise<Census> {
  const { keys, outbox, isReady, ping, clockOffsetSeconds, readOverdue } = parts
  const takeOverdue = shareAnswers(
    () => orNull(readOverdue(), OVERDUE_DEADLINE_MILLISECONDS),
    KEEP_OVERDUE_MILLISECONDS,
  )
  const take = async (): Promise<Census> => {
    const [ready, answer, mails, overdue] = await Promise.all([
      isReady(),
      orNull(ping(), DEADLINE_MILLISECONDS),
      orNull(outbox.count(), DEADLINE_MILLISECONDS),
      takeOverdue(),
    ])
    const hasAnswered = answer !== null
    return {
      hasAnswered,
      isReady: ready && hasAnswered,
      mails,
      keyAgeSeconds: keys.ageSeconds(),
      clockOffsetSeconds: hasAnswered ? clockOffsetSeconds() : null,
      overdue: hasAnswered ? overdue : null,
    }
  }
  return shareAnswers(take, KEEP_MILLISECONDS)
}

function orNull<T>(work: Promise<T>, milliseconds: number): Promise<T | null> {
  return withDeadline(work, milliseconds).catch(() => null)
}
