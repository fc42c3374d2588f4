import type { Context } from '../context.ts'
import { nameOf, type Retention } from '../tables/purge.ts'
import { countDue, type DueRows } from '../tables/purge-page.ts'
import { PURGES } from '../tables/purges.ts'
import { readSweeps, type SweepState } from '../tables/sweeps/statements.ts'
import { DAY_SECONDS } from '../words/time.ts'

/** A sweep of the largest table takes a day at most. Just before its end, the one before began two days ago. */
export const OVERDUE_SECONDS = 2 * DAY_SECONDS
/** The most rows that are looked at in one table. */
const LOOKED_ROWS = 10_000

/** What waits for the housekeeping in one table. */
export interface Overdue {
  /** The name of the table; `job` is the queue of mails, which deletes its rows by itself. */
  table: string
  /** Rows that may be deleted, among the next 10,000 that the housekeeping would look at. */
  dueRows: number
  /** Whether there are rows beyond those, so that more may be due. */
  hasMore: boolean
  /** For how many seconds the oldest of those rows may have been deleted; null without one. */
  oldestDueSeconds: number | null
  /** Seconds since the last complete sweep of the table began: what was due by then is gone. Null before the first one. */
  sweptSecondsAgo: number | null
  /** How many rows of the table all processes have deleted since the first sweep. It only grows. */
  purgedRows: number
  /** Whether the housekeeping is more than two days late. */
  isOverdue: boolean
}

/** What {@link readOverdue} looks at. A {@link Context} has the first three. */
export type OverdueOptions = Pick<Context, 'db' | 'clock' | 'outbox'> & Retention

/**
 * Reads what is due and not deleted yet, for each table. It changes nothing, and takes one short statement per table
 * whatever the size of the table.
 *
 * @throws when the database does not answer
 */
export async function readOverdue(options: OverdueOptions): Promise<Overdue[]> {
  const { db, clock, outbox, auditRetentionSeconds } = options
  const sweeps = await readSweeps(db, clock)
  const found: Overdue[] = []
  for (const purge of PURGES) {
    const state = sweeps.get(nameOf(purge)) ?? null
    const place = { after: state?.position ?? null, rows: LOOKED_ROWS }
    const due = await countDue(db, purge, { clock, retention: { auditRetentionSeconds }, place })
    found.push(judge(nameOf(purge), due, state))
  }
  const jobs = await outbox.countDueJobs(LOOKED_ROWS)
  return jobs ? [...found, judge('job', jobs, null)] : found
}

function judge(table: string, found: DueRows, state: SweepState | null): Overdue {
  const { due, examined, oldestDueSeconds } = found
  const sweptSecondsAgo = state?.sweptSecondsAgo ?? null
  // The first sweep may never come to its end.
  const untouchedSeconds = sweptSecondsAgo ?? state?.beganSecondsAgo ?? 0
  return {
    table,
    dueRows: due,
    hasMore: examined === LOOKED_ROWS,
    oldestDueSeconds,
    sweptSecondsAgo,
    purgedRows: state?.purged ?? 0,
    isOverdue: Math.max(oldestDueSeconds ?? 0, untouchedSeconds) > OVERDUE_SECONDS,
  }
}
