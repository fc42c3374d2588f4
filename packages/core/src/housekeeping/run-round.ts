import { randomUUID } from 'node:crypto'
import { endLease, type Lease, takeLease } from '../tables/leases/statements.ts'
import { MINUTE_SECONDS } from '../words/time.ts'
import { listWalks } from './list-walks.ts'
import type { HousekeepingOptions } from './options.ts'
import { sweep } from './sweep.ts'
import type { SweepOutcome } from './sweep-outcome.ts'

/** Longer than one part may take. After a process died, another one goes on so much later. */
export const LEASE_SECONDS = 2 * MINUTE_SECONDS

/** How a round is run. */
export interface RoundOptions {
  /** True: everything is gone through to its end now, also what rests. */
  isForced?: boolean
  /** Stops the round after the part under way. */
  signal?: AbortSignal
}

/**
 * Runs a round: goes on with each table, one after another. What fails for one table does not end the round.
 *
 * @returns what came of each table that had its turn; null when another process is at it
 * @throws when the database does not answer at the beginning
 */
export async function runRound(
  options: HousekeepingOptions,
  { isForced = false, signal = new AbortController().signal }: RoundOptions = {},
): Promise<SweepOutcome[] | null> {
  const { db, clock } = options
  const lease: Lease = { name: 'housekeeping', holder: randomUUID(), seconds: LEASE_SECONDS }
  if (!(await takeLease(db, clock, lease))) return null
  const outcomes: SweepOutcome[] = []
  for (const walk of listWalks(options)) {
    const outcome = await sweep(walk, { ...options, lease, isForced, signal })
    if (outcome) outcomes.push(outcome)
    if (outcome?.end === 'taken over' || signal.aborted) break
  }
  // When it cannot be freed, it is free for others soon.
  await endLease(db, lease).catch(() => undefined)
  return outcomes
}

/**
 * Runs a whole round at once, whatever rests.
 *
 * @throws when another process is at it, and the fault of the first table that failed, after all others had their turn
 */
export async function purge(options: HousekeepingOptions): Promise<void> {
  const outcomes = await runRound(options, { isForced: true })
  if (!outcomes) throw new Error('Another process does the housekeeping now.')
  const failed = outcomes.find(({ fault }) => fault !== null)
  if (failed) throw failed.fault
}
