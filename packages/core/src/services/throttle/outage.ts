import type { Logger } from 'pino'

const PAUSE_MILLISECONDS = 1000

/** Whether the shared counters can be reached, as far as the last calls could tell. */
export interface Outage {
  /** Answers whether not even to try for a moment, so that a store that hangs does not hold every call up. */
  isPausing(): boolean
  /** Notes a failure; only the first of an outage is logged. */
  begin(error: unknown): void
  end(): void
}

/** Watches over one store; it starts out reachable. */
export function watchStore(store: string, log: Logger): Outage {
  let isDown = false
  let pausedUntil = 0
  return {
    isPausing: () => isDown && Date.now() < pausedUntil,
    begin: (error) => {
      pausedUntil = Date.now() + PAUSE_MILLISECONDS
      if (isDown) return
      isDown = true
      const reason = error instanceof Error ? error.message : typeof error
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
