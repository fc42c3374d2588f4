import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { retryContended } from '../database/transaction.ts'
import { deactivateGone } from '../tables/imports/gone.ts'
import { mergeKnown, type Range } from '../tables/imports/merge-known.ts'
import { mergeNew } from '../tables/imports/merge-new.ts'
import { endGoneSessions, findGoneSessions, mergeSessions } from '../tables/imports/merge-sessions.ts'
import { replaceUnproven } from '../tables/imports/replace-unproven.ts'
import { analyzeMoved } from '../tables/imports/session.ts'
import type { Tally } from './counts.ts'
import type { ImportOptions, ImportProgress } from './options.ts'
import type { Staged } from './stage.ts'

/** So many staged rows are merged in one transaction. Who signs in meanwhile waits for no longer than that. */
export const RANGE_ROWS = 10_000

/** What a merge works with. */
export interface Merge {
  ctx: Pick<Context, 'clock' | 'config'>
  db: Database
  source: string
  options: ImportOptions
  tally: Tally
  staged: Staged
}

/**
 * Writes the staged users and sessions into our tables. Each range is a transaction, and a range that was merged before
 * changes nothing, so the run after an interruption goes on.
 *
 * The users that are known change first: they may free the address of a new one.
 */
export async function merge(work: Merge): Promise<void> {
  const { ctx, options, tally, staged } = work
  const withFactors = options.mfa !== 'drop'
  const pendingSeconds = ctx.config.emailConfirmationLifetimeSeconds
  await inRanges(work, 'users', 0, staged.users, async (tx, range) => {
    if (options.replaceUnproven) await replaceUnproven(tx, ctx.clock, { ...range, known: true })
    const { changed, kept } = await mergeKnown(tx, ctx.clock, range, { withFactors })
    tally.add('changed_users', changed)
    for (const found of kept) await tally.note(found)
  })
  await inRanges(work, 'users', staged.users, staged.users, async (tx, range) => {
    if (options.replaceUnproven) await replaceUnproven(tx, ctx.clock, { ...range, known: false })
    const { late, stored } = await mergeNew(tx, ctx.clock, range, { pendingSeconds })
    tally.add('stored_users', stored)
    for (const found of late) await tally.note(found)
  })
  if (options.withSessions) await moveSessions(work)
  if (options.final) await endGone(work)
  await analyzeMoved(work.db)
}

async function moveSessions(work: Merge): Promise<void> {
  const { ctx, db, tally, staged, source } = work
  await inRanges(work, 'sessions', 0, staged.sessions, async (tx, range) => {
    tally.add('stored_sessions', await mergeSessions(tx, ctx.clock, range))
  })
  const gone = await findGoneSessions(db, source)
  await inRanges(work, null, 0, gone, async (tx, range) => {
    tally.add('ended_sessions', await endGoneSessions(tx, range))
  })
}

async function endGone({ ctx, db, source, tally }: Merge): Promise<void> {
  for (let after = ''; ; ) {
    const page = await begin(db, (tx) => deactivateGone(tx, ctx.clock, { source, after, limit: RANGE_ROWS }))
    for (const found of page) await tally.note(found)
    const last = page.at(-1)
    if (!last) return
    after = last.oldId
  }
}

/** Does work in transactions over ranges of staged rows, which are numbered from 1. */
async function inRanges(
  { db, source, options }: Pick<Merge, 'db' | 'source' | 'options'>,
  step: ImportProgress['step'] | null,
  before: number,
  rows: number,
  work: (tx: Database, range: Range) => Promise<void>,
): Promise<void> {
  for (let from = 1; from <= rows; from += RANGE_ROWS) {
    const to = Math.min(rows, from + RANGE_ROWS - 1)
    await begin(db, (tx) => work(tx, { source, from, to }))
    // Users are gone through twice.
    const done = step === 'users' ? Math.floor((before + to) / 2) : to
    if (step !== null) options.onProgress?.({ step, done, total: rows })
  }
}

/** Runs a transaction, again after a deadlock. */
function begin<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  return retryContended(() => db.transaction(work))
}
