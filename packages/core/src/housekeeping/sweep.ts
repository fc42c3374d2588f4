import { setTimeout as sleep } from 'node:timers/promises'
import { describeFault } from '../database/describe-fault.ts'
import { transaction } from '../database/transaction.ts'
import { keepLease, type Lease } from '../tables/leases/statements.ts'
import type { ExaminedPage, Place } from '../tables/purge-page.ts'
import { noteBatch, openSweep, restSweep } from '../tables/sweeps/statements.ts'
import { HOUR_SECONDS } from '../words/time.ts'
import type { HousekeepingOptions } from './options.ts'
import { createProgress } from './progress.ts'
import type { SweepOutcome } from './sweep-outcome.ts'
import type { Walk } from './walk.ts'

/** A share begins so long after the one before. After its end a sweep may rest longer. */
const REST_SECONDS = HOUR_SECONDS
/** The share: so many rows, or a 20th of a table that is larger than 20 times as many: 20 shares fit into a day. */
const SHARE_ROWS = 1_000_000
const SHARES = 20
const BATCH_ROWS = 1000
/** After a failure a batch has a quarter of the rows. */
const SMALLER = 4
const ATTEMPTS = 4
/** After each batch the sweep pauses three times as long as the batch took: it takes a quarter of one connection. */
const PAUSE_FACTOR = 3
const LONGEST_PAUSE_MILLISECONDS = 30_000

/** What a sweep needs besides. */
export interface SweepOptions extends HousekeepingOptions {
  lease: Lease
  isForced: boolean
  signal: AbortSignal
}

/**
 * Goes on with a sweep: batch by batch, each in a transaction of its own, until its share is done.
 *
 * @returns null when the sweep rests
 */
export async function sweep(walk: Walk, options: SweepOptions): Promise<SweepOutcome | null> {
  const { db, clock, log, isForced } = options
  const { name } = walk
  const progress = createProgress(name, log)
  const { restSeconds = REST_SECONDS } = walk
  const turn = { name, restSeconds, isForced }
  const startedAt = performance.now()
  try {
    const opened = await openSweep(db, clock, turn)
    if (!opened) return null
    const share = isForced ? Number.POSITIVE_INFINITY : await shareOf(walk, options)
    const end = await goThrough(walk, { ...options, position: opened.position, share, progress })
    const rest = end === 'complete' ? restSeconds : REST_SECONDS
    if (end !== 'taken over' && !options.signal.aborted) {
      const seconds = (performance.now() - startedAt) / 1000
      await restSweep(db, clock, { name, restSeconds: Math.max(0, rest - seconds) })
    }
    return progress.close(end, null)
  } catch (fault) {
    log.error(
      { event: 'housekeeping_failed', table: name, fault: describeFault(fault) },
      'expired rows of a table could not be deleted; it is tried again in five minutes',
    )
    return progress.close('failed', fault)
  }
}

async function shareOf({ estimate }: Walk, { db, shareRows = SHARE_ROWS }: SweepOptions): Promise<number> {
  const rows = estimate ? await estimate(db) : 0
  return Math.max(shareRows, Math.ceil(rows / SHARES))
}

type Progress = ReturnType<typeof createProgress>

async function goThrough(
  walk: Walk,
  options: SweepOptions & { position: Place['after']; share: number; progress: Progress },
): Promise<Exclude<SweepOutcome['end'], 'failed'>> {
  const { signal, share, progress, batchRows = BATCH_ROWS } = options
  let place: Place = { after: options.position, rows: batchRows }
  while (!signal.aborted && progress.examined < share) {
    const startedAt = performance.now()
    const page = await tryBatch(walk, place, options)
    if (!page) return 'taken over'
    progress.add(page)
    if (page.examined < page.rows) return 'complete'
    place = { after: page.last, rows: Math.min(page.rows * 2, batchRows) }
    await pauseAfter(performance.now() - startedAt, signal)
  }
  return 'paused'
}

/** A batch that failed is tried again with fewer rows, because it may have taken too long. */
async function tryBatch(
  walk: Walk,
  place: Place,
  options: SweepOptions,
): Promise<(ExaminedPage & Pick<Place, 'rows'>) | null> {
  let { rows } = place
  for (let attempt = 1; ; attempt++) {
    try {
      const page = await runBatch(walk, { ...place, rows }, options)
      return page && { ...page, rows }
    } catch (error) {
      if (attempt === ATTEMPTS || options.signal.aborted) throw error
      rows = Math.max(1, Math.floor(rows / SMALLER))
    }
  }
}

/** @returns null when another process has taken over; nothing was changed */
async function runBatch(walk: Walk, place: Place, options: SweepOptions): Promise<ExaminedPage | null> {
  const { clock, lease } = options
  const db = walk.isPatient ? (options.patientDb ?? options.db) : options.db
  return transaction(db, async (tx) => {
    if (!(await keepLease(tx, clock, lease))) return null
    const page = await walk.work(tx, place)
    const isComplete = page.examined < place.rows
    await noteBatch(tx, { name: walk.name, position: page.last, purged: page.purged, isComplete })
    return page
  })
}

async function pauseAfter(milliseconds: number, signal: AbortSignal): Promise<void> {
  const pause = Math.min(milliseconds * PAUSE_FACTOR, LONGEST_PAUSE_MILLISECONDS)
  await sleep(pause, undefined, { signal }).catch(() => undefined)
}
