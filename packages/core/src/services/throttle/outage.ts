import type { Logger } from 'pino'
import { summarizeFault } from '../../database/describe-fault.ts'

const PAUSE_MILLISECONDS = 1000

/** The state of the shared store, as the last calls found it. */
export interface Outage {
  /** Answers whether to leave the store alone for a moment, so that a hanging store does not delay every call. */
  isPausing(): boolean
  isDown(): boolean
  /** Records a failure. The log gets only the first failure of an outage. */
  begin(error: unknown): void
  end(): void
}

/** Creates the state of one store, which counts as reachable at first. */
export function watchStore(store: string, log: Logger): Outage {
  let isDown = false
  let pausedUntil = 0
  return {
    isPausing: () => isDown && performance.now() < pausedUntil,
    isDown: () => isDown,
    begin: (error) => {
      pausedUntil = performance.now() + PAUSE_MILLISECONDS
      if (isDown) return
      isDown = true
      const reason = summarizeFault(error)
      log.error(
        { event: 'throttle_store_down', store, reason },
        'this process counts calls in its own memory',
      )
    },
    end: () => {
      if (!isDown) return
      isDown = false
      log.info({ event: 'throttle_store_back', store }, 'calls are counted in the shared store again')
    },
  }
}
