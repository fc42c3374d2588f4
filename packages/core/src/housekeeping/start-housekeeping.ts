import { withDeadline } from '../database/deadline.ts'
import { describeFault } from '../database/describe-fault.ts'
import { MINUTE_SECONDS } from '../words/time.ts'
import type { HousekeepingOptions } from './options.ts'
import { runRound } from './run-round.ts'

/** A process looks so often whether something has its turn. What has had its turn rests for an hour. */
const TICK_SECONDS = 5 * MINUTE_SECONDS
const STOP_MILLISECONDS = 5000

/**
 * Runs a round every five minutes. Several processes may do so: one of them does the work.
 *
 * @returns stops it, after the batch under way
 */
export function startHousekeeping(options: HousekeepingOptions): () => Promise<void> {
  const stopping = new AbortController()
  let round: Promise<void> | null = null

  async function run(): Promise<void> {
    try {
      await runRound(options, { signal: stopping.signal })
    } catch (error) {
      options.log.error(
        { event: 'housekeeping_failed', fault: describeFault(error) },
        'the housekeeping could not begin; it is tried again in five minutes',
      )
    }
    round = null
  }

  const timer = setInterval(() => {
    round ??= run()
  }, TICK_SECONDS * 1000)
  return async () => {
    clearInterval(timer)
    stopping.abort()
    // A statement that hangs is cancelled with its connection.
    await withDeadline(round ?? Promise.resolve(), STOP_MILLISECONDS).catch(() => undefined)
  }
}
